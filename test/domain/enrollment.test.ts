import { describe, expect, it } from 'vitest'
import { proposeFill } from '#domain/enrollment/fill-proposal.ts'
import { rosterFindings } from '#domain/enrollment/findings.ts'
import { membersOn } from '#domain/enrollment/roster.ts'
import {
  act,
  admit,
  aFacility,
  aScoredClass,
  anOpenClass,
  complete,
  enroll,
  facts,
  listOccupation,
  anOccupation,
  planBody,
  word,
} from '#test/domain/facility-fixture.ts'
import type { World } from '#test/domain/world.ts'
import type { CalendarDate } from '#contract/values.ts'

const wish = (occupationId: string, skillLevel = 5) => ({ occupationId, skillLevel, reason: null })
const wishes = (traineeId: string, ...list: object[]) => word('registerWishes', { traineeId, wishes: list })
const own = (actor: string) => ({ role: 'trainee', actor, device: 'kiosk-1' }) as const
const enrolling = (...ids: string[]) =>
  act('enrollTrainees', { classId: 'C1', trainees: ids.map((traineeId) => ({ traineeId, wishRank: null })) })
const withdrawing = (traineeId: string, withdrawnOn = '2026-03-10') =>
  act('withdrawTrainee', { classId: 'C1', traineeId, withdrawnOn, reason: 'own-wish' })

function aPlannedClass(count = 4, change: object = {}): World {
  const world = aFacility()
  admit(world, count)
  world.do('planClass', act('planClass', { ...planBody, ...change }))
  return world
}

describe('wishes', () => {
  it('[ENR-1] the new list replaces the old, an empty one takes it back', () => {
    const world = aFacility()
    admit(world, 1)
    world.do('registerWishes', wishes('A1', wish('O1'), wish('O1', 4)), own('A1'))
    expect(world.state('wishes', 'trainee/A1/wishes')).toMatchObject({
      wishes: [wish('O1'), wish('O1', 4)],
      registeredOn: '2026-03-10',
      changes: 1,
    })
    world.do('registerWishes', wishes('A1'), { ...own('A1'), on: '2026-03-12' })
    expect(world.state('wishes', 'trainee/A1/wishes')).toEqual({ wishes: [], registeredOn: '2026-03-12', changes: 2 })
  })

  it.each([
    ['his own', 'A1', own('A1'), [wish('O1')], 'yes'],
    ['somebody else’s', 'A1', own('A2'), [wish('O1')], 'access/not-allowed'],
    ['one twice', 'A1', own('A1'), [wish('O1'), wish('O1')], 'enrollment/wish-repeated'],
    ['an occupation nobody listed', 'A1', own('A1'), [wish('O9')], 'catalogue/occupation-unknown'],
    ['a level that is not offered', 'A1', own('A1'), [wish('O2', 4)], 'catalogue/level-not-offered'],
    ['by an officer for somebody nobody knows', 'A9', { role: 'officer' } as const, [wish('O1')], 'trainee/unknown'],
    ['by his card, on a kiosk that holds no roster', 'A9', own('A9'), [wish('O1')], 'yes'],
    ['by an officer', 'A1', { role: 'officer' } as const, [wish('O1')], 'yes'],
  ])('[ENR-1] registering %s', (_name, traineeId, who, list, answer) => {
    const world = aFacility()
    admit(world, 2)
    listOccupation(world, anOccupation({ occupationId: 'O2', levels: [5] }))
    expect(world.codeOf('registerWishes', wishes(traineeId, ...list), who)).toBe(answer)
  })

  it('[ENR-1] three are taken, a fourth is refused', () => {
    const world = aFacility()
    admit(world, 1)
    for (const occupationId of ['O2', 'O3']) listOccupation(world, anOccupation({ occupationId }))
    const three = [wish('O1'), wish('O2'), wish('O3')]
    expect(world.codeOf('registerWishes', wishes('A1', ...three), own('A1'))).toBe('yes')
    const four = { ...wishes('A1'), wishes: [...wishes('A1', ...three).wishes, ...wishes('A1', wish('O1', 4)).wishes] }
    expect(world.codeOf('registerWishes', four, own('A1'))).toBe('enrollment/too-many-wishes')
  })

  it('[ENR-1] somebody who left has none', () => {
    const world = aFacility()
    admit(world, 1)
    world.do('recordDeparture', act('recordDeparture', { traineeId: 'A1', leftOn: '2026-03-10', reason: 'released' }))
    expect(world.codeOf('registerWishes', wishes('A1', wish('O1')), own('A1'))).toBe('trainee/not-present')
  })
})

describe('enrolling', () => {
  it('[ENR-2] fills up to the cap and not beyond, all or none', () => {
    const world = aPlannedClass()
    expect(world.codeOf('enrollTrainees', enrolling('A1', 'A2', 'A3', 'A4'))).toBe('enrollment/class-full')
    expect(world.state('roster', 'class/C1/roster').members).toHaveLength(0)
    world.do('enrollTrainees', enrolling('A2', 'A1', 'A3'))
    expect(world.state('roster', 'class/C1/roster').members.map(({ traineeId }) => traineeId)).toEqual([
      'A2',
      'A1',
      'A3',
    ])
    expect(world.codeOf('enrollTrainees', enrolling('A4'))).toBe('enrollment/class-full')
    world.do('withdrawTrainee', withdrawing('A1'))
    expect(world.codeOf('enrollTrainees', enrolling('A4'))).toBe('yes')
  })

  it.each([
    ['somebody nobody knows', enrolling('A9'), 'trainee/unknown'],
    ['somebody twice', enrolling('A1', 'A1'), 'enrollment/already-enrolled'],
    ['a class nobody planned', { ...enrolling('A1'), classId: 'C9' as never }, 'class/unknown'],
  ])('[ENR-2] %s is refused', (_name, body, answer) => {
    expect(aPlannedClass().codeOf('enrollTrainees', body)).toBe(answer)
  })

  it.each([
    ['term ends the day before the anniversary of the first day', { termEndsOn: '2027-03-09' }, 'yes'],
    ['term ends on the anniversary of the first day', { termEndsOn: '2027-03-10' }, 'trainee/term-too-long'],
    ['term ends on the first day', { termEndsOn: '2026-03-10' }, 'yes'],
    ['term ended before it', { termEndsOn: '2026-03-09' }, 'trainee/term-over'],
    ['sixteenth birthday is the first day', { bornOn: '2010-03-10' }, 'yes'],
    ['sixteenth birthday is the day after', { bornOn: '2010-03-11' }, 'trainee/not-of-working-age'],
    ['body is not able to work', { workCapable: false }, 'trainee/not-work-capable'],
  ])('[ENR-2] somebody whose %s: judged on the first planned day, not today', (_name, change, answer) => {
    const world = aFacility()
    admit(world, 1, change)
    world.do('planClass', act('planClass', planBody))
    for (const on of ['2026-01-05', '2026-03-10', '2026-03-20']) {
      expect([on, world.codeOf('enrollTrainees', enrolling('A1'), { on })]).toEqual([on, answer])
    }
  })

  it.each([
    ['overlaps by a day', { startsOn: '2026-05-29', endsOn: '2026-06-30', sessions: [] }, 'enrollment/in-other-class'],
    ['begins the day after', { startsOn: '2026-05-30', endsOn: '2026-06-30', sessions: [] }, 'yes'],
    [
      'ends on the first day',
      { startsOn: '2026-02-01', endsOn: '2026-03-10', sessions: [] },
      'enrollment/in-other-class',
    ],
    ['ends the day before', { startsOn: '2026-02-01', endsOn: '2026-03-09', sessions: [] }, 'yes'],
  ])('[ENR-2] nobody is in a second class that %s', (_name, change, answer) => {
    const world = aPlannedClass()
    world.do('planClass', act('planClass', { ...planBody, classId: 'C2', classNumber: '2026-013', ...change }))
    enroll(world, ['A1'], 'C2')
    expect(world.codeOf('enrollTrainees', enrolling('A1'))).toBe(answer)
    world.do('withdrawTrainee', { ...withdrawing('A1'), classId: 'C2' as never })
    expect(world.codeOf('enrollTrainees', enrolling('A1'))).toBe('yes')
  })

  it('[ENR-2] a class that was completed takes nobody, and holds nobody', () => {
    const world = aScoredClass({ seatCap: 5 })
    complete(world)
    expect(world.codeOf('enrollTrainees', enrolling('A1'))).toBe('enrollment/class-closed')
    expect(world.codeOf('withdrawTrainee', withdrawing('A1'))).toBe('enrollment/class-closed')
    const later = { ...planBody, classId: 'C2', classNumber: '2026-013', startsOn: '2026-03-12', sessions: [] }
    world.do('planClass', act('planClass', later))
    expect(() => enroll(world, ['A1'], 'C2')).not.toThrow()
  })

  it('[ENR-3] before the opening membership begins with the class, afterwards with the day', () => {
    const world = aPlannedClass()
    world.do('enrollTrainees', enrolling('A1'), { on: '2026-02-01' })
    world.do('enrollTrainees', enrolling('A2'), { on: '2026-03-20' })
    world.do('openClass', act('openClass', { classId: 'C1', openedOn: '2026-03-20' }))
    world.do('enrollTrainees', enrolling('A3'), { on: '2026-03-20' })
    const roster = world.state('roster', 'class/C1/roster')
    expect(roster.members.map(({ enrolledOn }) => enrolledOn)).toEqual(['2026-02-01', '2026-03-10', '2026-03-20'])
  })

  it('[ENR-4] a withdrawal keeps the place and the day; coming back takes the old place', () => {
    const world = anOpenClass()
    world.do('withdrawTrainee', withdrawing('A2', '2026-03-11'))
    expect(world.state('roster', 'class/C1/roster').members[1]).toMatchObject({
      traineeId: 'A2',
      withdrawnOn: '2026-03-11',
      withdrawalReason: 'own-wish',
    })
    expect(world.codeOf('withdrawTrainee', withdrawing('A2'))).toBe('enrollment/not-on-roster')
    expect(world.codeOf('withdrawTrainee', withdrawing('A9'))).toBe('enrollment/not-on-roster')
    expect(world.codeOf('withdrawTrainee', { ...withdrawing('A1'), classId: 'C9' as never })).toBe('class/unknown')
    const written = world.do('enrollTrainees', enrolling('A2'), { on: '2026-03-20' })
    expect(written.map(({ entry }) => entry.kind)).toEqual(['enrollment.enrolled.v1', 'attendance.settled.v1'])
    const roster = world.state('roster', 'class/C1/roster')
    expect(roster.members.map(({ traineeId }) => traineeId)).toEqual(['A1', 'A2', 'A3'])
    expect(roster.members[1]).toMatchObject({ withdrawnOn: null, withdrawalReason: null, enrolledOn: '2026-03-10' })
    const marks = ['S1', 'S2'].map((sessionId) => world.state('session', `class/C1/session/${sessionId}`).marks)
    expect(marks.map((one) => Object.keys(one))).toEqual([[], ['A2']])
  })

  it.each([
    ['2026-03-09', []],
    ['2026-03-10', ['A1', 'A2', 'A3']],
    ['2026-03-14', ['A1', 'A2', 'A3']],
    ['2026-03-15', ['A1', 'A3']],
  ])('[ENR-7] on %s the members are %j', (on, ids) => {
    const world = anOpenClass()
    world.do('withdrawTrainee', withdrawing('A2', '2026-03-15'))
    expect(
      membersOn(world.state('roster', 'class/C1/roster'), on as CalendarDate).map(({ traineeId }) => traineeId),
    ).toEqual(ids)
  })
})

describe('a proposal to fill a class', () => {
  function propose(world: World, busy: string[] = [], certified: string[] = []) {
    const { plan } = world.state('class', 'class/C1')
    if (plan === null) throw new Error('no plan')
    const candidates = world
      .reader()
      .all('trainee')
      .map(({ state: trainee, stream }) => ({
        trainee,
        wishes: world.state('wishes', `${stream}/wishes`),
        busy: busy.includes(trainee.traineeId ?? ''),
        certified: certified.includes(trainee.traineeId ?? ''),
      }))
    const { rules } = world.state('facility', 'facility')
    const { proposed, waiting } = proposeFill(plan, world.state('roster', 'class/C1/roster'), candidates, rules)
    return {
      proposed: proposed.map(({ traineeId, wishRank, caution }) => [traineeId, wishRank, caution]),
      waiting: waiting.map(({ traineeId, reason }) => [traineeId, reason]),
    }
  }

  function aWishingFacility(): World {
    const world = aPlannedClass(7)
    listOccupation(world, anOccupation({ occupationId: 'O2' }))
    const second = [wish('O2'), wish('O1')]
    const on = (day: string) => ({ role: 'officer', on: day }) as const
    world.do('registerWishes', wishes('A1', ...second), on('2026-01-01'))
    world.do('registerWishes', wishes('A2', wish('O1')), on('2026-01-03'))
    world.do('registerWishes', wishes('A4', wish('O1')), on('2026-01-02'))
    world.do('registerWishes', wishes('A3', wish('O1')), on('2026-01-02'))
    world.do('registerWishes', wishes('A5', wish('O1', 4)), on('2026-01-01'))
    world.do('registerWishes', wishes('A6', wish('O2')), on('2026-01-01'))
    return world
  }

  it('[ENR-5] takes rank before day before id, and leaves the others waiting', () => {
    expect(propose(aWishingFacility())).toEqual({
      proposed: [
        ['A3', 1, null],
        ['A4', 1, null],
        ['A2', 1, null],
      ],
      waiting: [['A1', 'enrollment/class-full']],
    })
  })

  it('[ENR-5] passes over who may not come and names why; an earlier certificate is only a caution', () => {
    const world = aWishingFacility()
    world.do(
      'changeTraineeFacts',
      act('changeTraineeFacts', { traineeId: 'A3', facts: { ...facts, workCapable: false }, reason: 'health' }),
    )
    world.do('recordDeparture', act('recordDeparture', { traineeId: 'A2', leftOn: '2026-03-01', reason: 'released' }))
    expect(propose(world, ['A4'], ['A1'])).toEqual({
      proposed: [['A1', 2, 'enrollment/same-certificate-before']],
      waiting: [
        ['A3', 'trainee/not-work-capable'],
        ['A4', 'enrollment/in-other-class'],
        ['A2', 'trainee/not-present'],
      ],
    })
  })

  it('[ENR-5] counts the seats that are taken and leaves members out', () => {
    const world = aWishingFacility()
    enroll(world, ['A3', 'A7'])
    expect(propose(world)).toEqual({
      proposed: [['A4', 1, null]],
      waiting: [
        ['A2', 'enrollment/class-full'],
        ['A1', 'enrollment/class-full'],
      ],
    })
  })
})

describe('findings of a roster', () => {
  it.each([
    ['2026-05-28', 1],
    ['2026-05-29', 0],
  ])('[ENR-6] a term to %s in a class to 29 May gives %i finding', (termEndsOn, findings) => {
    const world = aFacility()
    admit(world, 1, { termEndsOn })
    world.do('planClass', act('planClass', planBody))
    enroll(world, ['A1'])
    const roster = world.state('roster', 'class/C1/roster')
    const found = rosterFindings(world.state('class', 'class/C1'), roster, (id) =>
      world.state('trainee', `trainee/${id}`),
    )
    expect(found.map(({ code }) => code)).toEqual(Array(findings).fill('enrollment/term-ends-before-class'))
    world.do('withdrawTrainee', withdrawing('A1'))
    const after = world.state('roster', 'class/C1/roster')
    expect(rosterFindings(world.state('class', 'class/C1'), after, () => undefined)).toEqual([])
    const ended = { ...world.state('class', 'class/C1'), phase: 'completed' as const }
    expect(rosterFindings(ended, roster, (id) => world.state('trainee', `trainee/${id}`))).toEqual([])
  })
})
