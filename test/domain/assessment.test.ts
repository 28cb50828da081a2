import { describe, expect, it } from 'vitest'
import { assessmentFindings } from '#domain/assessment/findings.ts'
import { outcomeOf } from '#domain/assessment/outcome.ts'
import { hasReachedMinimumHours } from '#domain/attendance/hours.ts'
import type { TraineeId } from '#contract/values.ts'
import {
  act,
  aFacility,
  admit,
  anOpenClass,
  aScoredClass,
  aSealedClass,
  complete,
  count,
  enroll,
  mark,
  planBody,
  score,
  scoreBoth,
  teacher,
  word,
} from '#test/domain/facility-fixture.ts'
import type { World } from '#test/domain/world.ts'

const stream = 'class/C1/assessment'
const absentWord = { result: { word: 'absent' } }
const admitting = (traineeId = 'A1') =>
  word('admitToAssessment', { classId: 'C1', traineeId, reason: 'prior-skill', noteId: null })

/** One lesson of 1000 minutes held, of which A1 missed so many. */
function aLongLesson(missed: number): World {
  const world = anOpenClass(3, { sessions: [{ sessionId: 'S1', on: '2026-03-10', startsAt: '06:00', minutes: 1000 }] })
  if (missed > 0) world.do('markAttendance', mark({ mark: 'late', minutes: missed }), teacher)
  world.do('confirmHeadCount', count(), teacher)
  return world
}

describe('results', () => {
  it.each([
    [0, 'yes'],
    [1000, 'yes'],
    [1001, 'assessment/score-out-of-range'],
    [-1, 'assessment/score-out-of-range'],
    [599.5, 'assessment/score-out-of-range'],
  ])('[ASM-1] %d tenths: %s', (scoreTenths, answer) => {
    const body = { ...score(), result: { scoreTenths } }
    expect(anOpenClass().codeOf('recordScore', body, teacher)).toBe(answer)
  })

  it.each([
    ['the same again', { result: { scoreTenths: 700 } }, 'yes', 0],
    ['another one without reason', { result: { scoreTenths: 701 } }, 'assessment/correction-reason-missing', 0],
    ['another one with a reason', { result: { scoreTenths: 701 }, correctionReason: 'adding-up' }, 'yes', 1],
    ['a word instead, without reason', { result: { word: 'absent' } }, 'assessment/correction-reason-missing', 0],
    ['the other part', { part: 'practical' }, 'yes', 1],
    ['another trainee', { traineeId: 'A2' }, 'yes', 1],
  ])('[ASM-1] after 70.0, %s', (_name, change, answer, written) => {
    const world = anOpenClass()
    world.do('recordScore', score(), teacher)
    expect(world.codeOf('recordScore', score(change), teacher)).toBe(answer)
    if (answer === 'yes') expect(world.do('recordScore', score(change), teacher)).toHaveLength(written)
  })

  it('[ASM-1] a correction names the result it replaces, and both stay in the history', () => {
    const world = anOpenClass()
    const [first] = world.do('recordScore', score(), teacher)
    const [second] = world.do(
      'recordScore',
      score({ result: { scoreTenths: 595 }, correctionReason: 'mis-typed' }),
      teacher,
    )
    expect(second?.entry.basedOn).toBe(first?.id)
    const { scores, history, findings } = world.state('assessment', stream)
    const A1 = 'A1' as TraineeId
    expect([scores[A1]?.length, history[A1]?.length, findings]).toEqual([1, 2, []])
  })

  it('[ASM-1] only of members, in a class that is known and open', () => {
    const world = aFacility()
    admit(world, 2)
    expect(world.codeOf('recordScore', score(), teacher)).toBe('class/unknown')
    world.do('planClass', act('planClass', planBody))
    enroll(world, ['A1'])
    expect(world.codeOf('recordScore', score(), teacher)).toBe('class/wrong-phase')
    expect(world.codeOf('admitToAssessment', admitting(), teacher)).toBe('class/wrong-phase')
    world.do('openClass', act('openClass', { classId: 'C1', openedOn: '2026-03-10' }))
    expect(world.codeOf('recordScore', score({ traineeId: 'A2' }), teacher)).toBe('assessment/not-on-roster')
    world.do(
      'withdrawTrainee',
      act('withdrawTrainee', { classId: 'C1', traineeId: 'A1', withdrawnOn: '2026-03-10', reason: 'released' }),
    )
    expect(world.codeOf('recordScore', score(), teacher)).toBe('assessment/not-on-roster')
  })
})

describe('outcomes', () => {
  it.each([
    [600, 600, 'passed'],
    [599, 600, 'failed'],
    [600, 599, 'failed'],
    [1000, 0, 'failed'],
    [0, 0, 'failed'],
    [1000, 1000, 'passed'],
  ])('[ASM-2] theory %i and practical %i tenths: %s', (theory, practical, outcome) => {
    const world = anOpenClass()
    scoreBoth(world, 'A1', theory, practical)
    expect(outcomeOf('A1' as TraineeId, world.state('assessment', stream), 180)).toEqual({
      traineeId: 'A1',
      outcome,
      attendedMinutes: 180,
      theoryTenths: theory,
      practicalTenths: practical,
    })
  })

  it.each([
    ['no result', []],
    ['one part only', [score()]],
    ['absent from one part', [score(), score({ part: 'practical', ...absentWord })]],
    ['absent from both', [score(absentWord), score({ part: 'practical', ...absentWord })]],
    ['deferred', [score({ result: { scoreTenths: 100 } }), score({ part: 'practical', result: { word: 'deferred' } })]],
  ])('[ASM-6] with %s he is not assessed, and nothing is 0', (_name, results) => {
    const world = anOpenClass()
    for (const body of results) world.do('recordScore', body, teacher)
    const outcome = outcomeOf('A1' as TraineeId, world.state('assessment', stream), 0)
    expect(outcome.outcome).toBe('notAssessed')
    expect(outcome.practicalTenths).toBeNull()
  })
})

describe('hours before points', () => {
  it.each([
    [799, 1000, 80, false],
    [800, 1000, 80, true],
    [801, 1000, 80, true],
    [0, 0, 80, true],
    [0, 1000, 0, true],
    [999, 1000, 100, false],
  ])('[ASM-3] %i of %i minutes at %i %%: %s', (attended, taught, percent, answer) => {
    expect(hasReachedMinimumHours(attended, taught, percent)).toBe(answer)
  })

  it.each([
    [200, score(), 'yes'],
    [201, score(), 'assessment/hours-too-few'],
    [201, score(absentWord), 'yes'],
    [201, score({ traineeId: 'A2' }), 'yes'],
  ])('[ASM-3] who missed %i of 1000 minutes', (missed, body, answer) => {
    expect(aLongLesson(missed).codeOf('recordScore', body, teacher)).toBe(answer)
  })

  it('[ASM-3] made-up minutes and admissions open the way, and the house may set the threshold', () => {
    const world = aLongLesson(201)
    const answer = world.decide('recordScore', score(), teacher)
    expect(answer).toMatchObject({ refusal: { details: { attended: 799, taught: 1000, percent: 80 } } })
    const makeUp = word('makeUpSession', {
      classId: 'C1',
      sessionId: 'S1',
      traineeId: 'A1',
      madeUpOn: '2026-03-10',
      minutes: 1,
    })
    world.do('makeUpSession', makeUp, teacher)
    expect(world.codeOf('recordScore', score(), teacher)).toBe('yes')
    const { rules } = world.state('facility', 'facility')
    world.do('setHouseRules', act('setHouseRules', { rules: { ...rules, attendanceThresholdPercent: 81 } }))
    expect(world.codeOf('recordScore', score(), teacher)).toBe('assessment/hours-too-few')
    expect(world.do('admitToAssessment', admitting(), teacher)).toHaveLength(1)
    expect(world.do('admitToAssessment', admitting(), teacher)).toHaveLength(0)
    expect(world.codeOf('recordScore', score(), teacher)).toBe('yes')
    expect(world.state('assessment', stream).admissions['A1' as TraineeId]).toMatchObject({ reason: 'prior-skill' })
  })
})

describe('attempts', () => {
  const second = (change: object = {}) => score({ attempt: 2, result: { scoreTenths: 610 }, ...change })

  it.each([
    ['failed by a tenth', { result: { scoreTenths: 599 } }, second(), 'yes'],
    ['passed exactly', { result: { scoreTenths: 600 } }, second(), 'assessment/resit-after-pass'],
    ['absent', absentWord, second(), 'yes'],
    [
      'the other part failed only',
      { part: 'practical', result: { scoreTenths: 100 } },
      second(),
      'assessment/attempt-out-of-order',
    ],
    [
      'the third before the second',
      { result: { scoreTenths: 100 } },
      second({ attempt: 3 }),
      'assessment/attempt-out-of-order',
    ],
  ])('[ASM-4] after a first attempt %s', (_name, first, body, answer) => {
    const world = anOpenClass()
    world.do('recordScore', score(first), teacher)
    expect(world.codeOf('recordScore', body, teacher)).toBe(answer)
  })

  it('[ASM-5] the latest attempt counts, also where it is the worse one', () => {
    const world = anOpenClass()
    scoreBoth(world, 'A1', 590, 900)
    world.do('recordScore', second(), teacher)
    expect(outcomeOf('A1' as TraineeId, world.state('assessment', stream), 0)).toMatchObject({
      outcome: 'passed',
      theoryTenths: 610,
    })
    world.do('recordScore', second({ result: { scoreTenths: 400 }, correctionReason: 'appeal' }), teacher)
    expect(outcomeOf('A1' as TraineeId, world.state('assessment', stream), 0)).toMatchObject({
      outcome: 'failed',
      theoryTenths: 400,
    })
  })
})

describe('after the completion', () => {
  it('[ASM-8] results are taken only for those who have not passed', () => {
    const world = aSealedClass()
    expect(world.codeOf('recordScore', score({ traineeId: 'A1', attempt: 2 }), teacher)).toBe('assessment/class-closed')
    expect(
      world.codeOf(
        'recordScore',
        score({ traineeId: 'A1', result: { scoreTenths: 590 }, correctionReason: 'appeal' }),
        teacher,
      ),
    ).toBe('assessment/class-closed')
    expect(world.codeOf('recordScore', score({ traineeId: 'A2', attempt: 2 }), teacher)).toBe('yes')
    expect(world.codeOf('recordScore', score({ traineeId: 'A3', attempt: 2 }), teacher)).toBe('yes')
    expect(world.codeOf('admitToAssessment', admitting('A1'), teacher)).toBe('assessment/class-closed')
  })

  it.each([
    ['a recorded attempt', {}, 'yes'],
    ['an attempt nobody recorded', { attempt: 2 }, 'assessment/attempt-out-of-order'],
    ['somebody never scored', { traineeId: 'A9' }, 'assessment/not-on-roster'],
    ['a class nobody knows', { classId: 'C9' }, 'class/unknown'],
  ])('[ASM-9] settling %s', (_name, change, answer) => {
    const of = { classId: 'C1', traineeId: 'A1', part: 'theory', attempt: 1 }
    const body = { ...of, result: { scoreTenths: 610 }, reason: 'appeal', ...change }
    expect(aSealedClass().codeOf('settleScore', act('settleScore', body))).toBe(answer)
  })

  it('[ASM-9] a settlement says why, in the record it leaves', () => {
    const world = aScoredClass()
    const of = { classId: 'C1', traineeId: 'A1', part: 'theory', attempt: 1, result: { scoreTenths: 610 } }
    expect(() => act('settleScore', of)).toThrow()
    world.do('settleScore', act('settleScore', { ...of, reason: 'appeal' }))
    const records = world.state('assessment', stream).history['A1' as TraineeId] ?? []
    expect(records.map(({ settledFor }) => settledFor).filter((reason) => reason !== null)).toEqual(['appeal'])
  })

  function received(world: World, change: object): World {
    const body = score({ result: { scoreTenths: 100 }, ...change })
    world.append(
      { stream, kind: 'assessment.scored.v1', body, occurredOn: world.today, basedOn: null },
      { ...teacher, device: 'tablet-1' },
    )
    return world
  }
  const findings = (world: World) =>
    assessmentFindings(
      world.state('class', 'class/C1'),
      world.state('roster', 'class/C1/roster'),
      world.state('assessment', stream),
    )
      .filter(({ settled }) => !settled)
      .map(({ code, traineeId }) => [code, traineeId])

  it('[ASM-10] points for a stranger, and late points for somebody who had passed, are findings until settled', () => {
    const world = aScoredClass()
    expect(findings(received(world, { traineeId: 'A9' }))).toEqual([['assessment/not-on-roster', 'A9']])
    world.do(
      'settleScore',
      act('settleScore', {
        ...{ classId: 'C1', traineeId: 'A9', part: 'theory', attempt: 1 },
        ...{ result: { word: 'absent' }, reason: 'other' },
      }),
    )
    expect(findings(world)).toEqual([])
    complete(world)
    expect(findings(received(world, { traineeId: 'A2', attempt: 2 }))).toEqual([])
    expect(findings(received(world, { traineeId: 'A1', attempt: 2 }))).toEqual([['assessment/after-completion', 'A1']])
  })
})
