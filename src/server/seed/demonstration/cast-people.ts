// Brings the demonstration's staff, providers, rooms and trainees onto the stage.
import type { DemonstrationChoice } from './facility-cast.ts'
import { FACILITIES, PROVIDERS, ROOMS, STAFF } from './facility-cast.ts'
import type { CalendarDate, ImportId, ProviderId, RoomId, StaffId, TraineeId } from '#contract/values.ts'
import { addDays, addYears } from '#domain/shared/calendar.ts'
import { defaultHouseRules } from '#domain/access/default-rules.ts'
import type { Actor, ServerContext } from '#server/ledger/server-context.ts'
import { SERVER_ACTOR } from '#server/ledger/server-context.ts'
import { writeVaultRow } from '#server/vault/vault-rows.ts'
import { edgeCases, edgeOrdinal } from './edge-cases.ts'
import type { Person } from './people.ts'
import { makePerson, PEOPLE_COUNT, withFacts } from './people.ts'
import type { SeededRandom } from './seeded-random.ts'
import { act, onDay, staffActor } from './stage.ts'

/** Everyone and everything the play needs, by key. */
export interface Cast {
  readonly staff: ReadonlyMap<string, StaffId>
  readonly providers: ReadonlyMap<string, ProviderId>
  readonly rooms: ReadonlyMap<string, RoomId>
  readonly administrators: readonly [Actor, Actor]
}

/** A person with the id the ledger knows him by. */
export interface AdmittedPerson extends Person {
  readonly traineeId: TraineeId
}

/** Reads a key that the cast surely has. */
export function needed<Value>(map: ReadonlyMap<string, Value>, key: string): Value {
  const value = map.get(key)
  if (value === undefined) throw new Error(`the demonstration has no "${key}"`)
  return value
}

/** Founds the facility and appoints its people. */
export async function castFacility(context: ServerContext, choice: DemonstrationChoice): Promise<Cast> {
  const id = <Id extends string>(): Id => context.newId() as Id
  const staff = new Map(STAFF.map(({ key }) => [key as string, id<StaffId>()]))
  const providers = new Map(PROVIDERS.map(({ key }) => [key as string, id<ProviderId>()]))
  const rooms = new Map(ROOMS.map(({ key }) => [key as string, id<RoomId>()]))
  await act(context, SERVER_ACTOR, 'foundFacility', { ...FACILITIES[choice], demonstration: true })
  const validUntil = addYears(context.clock.today(), 2)
  for (const { key, skillLevels, ...provider } of PROVIDERS) {
    const body = {
      ...provider,
      providerId: needed(providers, key),
      qualificationValidUntil: validUntil,
      skillLevels: [...skillLevels],
    }
    await act(context, SERVER_ACTOR, 'registerProvider', body)
  }
  for (const { key, provider, ...person } of STAFF) {
    const providerId = provider === null ? null : needed(providers, provider)
    await act(context, SERVER_ACTOR, 'appointStaff', { ...person, staffId: needed(staff, key), providerId })
  }
  const administrators = [needed(staff, 'admin1'), needed(staff, 'admin2')].map((one) =>
    staffActor(one, 'administrator'),
  )
  const [first, second] = administrators
  if (first === undefined || second === undefined) throw new Error('the demonstration needs two administrators')
  for (const { key, ...room } of ROOMS)
    await act(context, first, 'registerRoom', { ...room, roomId: needed(rooms, key) })
  return { staff, providers, rooms, administrators: [first, second] }
}

/** The 240 people with the planted edges among them, in order of their numbers. */
function makePeople(choice: DemonstrationChoice, today: CalendarDate, random: SeededRandom): Person[] {
  const edges = edgeCases(today, defaultHouseRules.workingAge)
  return Array.from({ length: PEOPLE_COUNT }, (_, index) => {
    const person = makePerson(index + 1, today, choice, random)
    const edge = edges[person.ordinal - edgeOrdinal(0)]
    if (edge === undefined) return person
    const planted = withFacts(person, edge.facts)
    const hasNoId = edge.key === 'no-identity-number'
    return {
      ...planted,
      identity: { ...planted.identity, remark: edge.remark, idNumber: hasNoId ? null : planted.identity.idNumber },
    }
  })
}

/** Admits everyone as of a day long ago, identities into the vault first. */
export async function admitPeople(
  context: ServerContext,
  choice: DemonstrationChoice,
  cast: Cast,
  random: SeededRandom,
): Promise<readonly AdmittedPerson[]> {
  const today = context.clock.today()
  const people = makePeople(choice, today, random).map((person) => ({
    ...person,
    traineeId: context.newId() as TraineeId,
  }))
  await context.store.transaction(context.facilityId, async (tx) => {
    for (const { traineeId, identity } of people)
      await writeVaultRow(tx, context, { kind: 'trainee', id: traineeId, content: identity }, 0)
  })
  const trainees = people.map(({ traineeId, facts }) => ({ traineeId, facts, isNew: true }))
  const importId: ImportId | null = null
  await act(onDay(context, addDays(today, -150)), cast.administrators[0], 'admitTrainees', { importId, trainees })
  return people
}

/** Those who have left meanwhile, and one whose sentence was reduced. */
export async function changePeople(
  context: ServerContext,
  cast: Cast,
  people: readonly AdmittedPerson[],
): Promise<void> {
  const today = context.clock.today()
  const departures = edgeCases(today, defaultHouseRules.workingAge)
  for (const [index, { departed }] of departures.entries()) {
    const person = people[edgeOrdinal(index) - 1]
    if (departed === null || person === undefined) continue
    const leftOn = addDays(today, -3)
    await act(onDay(context, leftOn), cast.administrators[0], 'recordDeparture', {
      traineeId: person.traineeId,
      leftOn,
      reason: departed,
    })
  }
  const reduced = people[PEOPLE_COUNT - 1]
  if (reduced === undefined) return
  const facts = { ...reduced.facts, termEndsOn: addDays(reduced.facts.termEndsOn, -30) }
  const day = onDay(context, addDays(today, -20))
  await act(day, cast.administrators[1], 'changeTraineeFacts', {
    traineeId: reduced.traineeId,
    facts,
    reason: 'sentence-reduction',
  })
}
