import { describe, expect, it } from 'vitest'
import type { TraineeId } from '#contract/values.ts'
import { disputeAuthors, isInDispute } from '#domain/assessment/disputes.ts'
import { outcomeOf } from '#domain/assessment/outcome.ts'
import { planIssue } from '#domain/certificate/issue.ts'
import { computeOutcomes, isBarred } from '#domain/completion/class-record.ts'
import {
  act,
  anOpenClass,
  aScoredClass,
  aSealedClass,
  complete,
  holdLessons,
  mark,
  score,
  scoreBoth,
  shortfall,
  teacher,
  word,
} from '#test/domain/facility-fixture.ts'
import type { Who, World } from '#test/domain/world.ts'

const stream = 'class/C1/assessment'
const A1 = 'A1' as TraineeId
const assessment = (world: World) => world.state('assessment', stream)
const author = (actor: string, role: Who['role'] = 'instructor'): Who => ({ actor, role, device: `tablet-${actor}` })

/** A result somebody recorded on a tablet that knew of no other. */
function blindly(world: World, who: Who, scoreTenths: number, change: object = {}): void {
  const body = score({ result: { scoreTenths }, ...change })
  world.append({ stream, kind: 'assessment.scored.v1', body, occurredOn: world.today, basedOn: null }, who)
}
const settling = (scoreTenths = 700, change: object = {}) =>
  act('settleScore', {
    ...{ classId: 'C1', traineeId: 'A1', part: 'theory', attempt: 1 },
    ...{ result: { scoreTenths }, reason: 'answer-sheet', ...change },
  })

/** Theory of A1: 70 by the instructor T1 and 50 by the administrator B2, neither knowing of the other; practice 80. */
function aDispute(world = anOpenClass()): World {
  blindly(world, author('T1'), 700)
  blindly(world, author('B2', 'administrator'), 500)
  blindly(world, author('T1'), 800, { part: 'practical' })
  return world
}

describe('two results of one attempt', () => {
  it('[ASM-11] are settled by an administrator who recorded neither, and by nobody else', () => {
    const world = aDispute()
    const asked: [Who, string][] = [
      [{ actor: 'B2' }, 'assessment/own-dispute'],
      [{ actor: 'T1', role: 'instructor' }, 'access/not-allowed'],
      // Somebody who has another role today is still the author.
      [{ actor: 'T1' }, 'assessment/own-dispute'],
      [{ actor: 'B3', role: 'officer' }, 'access/not-allowed'],
      [{ actor: 'B1' }, 'yes'],
    ]
    for (const [who, answer] of asked)
      expect([who, world.codeOf('settleScore', settling(), who)]).toEqual([who, answer])
    // The part nobody disputes is settled as ever.
    expect(world.codeOf('settleScore', settling(810, { part: 'practical' }), { actor: 'B2' })).toBe('yes')
  })

  it('[ASM-11] of one person on two tablets are settled by another', () => {
    const world = anOpenClass()
    blindly(world, { ...author('B2', 'administrator'), device: 'tablet-1' }, 700)
    blindly(world, { ...author('B2', 'administrator'), device: 'tablet-2' }, 500)
    expect(world.codeOf('settleScore', settling(), { actor: 'B2' })).toBe('assessment/own-dispute')
    expect(world.codeOf('settleScore', settling(), { actor: 'B1' })).toBe('yes')
  })

  it('[ASM-11] once settled are not changed again by who recorded them; whoever settled may settle again', () => {
    const world = aDispute()
    world.do('settleScore', settling(700), { actor: 'B1' })
    expect(isInDispute(assessment(world), A1)).toBe(false)
    const correction = score({ result: { scoreTenths: 900 }, correctionReason: 'appeal' })
    const correcting: [Who, string][] = [
      [{ ...teacher }, 'assessment/own-dispute'],
      [{ actor: 'B2' }, 'assessment/own-dispute'],
      [{ actor: 'B1' }, 'yes'],
    ]
    holdLessons(world)
    for (const [who, answer] of correcting) expect(world.codeOf('recordScore', correction, who)).toBe(answer)
    expect(world.codeOf('settleScore', settling(500), { actor: 'B2' })).toBe('assessment/own-dispute')
    expect(world.codeOf('settleScore', settling(500), { actor: 'B1' })).toBe('yes')
  })

  it('[ASM-11] names who recorded them, of the one attempt', () => {
    const world = aDispute()
    const of = { traineeId: A1, part: 'theory', attempt: 1 } as const
    expect(disputeAuthors(assessment(world), of)).toEqual({ authors: new Set(['T1', 'B2']), settled: false })
    expect(disputeAuthors(assessment(world), { ...of, part: 'practical' })).toBe(null)
    world.do('settleScore', settling(), { actor: 'B1' })
    expect(disputeAuthors(assessment(world), of)).toEqual({ authors: new Set(['T1', 'B2']), settled: true })
  })
})

describe('nobody passes by a result in dispute', () => {
  it('[ASM-11] the outcome waits, whichever of the two counts meanwhile', () => {
    for (const order of [
      [500, 700],
      [700, 600],
    ] as const) {
      const world = anOpenClass()
      blindly(world, author('T1'), 800, { part: 'practical' })
      blindly(world, author('T1'), order[0])
      blindly(world, author('T2'), order[1])
      expect(outcomeOf(A1, assessment(world), 0).outcome).toBe('notAssessed')
      world.do('settleScore', settling(700), { actor: 'B1' })
      expect(outcomeOf(A1, assessment(world), 0).outcome).toBe('passed')
    }
  })

  it('[ASM-11] the class is neither completed nor sealed over it', () => {
    const world = aDispute()
    holdLessons(world)
    for (const traineeId of ['A2', 'A3']) scoreBoth(world, traineeId, 700, 700)
    const completing = act('completeClass', { classId: 'C1', completedOn: '2026-03-11', shortfall })
    expect(world.decide('completeClass', completing)).toMatchObject({
      refusal: { code: 'class/not-complete', details: { item: 'findings', unsettled: 1 } },
    })
    world.do('settleScore', settling(), { actor: 'B1' })
    complete(world)
    blindly(world, author('T4'), 650, { part: 'practical' })
    expect(world.codeOf('sealClass', act('sealClass', { classId: 'C1' }))).toBe('class/not-complete')
  })

  const planned = (world: World) =>
    planIssue(
      world.state('class', 'class/C1'),
      world.state('certificates', 'class/C1/certificates'),
      assessment(world),
      'WP',
    ).map(({ traineeId }) => traineeId)
  const issuing = act('issueCertificates', { classId: 'C1', issuedOn: '2026-03-20' })

  it('[ASM-11] no certificate is issued over one that came after the seal, nor where it was settled below the pass mark', () => {
    const world = aSealedClass()
    expect(planned(world)).toEqual(['A1'])
    blindly(world, author('T2'), 580)
    expect(planned(world)).toEqual([])
    expect(world.codeOf('issueCertificates', issuing)).toBe('certificate/none-to-issue')
    world.do('settleScore', settling(580), { actor: 'B1' })
    expect(planned(world)).toEqual([])
    world.do('settleScore', settling(600), { actor: 'B1' })
    expect(planned(world)).toEqual(['A1'])
    expect(world.codeOf('issueCertificates', issuing)).toBe('yes')
  })

  it('[ASM-11] nor is one from outside recorded', () => {
    const world = aScoredClass({ certificateKind: 'skillLevel' })
    complete(world)
    const recording = act('recordCertificate', {
      ...{ classId: 'C1', traineeId: 'A1', certificateKind: 'skillLevel', number: 'S000034000001265000001' },
      ...{ issuerName: '示例评价机构', issuedOn: '2026-06-20' },
    })
    expect(world.codeOf('recordCertificate', recording)).toBe('yes')
    blindly(world, author('T2'), 580)
    expect(world.codeOf('recordCertificate', recording)).toBe('certificate/score-in-dispute')
  })
})

describe('who is expected at the assessment', () => {
  it('[ASM-12] everybody but who has too few hours, no admission and no points', () => {
    const world = anOpenClass()
    for (const traineeId of ['A1', 'A2', 'A3'])
      for (const sessionId of ['S1', 'S2'])
        world.do('markAttendance', mark({ sessionId, traineeId }), { ...teacher, on: '2026-03-11' })
    const admitting = { classId: 'C1', traineeId: 'A2', reason: 'prior-skill', noteId: null }
    world.do('admitToAssessment', word('admitToAssessment', admitting), teacher)
    scoreBoth(world, 'A3', 700, 700)
    holdLessons(world, 0)
    const classState = world.state('class', 'class/C1')
    const record = {
      classState,
      roster: world.state('roster', 'class/C1/roster'),
      sessions: classState.sessions.map((plan) => ({
        plan,
        state: world.state('session', `class/C1/session/${plan.sessionId}`),
      })),
      assessment: assessment(world),
      rules: world.state('facility', 'facility').rules,
    }
    const barred = computeOutcomes(record).filter(({ traineeId }) => isBarred(record, traineeId))
    expect(barred.map(({ traineeId }) => traineeId)).toEqual(['A1'])
  })
})
