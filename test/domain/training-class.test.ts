import { describe, expect, it } from 'vitest'
import { act, aFacility, anOccupation, aSyllabus, listOccupation, planBody } from '#test/domain/facility-fixture.ts'
import type { World } from '#test/domain/world.ts'

const plan = (change: object = {}) => act('planClass', { ...planBody, ...change })
const lessonAt = (startsAt: string, minutes = 90, on = '2026-03-10', sessionId = 'S1') => ({
  sessionId,
  on,
  startsAt,
  minutes,
})
const secondTeacher = {
  staffId: 'T2',
  account: 'teacher2',
  staffRole: 'instructor',
  providerId: 'P1',
  displayName: '丁',
  pin: '274916',
}
const other = { classId: 'C2', classNumber: '2026-013' }

describe('planning a class', () => {
  it('[CLS-1] keeps the plan, sessions in order of time', () => {
    const world = aFacility()
    const sessions = [lessonAt('14:00', 45, '2026-03-12', 'S2'), lessonAt('08:30', 90, '2026-03-12', 'S1')]
    world.do('planClass', plan({ sessions }))
    const state = world.state('class', 'class/C1')
    expect(state.phase).toBe('planned')
    expect(state.plan).not.toHaveProperty('sessions')
    expect(state.sessions.map(({ sessionId, cancelled }) => [sessionId, cancelled])).toEqual([
      ['S1', false],
      ['S2', false],
    ])
    expect(world.codeOf('planClass', plan({ classNumber: '2026-099' }))).toBe('class/planned-before')
    expect(world.codeOf('planClass', plan({ classId: 'C2' }))).toBe('class/number-taken')
  })

  it.each([
    ['ends before it starts', { endsOn: '2026-03-09', sessions: [] }, 'class/dates-reversed'],
    ['is one day long', { endsOn: '2026-03-10', sessions: [] }, 'yes'],
  ])('[CLS-1] a class that %s', (_name, change, answer) => {
    expect(aFacility().codeOf('planClass', plan(change))).toBe(answer)
  })

  it.each<[string, object, (world: World) => unknown, string]>([
    ['of a provider nobody knows', { providerId: 'P9' }, () => null, 'access/provider-unknown'],
    [
      'whose provider is qualified up to the first day',
      { startsOn: '2028-12-31', endsOn: '2028-12-31', sessions: [] },
      () => null,
      'yes',
    ],
    [
      'whose provider is no longer qualified',
      { startsOn: '2029-01-01', endsOn: '2029-01-01', sessions: [] },
      () => null,
      'class/provider-not-qualified',
    ],
    ['with an instructor nobody knows', { instructorIds: ['T1', 'T9'] }, () => null, 'class/instructor-unknown'],
    ['with an administrator as instructor', { instructorIds: ['B1'] }, () => null, 'class/instructor-unknown'],
    [
      'with a disabled instructor',
      {},
      (world) => world.do('disableStaff', act('disableStaff', { staffId: 'T1' })),
      'class/instructor-unknown',
    ],
    [
      'with an instructor of another provider',
      { providerId: 'P2' },
      registerSecondProvider,
      'class/instructor-unknown',
    ],
  ])('[CLS-2] a class %s', (_name, change, prepare, answer) => {
    const world = aFacility()
    prepare(world)
    expect(world.codeOf('planClass', plan(change))).toBe(answer)
  })

  it('[CLS-2] the provider has to teach the level', () => {
    const world = aFacility()
    const changed = {
      providerId: 'P1',
      name: '示例学校',
      qualification: '证',
      qualificationValidUntil: '2028-12-31',
      skillLevels: [4],
    }
    world.do('changeProvider', act('changeProvider', changed))
    expect(world.codeOf('planClass', plan())).toBe('class/provider-level-not-offered')
  })

  it.each([
    ['an occupation nobody listed', { occupationId: 'O9' }, 'catalogue/occupation-unknown'],
    ['a syllabus nobody published', { syllabusId: 'Y9' }, 'catalogue/syllabus-unknown'],
    ['a syllabus of another level', { skillLevel: 4, certificateKind: 'skillLevel' }, 'catalogue/syllabus-unknown'],
    ['another route of the level', { certificateKind: 'skillLevel' }, 'yes'],
    ['a route of the other level', { skillLevel: 4 }, 'class/certificate-route-not-offered'],
    ['a route of no level', { certificateKind: 'specificCapability' }, 'class/certificate-route-not-offered'],
  ])('[CLS-3] a class with %s', (_name, change, answer) => {
    const world = aFacility()
    world.do('publishSyllabus', act('publishSyllabus', { syllabus: aSyllabus({ syllabusId: 'Y4', skillLevel: 4 }) }))
    expect(world.codeOf('planClass', plan(change))).toBe(answer)
  })

  it('[CLS-3] a level the occupation does not offer is refused', () => {
    const world = aFacility()
    listOccupation(world, anOccupation({ levels: [4] }))
    expect(world.codeOf('planClass', plan())).toBe('catalogue/level-not-offered')
  })

  it.each([
    ['as many seats as the room', { seatCap: 40 }, 'yes'],
    ['one seat more than the room', { seatCap: 41 }, 'class/seats-over-room'],
    ['a room nobody registered', { roomId: 'R9' }, 'access/room-unknown'],
    ['a lesson the day before', { sessions: [lessonAt('08:30', 90, '2026-03-09')] }, 'class/session-outside-dates'],
    ['a lesson on the last day', { sessions: [lessonAt('08:30', 90, '2026-05-29')] }, 'yes'],
    ['a lesson the day after', { sessions: [lessonAt('08:30', 90, '2026-05-30')] }, 'class/session-outside-dates'],
    ['a lesson up to midnight', { sessions: [lessonAt('22:30', 90)] }, 'yes'],
    ['a lesson past midnight', { sessions: [lessonAt('22:31', 90)] }, 'class/session-past-midnight'],
    [
      'lessons one after the other',
      { sessions: [lessonAt('08:30'), lessonAt('10:00', 90, '2026-03-10', 'S2')] },
      'yes',
    ],
    [
      'lessons sharing a minute',
      { sessions: [lessonAt('08:30'), lessonAt('09:59', 90, '2026-03-10', 'S2')] },
      'class/sessions-clash',
    ],
    ['two lessons of one id', { sessions: [lessonAt('08:30'), lessonAt('14:00')] }, 'class/sessions-clash'],
  ])('[CLS-4] a class with %s', (_name, change, answer) => {
    expect(aFacility().codeOf('planClass', plan(change))).toBe(answer)
  })

  it.each([
    ['the same room and instructor at the same time', {}, 'class/sessions-clash'],
    ['another room, the same instructor', { roomId: 'R2' }, 'class/sessions-clash'],
    ['the same room, another instructor', { instructorIds: ['T2'] }, 'class/sessions-clash'],
    ['another room and instructor', { roomId: 'R2', instructorIds: ['T2'] }, 'yes'],
    ['the minute after', { sessions: [lessonAt('10:00')] }, 'yes'],
    ['a minute too early', { sessions: [lessonAt('09:59')] }, 'class/sessions-clash'],
    ['the other end, a minute too late', { sessions: [lessonAt('07:01')] }, 'class/sessions-clash'],
    ['the other end, just in time', { sessions: [lessonAt('07:00')] }, 'yes'],
  ])('[CLS-4] a second class in %s', (_name, change, answer) => {
    const world = aFacility()
    world.do('registerRoom', act('registerRoom', { roomId: 'R2', name: '二室', seats: 40 }))
    world.do('appointStaff', act('appointStaff', secondTeacher))
    world.do('planClass', plan({ sessions: [lessonAt('08:30')] }))
    expect(world.codeOf('planClass', plan({ sessions: [lessonAt('08:30')], ...other, ...change }))).toBe(answer)
  })

  it('[CLS-4] a cancelled lesson holds no room', () => {
    const world = aFacility()
    world.do('planClass', plan({ sessions: [lessonAt('08:30')] }))
    change(world, { session: lessonAt('08:30'), cancelled: true })
    expect(world.codeOf('planClass', plan({ sessions: [lessonAt('08:30')], ...other }))).toBe('yes')
  })
})

function registerSecondProvider(world: World) {
  const body = {
    providerId: 'P2',
    code: 'XY',
    name: '二校',
    qualification: '证',
    qualificationValidUntil: '2028-12-31',
    skillLevels: [5],
  }
  return world.do('registerProvider', act('registerProvider', body))
}
const changed = (body: object) =>
  act('changeSession', { classId: 'C1', cancelled: false, reason: 'rescheduled', ...body })
function change(world: World, body: object) {
  return world.do('changeSession', changed(body))
}
