import { describe, expect, it } from 'vitest'
import type { CalendarDate, ClockTime, SessionId } from '#contract/values.ts'
import { makeSessions } from '#domain/training-class/make-sessions.ts'
import {
  act,
  admit,
  aFacility,
  anOpenClass,
  complete,
  enroll,
  aScoredClass,
  planBody,
} from '#test/domain/facility-fixture.ts'
import type { World } from '#test/domain/world.ts'

const plan = (change: object = {}) => act('planClass', { ...planBody, ...change })
const lessonAt = (startsAt: string, minutes = 90, on = '2026-03-10', sessionId = 'S1') => ({
  sessionId,
  on,
  startsAt,
  minutes,
})
const other = { classId: 'C2', classNumber: '2026-013' }

const changed = (body: object) =>
  act('changeSession', { classId: 'C1', cancelled: false, reason: 'rescheduled', ...body })
function change(world: World, body: object) {
  return world.do('changeSession', changed(body))
}

describe('changing a lesson', () => {
  it('[CLS-5] moves, adds and cancels, and says so', () => {
    const world = anOpenClass()
    change(world, { session: lessonAt('14:00', 60, '2026-03-12') })
    change(world, { session: lessonAt('14:00', 60, '2026-03-13', 'S9') })
    change(world, { session: lessonAt('08:30', 90, '2026-03-11', 'S2'), cancelled: true })
    expect(
      world.state('class', 'class/C1').sessions.map(({ sessionId, on, cancelled }) => [sessionId, on, cancelled]),
    ).toEqual([
      ['S2', '2026-03-11', true],
      ['S1', '2026-03-12', false],
      ['S9', '2026-03-13', false],
    ])
  })

  it.each([
    ['a class nobody knows', { classId: 'C9', session: lessonAt('14:00') }, 'class/unknown'],
    [
      'cancelling a lesson that is not planned',
      { session: lessonAt('14:00', 90, '2026-03-10', 'S9'), cancelled: true },
      'class/session-unknown',
    ],
    ['moving it out of the class', { session: lessonAt('14:00', 90, '2026-05-30') }, 'class/session-outside-dates'],
    ['moving it onto the other lesson', { session: lessonAt('09:00', 90, '2026-03-11') }, 'class/sessions-clash'],
    ['moving it after the other lesson', { session: lessonAt('10:00', 90, '2026-03-11') }, 'yes'],
    ['making it longer where it is', { session: lessonAt('08:30', 120) }, 'yes'],
  ])('[CLS-5] %s', (_name, body, answer) => {
    expect(anOpenClass().codeOf('changeSession', changed(body))).toBe(answer)
  })

  it('[CLS-5] not onto a lesson of another class in the room, and not after the completion', () => {
    const world = aScoredClass()
    world.do('planClass', plan({ ...other, sessions: [lessonAt('14:00', 90, '2026-03-12')] }))
    expect(world.codeOf('changeSession', changed({ session: lessonAt('14:30', 90, '2026-03-12') }))).toBe(
      'class/sessions-clash',
    )
    complete(world)
    expect(world.codeOf('changeSession', changed({ session: lessonAt('16:30', 90, '2026-03-12') }))).toBe(
      'class/wrong-phase',
    )
  })
})

describe('making lessons', () => {
  const make = (more: object) => {
    let next = 0
    const newId = () => `S${(next += 1)}` as SessionId
    const rhythm = {
      startsOn: '2026-03-10' as CalendarDate,
      weekdays: [2, 4],
      startsAt: '08:30' as ClockTime,
      minutes: 90,
      newId,
    }
    return makeSessions({ ...rhythm, ...more }).map(({ on }) => on)
  }
  it.each([
    ['a count', { count: 3 }, ['2026-03-10', '2026-03-12', '2026-03-17']],
    ['a last day, itself included', { endsOn: '2026-03-17' }, ['2026-03-10', '2026-03-12', '2026-03-17']],
    ['a last day before a lesson', { endsOn: '2026-03-16' }, ['2026-03-10', '2026-03-12']],
    ['both: whichever comes first', { count: 1, endsOn: '2026-03-17' }, ['2026-03-10']],
    ['days left out', { count: 2, skipping: ['2026-03-10', '2026-03-12'] }, ['2026-03-17', '2026-03-19']],
    ['Sundays', { count: 2, weekdays: [7] }, ['2026-03-15', '2026-03-22']],
    ['no weekday', { count: 5, weekdays: [] }, []],
    ['none', { count: 0 }, []],
    ['a last day before the first', { endsOn: '2026-03-09' }, []],
  ])('[CLS-6] up to %s', (_name, more, days) => {
    expect(make(more)).toEqual(days)
  })

  it('[CLS-6] never more than a class can hold, and an end even without one given', () => {
    expect(make({ weekdays: [1, 2, 3, 4, 5, 6, 7] })).toHaveLength(400)
    expect(make({ weekdays: [1] }).length).toBeLessThan(400)
  })
})

describe('opening a class', () => {
  const open = act('openClass', { classId: 'C1', openedOn: '2026-03-10' })

  it('[CLS-7] needs lessons, trainees and a plan', () => {
    const world = aFacility()
    admit(world, 2)
    expect(world.codeOf('openClass', open)).toBe('class/unknown')
    world.do('planClass', plan({ sessions: [lessonAt('08:30')] }))
    expect(world.codeOf('openClass', open)).toBe('class/no-trainees')
    enroll(world, ['A1'])
    change(world, { session: lessonAt('08:30'), cancelled: true })
    expect(world.codeOf('openClass', open)).toBe('class/no-sessions')
    change(world, { session: lessonAt('08:30') })
    world.do('openClass', open)
    expect(world.state('class', 'class/C1')).toMatchObject({ phase: 'open', openedOn: '2026-03-10' })
    expect(world.codeOf('openClass', open)).toBe('class/wrong-phase')
  })

  it('[CLS-7] checks everybody again and counts who may not be trained', () => {
    const world = aFacility()
    admit(world, 3)
    world.do('planClass', plan())
    enroll(world, ['A1', 'A2', 'A3'])
    const facts = { sex: 'male', bornOn: '1990-05-20', termEndsOn: '2027-03-10', workCapable: true }
    for (const traineeId of ['A2', 'A3']) {
      world.do('changeTraineeFacts', act('changeTraineeFacts', { traineeId, facts, reason: 'term-extended' }))
    }
    const answer = world.decide('openClass', open)
    expect(answer).toEqual({
      ok: false,
      refusal: { code: 'trainee/term-too-long', details: { count: 2, on: '2026-03-10' } },
    })
    world.do('recordDeparture', act('recordDeparture', { traineeId: 'A1', leftOn: '2026-03-10', reason: 'released' }))
    expect(world.codeOf('openClass', open)).toBe('trainee/not-present')
    for (const traineeId of ['A1', 'A2']) {
      world.do(
        'withdrawTrainee',
        act('withdrawTrainee', { classId: 'C1', traineeId, withdrawnOn: '2026-03-10', reason: 'other' }),
      )
    }
    world.do(
      'changeTraineeFacts',
      act('changeTraineeFacts', {
        traineeId: 'A3',
        facts: { ...facts, termEndsOn: '2027-03-09' },
        reason: 'correction',
      }),
    )
    expect(world.codeOf('openClass', open)).toBe('yes')
  })

  it('[CLS-7] the provider has to be qualified still', () => {
    const world = aFacility()
    admit(world, 1)
    world.do('planClass', plan())
    enroll(world, ['A1'])
    const lapsed = { providerId: 'P1', name: '示例学校', qualification: '证', skillLevels: [5] }
    world.do('changeProvider', act('changeProvider', { ...lapsed, qualificationValidUntil: '2026-03-09' }))
    expect(world.codeOf('openClass', open)).toBe('class/provider-not-qualified')
    world.do('changeProvider', act('changeProvider', { ...lapsed, qualificationValidUntil: '2026-03-10' }))
    expect(world.codeOf('openClass', open)).toBe('yes')
  })
})
