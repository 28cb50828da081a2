import { describe, expect, it } from 'vitest'
import type { SessionId, TraineeId } from '#contract/values.ts'
import { sessionFindings } from '#domain/attendance/findings.ts'
import { headCount } from '#domain/attendance/summary.ts'
import {
  act,
  aFacility,
  admit,
  anOpenClass,
  aScoredClass,
  complete,
  count,
  enroll,
  lesson,
  mark,
  planBody,
  teacher,
  word,
} from '#test/domain/facility-fixture.ts'
import type { World } from '#test/domain/world.ts'

const S1 = 'class/C1/session/S1'
const A1 = 'A1' as TraineeId
const late = (minutes: number | null, change: object = {}) => mark({ mark: 'late', minutes, ...change })
const makeUp = (minutes: number, madeUpOn = '2026-03-11', change: object = {}) =>
  word('makeUpSession', { classId: 'C1', sessionId: 'S1', traineeId: 'A1', madeUpOn, minutes, ...change })
const cancel = (sessionId: string, on: string) =>
  act('changeSession', {
    classId: 'C1',
    session: { sessionId, on, startsAt: '08:30', minutes: 90 },
    cancelled: true,
    reason: 'lockdown',
  })
const findings = (world: World, sessionId = 'S1') =>
  sessionFindings(
    world.state('class', 'class/C1'),
    world.state('roster', 'class/C1/roster'),
    sessionId as SessionId,
    world.state('session', `class/C1/session/${sessionId}`),
  ).map(({ code, traineeId, settled }) => [code, traineeId, settled])

describe('marks', () => {
  it('[ATT-1] everybody is present but for exceptions; present takes one back', () => {
    const world = anOpenClass()
    world.do('markAttendance', mark(), teacher)
    world.do('markAttendance', late(10, { traineeId: 'A2' }), teacher)
    const roster = world.state('roster', 'class/C1/roster')
    expect(headCount(roster, world.state('session', S1))).toEqual({
      expectedCount: 3,
      presentCount: 2,
      absentCount: 1,
      excusedCount: 0,
      lateCount: 1,
      leftEarlyCount: 0,
    })
    world.do('markAttendance', mark({ mark: 'present' }), teacher)
    expect(Object.keys(world.state('session', S1).marks)).toEqual(['A2'])
    expect(world.state('session', S1).history[A1]?.map((record) => record.mark)).toEqual(['absent', 'present'])
    expect(headCount(roster, world.state('session', S1)).presentCount).toBe(3)
  })

  it('[ATT-1] the same word again is no entry, and neither is present from the start', () => {
    const world = anOpenClass()
    expect(world.do('markAttendance', mark({ mark: 'present' }), teacher)).toHaveLength(0)
    expect(world.do('markAttendance', late(10), teacher)).toHaveLength(1)
    expect(world.do('markAttendance', late(10), teacher)).toHaveLength(0)
    expect(world.do('markAttendance', late(11), teacher)).toHaveLength(1)
  })

  it.each([
    ['the day before', '2026-03-09', 'attendance/session-not-yet'],
    ['the day itself', '2026-03-10', 'yes'],
    ['a month later', '2026-04-10', 'yes'],
  ])('[ATT-2] a lesson of 10 March is marked on %s', (_name, on, answer) => {
    expect(anOpenClass().codeOf('markAttendance', mark(), { ...teacher, on })).toBe(answer)
    expect(anOpenClass().codeOf('confirmHeadCount', count(), { ...teacher, on })).toBe(answer)
    expect(anOpenClass().codeOf('logLesson', lesson(), { ...teacher, on })).toBe(answer)
  })

  it('[ATT-2] not in a class or lesson nobody knows, a cancelled lesson, or a class that is not open', () => {
    const world = aFacility()
    admit(world, 3)
    expect(world.codeOf('markAttendance', mark(), teacher)).toBe('class/unknown')
    world.do('planClass', act('planClass', planBody))
    enroll(world, ['A1', 'A2', 'A3'])
    expect(world.codeOf('markAttendance', mark(), teacher)).toBe('class/wrong-phase')
    expect(world.codeOf('markAttendance', mark({ sessionId: 'S9' }), teacher)).toBe('class/session-unknown')
    const open = anOpenClass()
    open.do('changeSession', cancel('S1', '2026-03-10'))
    expect(open.codeOf('markAttendance', mark(), teacher)).toBe('attendance/session-cancelled')
    const ended = aScoredClass()
    complete(ended)
    expect(ended.codeOf('markAttendance', mark(), teacher)).toBe('attendance/class-closed')
    expect(ended.codeOf('makeUpSession', makeUp(1), teacher)).toBe('attendance/class-closed')
  })

  it('[ATT-2] only of members of that day', () => {
    const world = anOpenClass()
    world.do(
      'withdrawTrainee',
      act('withdrawTrainee', { classId: 'C1', traineeId: 'A2', withdrawnOn: '2026-03-11', reason: 'illness' }),
    )
    const on = { ...teacher, on: '2026-03-12' }
    expect(world.codeOf('markAttendance', mark({ traineeId: 'A9' }), on)).toBe('attendance/not-on-roster')
    expect(world.codeOf('markAttendance', mark({ traineeId: 'A2' }), on)).toBe('yes')
    expect(world.codeOf('markAttendance', mark({ traineeId: 'A2', sessionId: 'S2' }), on)).toBe(
      'attendance/not-on-roster',
    )
  })

  it.each([
    ['late without minutes', late(null), 'attendance/minutes-missing'],
    ['late by one minute', late(1), 'yes'],
    ['late by one minute less than the lesson', late(89), 'yes'],
    ['late by the whole lesson', late(90), 'attendance/minutes-too-many'],
    ['left early without minutes', mark({ mark: 'leftEarly' }), 'attendance/minutes-missing'],
    ['left early by more than the lesson', mark({ mark: 'leftEarly', minutes: 91 }), 'attendance/minutes-too-many'],
    ['absent with minutes', mark({ minutes: 5 }), 'attendance/minutes-not-wanted'],
    ['present with minutes', mark({ mark: 'present', minutes: 5 }), 'attendance/minutes-not-wanted'],
  ])('[ATT-3] %s', (_name, body, answer) => {
    expect(anOpenClass().codeOf('markAttendance', body, teacher)).toBe(answer)
  })

  it.each([
    ['excused with a reason', mark({ mark: 'excused', leaveReason: 'visit' }), 'yes'],
    ['excused without a reason', mark({ mark: 'excused' }), 'attendance/reason-missing'],
    ['absent with a reason of leave', mark({ leaveReason: 'visit' }), 'attendance/reason-not-wanted'],
  ])('[ATT-4] %s', (_name, body, answer) => {
    expect(anOpenClass().codeOf('markAttendance', body, teacher)).toBe(answer)
  })

  it.each([
    ['2026-03-10', null, 'yes'],
    ['2026-03-11', null, 'attendance/correction-reason-missing'],
    ['2026-03-11', 'mis-tap', 'yes'],
  ])('[ATT-5] a mark of 10 March changed on %s with reason %s', (on, correctionReason, answer) => {
    const world = anOpenClass()
    world.do('markAttendance', mark(), teacher)
    expect(world.codeOf('markAttendance', late(10, { correctionReason }), { ...teacher, on })).toBe(answer)
  })

  it('[ATT-5] a first mark written later needs none, and each change names the word it replaces', () => {
    const world = anOpenClass()
    const [first] = world.do('markAttendance', mark(), { ...teacher, on: '2026-03-12' })
    const [second] = world.do('markAttendance', late(10), { ...teacher, on: '2026-03-12' })
    expect([first?.entry.basedOn, second?.entry.basedOn]).toEqual([null, first?.id])
    const [third] = world.do('markAttendance', mark({ mark: 'present', correctionReason: 'late-paper' }), {
      ...teacher,
      on: '2026-03-13',
    })
    const [fourth] = world.do('markAttendance', mark(), { ...teacher, on: '2026-03-13' })
    expect([third?.entry.basedOn, fourth?.entry.basedOn]).toEqual([second?.id, third?.id])
    expect(findings(world)).toEqual([])
  })
})

describe('head counts', () => {
  it.each([
    [3, 3, null, 'yes'],
    [3, 2, null, 'attendance/head-count-unexplained'],
    [3, 4, null, 'attendance/head-count-unexplained'],
    [3, 2, 'toilet', 'yes'],
    [3, 4, 'guest', 'yes'],
  ])('[ATT-6] marked %i, spoken %i, reason %s', (markedPresentCount, spokenCount, differenceReason, answer) => {
    expect(
      anOpenClass().codeOf('confirmHeadCount', count({ markedPresentCount, spokenCount, differenceReason }), teacher),
    ).toBe(answer)
  })

  it('[ATT-6] counting again replaces the number', () => {
    const world = anOpenClass()
    const [first] = world.do('confirmHeadCount', count({ spokenCount: 2, differenceReason: 'toilet' }), teacher)
    const [second] = world.do('confirmHeadCount', count(), teacher)
    expect(second?.entry.basedOn).toBe(first?.id)
    expect(world.state('session', S1).headCount).toMatchObject({
      spokenCount: 3,
      differenceReason: null,
      pending: false,
    })
  })

  it('[ATT-11] a count the marks no longer match is a finding until it matches or is counted again', () => {
    const world = anOpenClass()
    world.do('confirmHeadCount', count({ spokenCount: 2, differenceReason: 'called-away' }), teacher)
    expect(findings(world)).toEqual([])
    world.do('markAttendance', mark(), teacher)
    expect(findings(world)).toEqual([])
    world.do('markAttendance', mark({ traineeId: 'A2' }), teacher)
    expect(findings(world)).toEqual([['attendance/head-count-differs', null, false]])
    world.do('confirmHeadCount', count({ markedPresentCount: 1, spokenCount: 1 }), teacher)
    expect(findings(world)).toEqual([])
  })
})

describe('what was taught', () => {
  it.each([
    ['a module of the syllabus', lesson(), 'yes'],
    ['a module of another', lesson({ moduleId: 'M9' }), 'attendance/module-unknown'],
    ['as long as the lesson', lesson({ theoryMinutes: 90, practicalMinutes: 0 }), 'yes'],
    ['a minute longer', lesson({ theoryMinutes: 90, practicalMinutes: 1 }), 'attendance/lesson-too-long'],
  ])('[ATT-13] %s', (_name, body, answer) => {
    expect(anOpenClass().codeOf('logLesson', body, teacher)).toBe(answer)
  })

  it('[ATT-13] modules share the lesson; naming one again replaces it, zero takes it back', () => {
    const world = anOpenClass()
    world.do('logLesson', lesson({ theoryMinutes: 30, practicalMinutes: 30 }), teacher)
    expect(world.codeOf('logLesson', lesson({ moduleId: 'M2', theoryMinutes: 31, practicalMinutes: 0 }), teacher)).toBe(
      'attendance/lesson-too-long',
    )
    world.do('logLesson', lesson({ moduleId: 'M2', theoryMinutes: 30, practicalMinutes: 0 }), teacher)
    world.do('logLesson', lesson({ theoryMinutes: 60, practicalMinutes: 0 }), teacher)
    expect(world.state('session', S1).lessons.map(({ moduleId, theoryMinutes }) => [moduleId, theoryMinutes])).toEqual([
      ['M2', 30],
      ['M1', 60],
    ])
    world.do('logLesson', lesson({ theoryMinutes: 0, practicalMinutes: 0 }), teacher)
    expect(world.state('session', S1).lessons.map(({ moduleId }) => moduleId)).toEqual(['M2'])
  })
})
