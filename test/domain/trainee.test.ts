import { describe, expect, it } from 'vitest'
import { act, admit, aFacility, enroll, facts, planBody, word } from '#test/domain/facility-fixture.ts'
import type { World } from '#test/domain/world.ts'

const shorter = { ...facts, termEndsOn: '2026-09-30' }

function importOf(world: World, importId: string, people: Record<string, object>) {
  const trainees = Object.entries(people).map(([traineeId, one]) => ({ traineeId, facts: one, isNew: true }))
  return world.do('admitTrainees', act('admitTrainees', { importId, trainees }))
}
const undo = (importId: string) => act('undoImport', { importId })

describe('admitting', () => {
  it('[TRN-1] writes what differs and nothing else', () => {
    const world = aFacility()
    importOf(world, 'I1', { A1: facts, A2: facts })
    const written = importOf(world, 'I2', { A1: facts, A2: shorter, A3: facts })
    expect(written.map(({ entry }) => [entry.kind, entry.body['traineeId'], entry.body['reason']])).toEqual([
      ['trainee.facts-changed.v1', 'A2', 'roster-import'],
      ['trainee.admitted.v1', 'A3', undefined],
    ])
    expect(importOf(world, 'I3', { A1: facts, A2: shorter, A3: facts })).toHaveLength(0)
  })

  it('[TRN-1] somebody who left is admitted again', () => {
    const world = aFacility()
    admit(world, 1)
    world.do(
      'recordDeparture',
      act('recordDeparture', { traineeId: 'A1', leftOn: '2026-03-10', reason: 'transferred' }),
    )
    expect(world.state('trainee', 'trainee/A1')).toMatchObject({ presence: 'left', leftOn: '2026-03-10' })
    admit(world, 1)
    expect(world.state('trainee', 'trainee/A1')).toMatchObject({ presence: 'present', leftOn: null })
    expect(world.state('trainee', 'trainee/A1').factsHistory).toHaveLength(2)
  })
})

describe('undoing an import', () => {
  it('[TRN-2] removes whom it admitted and sets changed facts back', () => {
    const world = aFacility()
    importOf(world, 'I1', { A1: facts })
    importOf(world, 'I2', { A1: shorter, A2: facts })
    expect(world.do('undoImport', undo('I2'))).toHaveLength(2)
    expect(world.state('trainee', 'trainee/A1')).toMatchObject({ facts, presence: 'present' })
    expect(world.state('trainee', 'trainee/A2').presence).toBe('removed')
    expect(world.codeOf('undoImport', undo('I2'))).toBe('trainee/import-unknown')
    expect(world.codeOf('undoImport', undo('I1'))).toBe('trainee/import-in-use')
    expect(world.codeOf('undoImport', undo('I9'))).toBe('trainee/import-unknown')
  })

  it('[TRN-2] somebody removed can come with another import, and the old one stays undone', () => {
    const world = aFacility()
    importOf(world, 'I1', { A1: facts })
    world.do('undoImport', undo('I1'))
    importOf(world, 'I2', { A1: shorter })
    expect(world.state('trainee', 'trainee/A1')).toMatchObject({ facts: shorter, presence: 'present' })
    expect(world.codeOf('undoImport', undo('I1'))).toBe('trainee/import-unknown')
    world.do('undoImport', undo('I2'))
    expect(world.state('trainee', 'trainee/A1').presence).toBe('removed')
  })

  const wishes = { traineeId: 'A1', wishes: [{ occupationId: 'O1', skillLevel: 5, reason: null }] }
  it.each<[string, (world: World) => unknown, string]>([
    ['nothing', () => null, 'yes'],
    [
      'a place in a class',
      (world) => (world.do('planClass', act('planClass', planBody)), enroll(world, ['A1'])),
      'trainee/import-in-use',
    ],
    ['a wish', (world) => world.do('registerWishes', word('registerWishes', wishes)), 'trainee/import-in-use'],
    [
      'a departure',
      (world) =>
        world.do(
          'recordDeparture',
          act('recordDeparture', { traineeId: 'A1', leftOn: '2026-03-10', reason: 'released' }),
        ),
      'trainee/import-in-use',
    ],
    [
      'a change by hand',
      (world) =>
        world.do(
          'changeTraineeFacts',
          act('changeTraineeFacts', { traineeId: 'A1', facts: shorter, reason: 'correction' }),
        ),
      'trainee/import-in-use',
    ],
    ['a code', (world) => world.do('makeTraineeCodes', act('makeTraineeCodes', { traineeIds: ['A1'] })), 'yes'],
  ])('[TRN-2] an import on which %s rests', (_name, rest, answer) => {
    const world = aFacility()
    importOf(world, 'I1', { A1: facts, A2: facts })
    rest(world)
    const before = world.entries.length
    expect(world.codeOf('undoImport', undo('I1'))).toBe(answer)
    expect(world.entries).toHaveLength(before)
  })
})

describe('facts, departures, codes', () => {
  it('[TRN-3] facts change with a reason and the old ones stay in the history', () => {
    const world = aFacility()
    admit(world, 1)
    const change = act('changeTraineeFacts', { traineeId: 'A1', facts: shorter, reason: 'sentence-reduction' })
    expect(world.do('changeTraineeFacts', change)).toHaveLength(1)
    expect(world.do('changeTraineeFacts', change)).toHaveLength(0)
    const { factsHistory } = world.state('trainee', 'trainee/A1')
    expect(factsHistory.map(({ facts: one, reason }) => [one.termEndsOn, reason])).toEqual([
      ['2026-12-31', 'admitted'],
      ['2026-09-30', 'sentence-reduction'],
    ])
    expect(world.codeOf('changeTraineeFacts', { ...change, traineeId: 'A9' as typeof change.traineeId })).toBe(
      'trainee/unknown',
    )
  })

  it('[TRN-4] somebody leaves once; his place in a class stays', () => {
    const world = aFacility()
    admit(world, 1)
    world.do('planClass', act('planClass', planBody))
    enroll(world, ['A1'])
    const departure = act('recordDeparture', { traineeId: 'A1', leftOn: '2026-03-10', reason: 'released' })
    world.do('recordDeparture', departure)
    expect(world.codeOf('recordDeparture', departure)).toBe('trainee/not-present')
    expect(world.state('roster', 'class/C1/roster').members[0]).toMatchObject({ traineeId: 'A1', withdrawnOn: null })
  })

  it('[TRN-5] codes are noted for people who are here, once each, and are in no entry', () => {
    const world = aFacility()
    admit(world, 2)
    expect(world.codeOf('makeTraineeCodes', act('makeTraineeCodes', { traineeIds: ['A1', 'A9'] }))).toBe(
      'trainee/unknown',
    )
    const written = world.do('makeTraineeCodes', act('makeTraineeCodes', { traineeIds: ['A1', 'A2', 'A1'] }))
    expect(written.map(({ entry }) => entry.body)).toEqual([{ traineeId: 'A1' }, { traineeId: 'A2' }])
    expect(world.state('trainee', 'trainee/A1').hasCode).toBe(true)
  })

  const correction = (change: object = {}) =>
    act('correctIdentity', {
      traineeId: 'A1',
      seen: { name: '𠮷某', idNumber: null },
      name: '吉某',
      idNumber: null,
      reason: 'rare-character',
      ...change,
    })

  it('[TRN-6] an identity is corrected with a reason; the entry says what and why, and neither name', () => {
    const world = aFacility()
    admit(world, 1)
    const [entry] = world.do('correctIdentity', correction(), { on: '2026-04-01' })
    expect(entry?.entry.body).toEqual({ traineeId: 'A1', fields: ['name'], reason: 'rare-character' })
    expect(world.state('trainee', 'trainee/A1').identityCorrections).toMatchObject([
      { fields: ['name'], reason: 'rare-character', on: '2026-04-01' },
    ])
    const both = correction({ idNumber: '340100199001010011' })
    expect(world.do('correctIdentity', both)[0]?.entry.body['fields']).toEqual(['name', 'idNumber'])
    expect(world.do('correctIdentity', correction({ name: '𠮷某' }))).toHaveLength(0)
  })

  it('[TRN-6] also of somebody who has left, never of somebody unknown or without a name, and by an administrator only', () => {
    const world = aFacility()
    admit(world, 1)
    world.do('recordDeparture', act('recordDeparture', { traineeId: 'A1', leftOn: '2026-03-10', reason: 'released' }))
    expect(world.codeOf('correctIdentity', correction())).toBe('yes')
    expect(world.codeOf('correctIdentity', correction({ name: '　' }))).toBe('trainee/name-not-usable')
    expect(world.codeOf('correctIdentity', correction({ traineeId: 'A9' }))).toBe('trainee/unknown')
    expect(world.codeOf('correctIdentity', correction(), { role: 'officer' })).toBe('access/not-allowed')
  })

  it('[TRN-6] a correction does not stand in the way of undoing the facts of an import', () => {
    const world = aFacility()
    importOf(world, 'I1', { A1: facts })
    world.do('correctIdentity', correction())
    expect(world.codeOf('undoImport', undo('I1'))).toBe('yes')
    world.do('undoImport', undo('I1'))
    expect(world.codeOf('correctIdentity', correction())).toBe('trainee/unknown')
  })
})
