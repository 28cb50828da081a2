import { describe, expect, it } from 'vitest'
import type { CalendarDate, SessionId, TraineeId } from '#contract/values.ts'
import { sessionFindings } from '#domain/attendance/findings.ts'
import { attendedMinutes, taughtMinutes } from '#domain/attendance/hours.ts'
import { act, anOpenClass, complete, count, holdLessons, mark, teacher, word } from '#test/domain/facility-fixture.ts'
import type { World } from '#test/domain/world.ts'

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
const held = (world: World) =>
  world
    .state('class', 'class/C1')
    .sessions.map((plan) => ({ plan, state: world.state('session', `class/C1/session/${plan.sessionId}`) }))
const attended = (world: World, traineeId = 'A1', enrolledOn?: string) =>
  attendedMinutes(traineeId as TraineeId, held(world), enrolledOn as CalendarDate | undefined)
const findings = (world: World, sessionId = 'S1') =>
  sessionFindings(
    world.state('class', 'class/C1'),
    world.state('roster', 'class/C1/roster'),
    sessionId as SessionId,
    world.state('session', `class/C1/session/${sessionId}`),
  ).map(({ code, traineeId, settled }) => [code, traineeId, settled])

describe('hours', () => {
  it.each([
    ['nothing', null, 180],
    ['absent', mark(), 90],
    ['excused', mark({ mark: 'excused', leaveReason: 'court' }), 90],
    ['late by 12', late(12), 168],
    ['left early by 30', mark({ mark: 'leftEarly', minutes: 30 }), 150],
  ])('[ATT-8] with %s in one of two lessons of 90 minutes', (_name, body, minutes) => {
    const world = anOpenClass()
    if (body !== null) world.do('markAttendance', body, teacher)
    holdLessons(world, body === null || body.mark === 'late' || body.mark === 'leftEarly' ? 3 : 2)
    expect(attended(world)).toBe(minutes)
    expect(attended(world, 'A2')).toBe(180)
  })

  it('[ATT-8] lessons before the day of enrollment were missed', () => {
    const world = anOpenClass()
    holdLessons(world)
    expect([
      attended(world, 'A1', '2026-03-10'),
      attended(world, 'A1', '2026-03-11'),
      attended(world, 'A1', '2026-03-12'),
    ]).toEqual([180, 90, 0])
  })

  it('[ATT-9] a lesson counts once its head count is confirmed, and not when cancelled', () => {
    const world = anOpenClass()
    world.today = '2026-03-11' as CalendarDate
    expect([taughtMinutes(held(world)), attended(world)]).toEqual([0, 0])
    world.do('confirmHeadCount', count({ sessionId: 'S2' }), teacher)
    expect([taughtMinutes(held(world)), attended(world)]).toEqual([90, 90])
    world.do('confirmHeadCount', count(), teacher)
    world.do('changeSession', cancel('S2', '2026-03-11'))
    expect([taughtMinutes(held(world)), attended(world)]).toEqual([90, 90])
  })

  it.each([
    ['nothing missed', null, makeUp(1), 'attendance/nothing-to-make-up'],
    ['absent, one minute', mark(), makeUp(1), 'yes'],
    ['absent, the whole lesson', mark(), makeUp(90), 'yes'],
    ['absent, a minute more than the lesson', mark(), makeUp(91), 'attendance/make-up-too-long'],
    ['late, what was missed', late(12), makeUp(12), 'yes'],
    ['late, a minute more', late(12), makeUp(13), 'attendance/make-up-too-long'],
    ['on the day itself', mark(), makeUp(1, '2026-03-10'), 'yes'],
    ['before the lesson', mark(), makeUp(1, '2026-03-09'), 'attendance/session-not-yet'],
    ['tomorrow', mark(), makeUp(1, '2026-03-12'), 'attendance/session-not-yet'],
    ['somebody not in the class', mark(), makeUp(1, '2026-03-11', { traineeId: 'A9' }), 'attendance/not-on-roster'],
  ])('[ATT-10] making up: %s', (_name, missed, body, answer) => {
    const world = anOpenClass()
    if (missed !== null) world.do('markAttendance', missed, teacher)
    expect(world.codeOf('makeUpSession', body, { ...teacher, on: '2026-03-11' })).toBe(answer)
  })

  it('[ATT-10] adds up to what was missed, and a mark taken back takes the surplus with it', () => {
    const world = anOpenClass()
    world.do('markAttendance', mark(), teacher)
    holdLessons(world, 2)
    world.do('makeUpSession', makeUp(50), teacher)
    expect(attended(world)).toBe(140)
    expect(world.codeOf('makeUpSession', makeUp(41), teacher)).toBe('attendance/make-up-too-long')
    world.do('makeUpSession', makeUp(40), teacher)
    expect(attended(world)).toBe(180)
    expect(world.codeOf('makeUpSession', makeUp(1), teacher)).toBe('attendance/nothing-to-make-up')
    world.do('markAttendance', late(12, { correctionReason: 'late-paper' }), teacher)
    expect(attended(world)).toBe(180)
  })
})

describe('findings and settlements', () => {
  it('[ATT-11] marks that do not fit the class are findings until they are settled', () => {
    const world = anOpenClass()
    const stray = world.decide('markAttendance', mark(), teacher)
    if (!stray.ok || stray.value[0] === undefined) throw new Error('no draft')
    world.append({ ...stray.value[0], body: mark({ traineeId: 'A9' }) } as (typeof stray.value)[0], teacher)
    expect(findings(world)).toEqual([['attendance/not-on-roster', 'A9', false]])
    const settle = { mark: 'present', minutes: null, leaveReason: null, reason: 'mis-tap' }
    world.do(
      'settleAttendance',
      act('settleAttendance', { classId: 'C1', sessionId: 'S1', traineeId: 'A9', ...settle }),
    )
    expect(findings(world)).toEqual([])
    world.do('markAttendance', mark({ traineeId: 'A2' }), teacher)
    world.do(
      'withdrawTrainee',
      act('withdrawTrainee', { classId: 'C1', traineeId: 'A2', withdrawnOn: '2026-03-10', reason: 'transferred' }),
    )
    expect(findings(world)).toEqual([['attendance/after-withdrawal', 'A2', false]])
  })

  it('[ATT-11] a mark in a cancelled lesson is a finding', () => {
    const world = anOpenClass()
    world.do('markAttendance', mark(), teacher)
    world.do('changeSession', cancel('S1', '2026-03-10'))
    expect(findings(world)).toEqual([['attendance/session-cancelled', 'A1', false]])
  })

  it('[ATT-12] a mark that arrives after the completion is a finding, and the office settles it even then', () => {
    const world = anOpenClass()
    const tablet = { ...teacher, device: 'tablet-2' }
    const answer = world.decide('markAttendance', mark(), tablet)
    if (!answer.ok || answer.value[0] === undefined) throw new Error('no draft')
    const written = world.make(answer.value[0], tablet)
    holdLessons(world)
    for (const traineeId of ['A1', 'A2', 'A3']) {
      for (const part of ['theory', 'practical']) {
        world.do(
          'recordScore',
          word('recordScore', {
            classId: 'C1',
            traineeId,
            part,
            attempt: 1,
            result: { word: 'absent' },
            correctionReason: null,
          }),
          teacher,
        )
      }
    }
    complete(world)
    world.receive(written)
    expect(findings(world).map(([code]) => code)).toEqual([
      'attendance/after-completion',
      'attendance/head-count-differs',
    ])
    const settle = act('settleAttendance', {
      classId: 'C1',
      sessionId: 'S1',
      traineeId: 'A1',
      mark: 'present',
      minutes: null,
      leaveReason: null,
      reason: 'duty-record',
    })
    world.do('settleAttendance', settle)
    expect(findings(world)).toEqual([])
  })

  it.each([
    ['of somebody never in the class nor marked', { traineeId: 'A9' }, 'attendance/not-on-roster'],
    ['of a lesson nobody knows', { sessionId: 'S9' }, 'class/session-unknown'],
    ['of a class nobody knows', { classId: 'C9' }, 'class/unknown'],
    ['with minutes missing', { mark: 'late' }, 'attendance/minutes-missing'],
    ['of a member', {}, 'yes'],
  ])('[ATT-12] a settlement %s', (_name, change, answer) => {
    const of = { classId: 'C1', sessionId: 'S1', traineeId: 'A1' }
    const plain = { ...of, mark: 'absent', minutes: null, leaveReason: null, reason: 'paper-record' }
    expect(anOpenClass().codeOf('settleAttendance', act('settleAttendance', { ...plain, ...change }))).toBe(answer)
  })

  it('[ATT-12] a settlement without its reason has no shape', () => {
    const of = { classId: 'C1', sessionId: 'S1', traineeId: 'A1', mark: 'absent', minutes: null, leaveReason: null }
    expect(() => act('settleAttendance', of)).toThrow()
    expect(() => act('settleAttendance', { ...of, reason: '' })).toThrow()
  })
})
