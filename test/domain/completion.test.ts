import { describe, expect, it } from 'vitest'
import { canonicalText, hashText } from '#contract/canonical.ts'
import { currentOutcomes } from '#domain/training-class/outcomes.ts'
import { cancel, codeAndItem, completing, figures, sealing, statuses } from '#test/domain/class-end.ts'
import {
  act,
  anOpenClass,
  aScoredClass,
  aSealedClass,
  complete,
  count,
  holdLessons,
  lesson,
  mark,
  score,
  scoreBoth,
  teacher,
  word,
} from '#test/domain/facility-fixture.ts'

const supplementing = (supplementedOn = '2026-06-01') => act('supplementClass', { classId: 'C1', supplementedOn })

describe('completing a class', () => {
  it('[CLS-8] the check list grows green step by step', () => {
    const world = anOpenClass()
    expect(statuses(world)).toEqual({
      lessons: 'open',
      headCounts: 'open',
      attendance: 'open',
      syllabus: 'reason',
      hours: 'done',
      scores: 'open',
      findings: 'done',
      certificates: 'blocked',
    })
    expect(codeAndItem(world)).toBe('class/lessons-to-come')
    world.today = '2026-03-11' as typeof world.today
    expect(codeAndItem(world)).toBe('class/not-complete headCounts')
    for (const sessionId of ['S1', 'S2']) world.do('confirmHeadCount', count({ sessionId }), teacher)
    expect(codeAndItem(world)).toBe('class/not-complete attendance')
    expect(figures(world)['attendance']).toEqual({ logged: 0, sessions: 2 })
    for (const sessionId of ['S1', 'S2']) world.do('logLesson', lesson({ sessionId }), teacher)
    expect(codeAndItem(world)).toBe('class/not-complete scores')
    scoreBoth(world, 'A1', 700, 700)
    scoreBoth(world, 'A2', 700, 700)
    world.do('recordScore', score({ traineeId: 'A3' }), teacher)
    expect(figures(world)['scores']).toEqual({ scored: 2, members: 3 })
    expect(codeAndItem(world)).toBe('class/not-complete scores')
    world.do('recordScore', score({ traineeId: 'A3', part: 'practical', result: { word: 'deferred' } }), teacher)
    expect(codeAndItem(world)).toBe('yes')
  })

  it('[CLS-8] a cancelled lesson needs nothing; a class without any lesson is not complete', () => {
    const world = aScoredClass()
    cancel(world, 'S2', '2026-03-11')
    expect(codeAndItem(world)).toBe('yes')
    cancel(world, 'S1', '2026-03-10')
    expect(codeAndItem(world)).toBe('class/not-complete headCounts')
  })

  it('[CLS-8] points below the threshold need an admission; nobody waits for who may not be assessed', () => {
    const world = anOpenClass()
    world.today = '2026-03-11' as typeof world.today
    for (const [traineeId, theory] of [
      ['A1', 700],
      ['A2', 100],
      ['A3', 800],
    ] as const)
      scoreBoth(world, traineeId, theory, 700)
    for (const sessionId of ['S1', 'S2']) world.do('markAttendance', mark({ sessionId }), teacher)
    holdLessons(world, 2)
    expect(figures(world)['hours']).toEqual({ below: 1, admitted: 0, barred: 1, unadmitted: 1 })
    expect(codeAndItem(world)).toBe('class/not-complete hours')
    world.do(
      'admitToAssessment',
      word('admitToAssessment', { classId: 'C1', traineeId: 'A1', reason: 'other', noteId: null }),
      teacher,
    )
    expect(codeAndItem(world)).toBe('yes')
    expect(figures(world)['hours']).toEqual({ below: 1, admitted: 1, barred: 0, unadmitted: 0 })

    const other = anOpenClass()
    for (const sessionId of ['S1', 'S2'])
      other.do('markAttendance', mark({ sessionId }), { ...teacher, on: '2026-03-11' })
    holdLessons(other, 2)
    for (const traineeId of ['A2', 'A3']) scoreBoth(other, traineeId, 700, 700)
    expect(figures(other)['scores']).toEqual({ scored: 2, members: 2 })
    expect(codeAndItem(other)).toBe('yes')
  })

  it('[CLS-8] an open finding stands in the way', () => {
    const world = aScoredClass()
    world.do('markAttendance', mark({ traineeId: 'A3' }), { ...teacher, on: '2026-03-11' })
    expect(statuses(world)['findings']).toBe('open')
    expect(codeAndItem(world)).toBe('class/not-complete findings')
  })

  it.each([
    ['2026-03-10', 'class/dates-reversed'],
    ['2026-03-11', 'yes'],
    ['2026-03-31', 'yes'],
    ['2026-04-01', 'class/completion-ahead'],
  ])('[CLS-8] with the last lesson on 11 March, on 31 March completed as of %s', (completedOn, answer) => {
    const world = aScoredClass()
    world.today = '2026-03-31' as typeof world.today
    expect(codeAndItem(world, completing(completedOn))).toBe(answer)
  })

  it('[CLS-8] only an open class', () => {
    const world = aScoredClass()
    expect(world.codeOf('completeClass', { ...completing(), classId: 'C9' as never })).toBe('class/unknown')
    complete(world)
    expect(world.codeOf('completeClass', completing())).toBe('class/wrong-phase')
  })

  it('[CLS-9] fixes minutes and an outcome for each member in roster order', () => {
    const world = aScoredClass()
    world.do(
      'withdrawTrainee',
      act('withdrawTrainee', { classId: 'C1', traineeId: 'A2', withdrawnOn: '2026-03-12', reason: 'transferred' }),
    )
    complete(world)
    const plain = { attendedMinutes: 180 }
    expect(world.state('class', 'class/C1')).toMatchObject({
      phase: 'completed',
      completion: {
        completedOn: '2026-03-11',
        plannedMinutes: 180,
        taughtMinutes: 180,
        outcomes: [
          { traineeId: 'A1', outcome: 'passed', theoryTenths: 600, practicalTenths: 1000, ...plain },
          { traineeId: 'A3', outcome: 'notAssessed', theoryTenths: null, practicalTenths: null, ...plain },
        ],
      },
    })
  })

  it('[CLS-9] a class completes with nobody passed', () => {
    const world = anOpenClass()
    holdLessons(world)
    for (const traineeId of ['A1', 'A2', 'A3']) scoreBoth(world, traineeId, 0, 0)
    complete(world)
    expect(currentOutcomes(world.state('class', 'class/C1')).map(({ outcome }) => outcome)).toEqual([
      'failed',
      'failed',
      'failed',
    ])
  })
})

describe('sealing a class', () => {
  it('[CLS-10] only once, after the completion', () => {
    const world = aScoredClass()
    expect(world.codeOf('sealClass', { ...sealing, classId: 'C9' as never })).toBe('class/unknown')
    expect(world.codeOf('sealClass', sealing)).toBe('class/wrong-phase')
    complete(world)
    world.do('sealClass', sealing)
    expect(world.codeOf('sealClass', sealing)).toBe('class/wrong-phase')
  })

  it('[CLS-10] the hash covers plan, completion and outcomes; the signer is named', () => {
    const state = aSealedClass().state('class', 'class/C1')
    const { outcomes, shortfall: said } = state.completion ?? {}
    const content = { plan: state.plan, completedOn: '2026-03-11', outcomes, shortfall: said }
    expect(state.seal?.contentHash).toBe(hashText(canonicalText(content)))
    expect(state.seal?.signers).toEqual([{ staffId: 'B1', role: 'administrator', organisation: 'facility' }])
    expect(state.seal?.sealedAt).toMatch(/^2026-.*Z$/)
    const other = aSealedClass({ seatCap: 4 }).state('class', 'class/C1')
    expect(other.seal?.contentHash).not.toBe(state.seal?.contentHash)
  })
})

describe('supplements', () => {
  it('[CLS-11] a resit gives a supplementary list and rewrites nothing', () => {
    const world = aSealedClass()
    const before = world.state('class', 'class/C1').completion
    expect(world.codeOf('supplementClass', supplementing())).toBe('class/nothing-to-supplement')
    world.do('recordScore', score({ traineeId: 'A2', attempt: 2, result: { scoreTenths: 599 } }), teacher)
    expect(world.codeOf('supplementClass', supplementing())).toBe('class/nothing-to-supplement')
    world.do('recordScore', score({ traineeId: 'A2', attempt: 3, result: { scoreTenths: 600 } }), teacher)
    world.do('supplementClass', supplementing())
    const state = world.state('class', 'class/C1')
    expect(state.completion).toEqual(before)
    expect(
      state.supplements.map(({ outcomes }) => outcomes.map(({ traineeId, outcome }) => [traineeId, outcome])),
    ).toEqual([[['A2', 'passed']]])
    expect(world.codeOf('supplementClass', supplementing())).toBe('class/nothing-to-supplement')
  })

  it('[CLS-12] the latest supplement about a trainee counts', () => {
    const world = aSealedClass()
    for (const part of ['theory', 'practical']) {
      world.do(
        'recordScore',
        score({ traineeId: 'A3', part, attempt: 2, result: { scoreTenths: part === 'theory' ? 500 : 700 } }),
        teacher,
      )
    }
    world.do('supplementClass', supplementing('2026-06-01'))
    world.do('recordScore', score({ traineeId: 'A3', attempt: 3, result: { scoreTenths: 700 } }), teacher)
    world.do('supplementClass', supplementing('2026-07-01'))
    const state = world.state('class', 'class/C1')
    expect(state.supplements.map(({ outcomes }) => outcomes.map(({ outcome }) => outcome))).toEqual([
      ['failed'],
      ['passed'],
    ])
    expect(currentOutcomes(state).map(({ traineeId, outcome }) => [traineeId, outcome])).toEqual([
      ['A1', 'passed'],
      ['A2', 'failed'],
      ['A3', 'passed'],
    ])
  })

  it.each([
    ['2026-03-10', 'class/dates-reversed'],
    ['2026-03-11', 'yes'],
  ])('[CLS-11] dated %s, the completion being of 11 March', (on, answer) => {
    const world = aSealedClass()
    world.do('recordScore', score({ traineeId: 'A2', attempt: 2 }), teacher)
    expect(world.codeOf('supplementClass', supplementing(on))).toBe(answer)
    expect(world.codeOf('supplementClass', { ...supplementing(), classId: 'C9' as never })).toBe('class/unknown')
    expect(aScoredClass().codeOf('supplementClass', supplementing())).toBe('class/wrong-phase')
  })
})
