// The demonstration: a fictional facility with 240 people and six classes, the same on every machine and every day but for the dates.
// Everything is written through the same law and the same gate as real work, and everything is marked as demonstration.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { traineeStream } from '#contract/streams.ts'
import type { FacilityKind, TraineeId } from '#contract/values.ts'
import { addDays } from '#domain/shared/calendar.ts'
import { loadState } from '#server/ledger/load-states.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import { seedCatalogue } from '../catalogue/seed.ts'
import type { AdmittedPerson, Cast } from './cast-people.ts'
import { admitPeople, castFacility, changePeople } from './cast-people.ts'
import { playClass } from './class-play.ts'
import { DEMONSTRATION_CLASSES } from './class-plans.ts'
import type { DemonstrationChoice } from './facility-cast.ts'
import { STAFF } from './facility-cast.ts'
import { seededRandom } from './seeded-random.ts'
import { act, onDay } from './stage.ts'
import { registerAllWishes } from './wish-play.ts'

/** An account to print at the first start. */
export interface DemonstrationAccount {
  readonly account: string
  readonly pin: string
  readonly roleName: { readonly zh: string; readonly en: string }
}

const ROLE_NAMES = {
  administrator: { zh: '管理员', en: 'administrator' },
  instructor: { zh: '教师', en: 'instructor' },
} as const

const DAYS_OF_HISTORY = 160

/** Loads the demonstration into an empty ledger and answers the accounts that open it. */
export async function seedDemonstration(
  context: ServerContext,
  kind: FacilityKind,
): Promise<readonly DemonstrationAccount[]> {
  const choice: DemonstrationChoice = kind === 'prison' ? 'prison' : 'rehab'
  const random = seededRandom(`demonstration-${choice}`)
  const beginning = onDay(context, addDays(context.clock.today(), -DAYS_OF_HISTORY))
  await seedCatalogue(beginning)
  const cast = await castFacility(beginning, choice)
  const people = await admitPeople(context, choice, cast, random)
  await registerAllWishes(context, people, random)
  await playClasses(context, cast, people, random)
  await changePeople(context, cast, people)
  await makeCodes(context, cast, people)
  return STAFF.map(({ account, pin, staffRole }) => ({ account, pin, roleName: ROLE_NAMES[staffRole] }))
}

/** Class numbers count by plan year: the year of the first lesson. */
async function playClasses(
  context: ServerContext,
  cast: Cast,
  people: readonly AdmittedPerson[],
  random: ReturnType<typeof seededRandom>,
): Promise<void> {
  const countOfYear = new Map<string, number>()
  for (const plan of DEMONSTRATION_CLASSES) {
    const year = addDays(context.clock.today(), plan.firstDay).slice(0, 4)
    const count = (countOfYear.get(year) ?? 0) + 1
    countOfYear.set(year, count)
    await playClass(context, cast, people, plan, `${year}-${String(count).padStart(3, '0')}`, random)
  }
}

/** Makes a code for everyone still here; only the demonstration ever writes codes down. */
async function makeCodes(context: ServerContext, cast: Cast, people: readonly AdmittedPerson[]): Promise<void> {
  const departed = await departedPeople(context, people)
  const present = people.filter(({ traineeId }) => !departed.has(traineeId))
  const { codes = [] } = await act(context, cast.administrators[0], 'makeTraineeCodes', {
    traineeIds: present.map(({ traineeId }) => traineeId),
  })
  const codeOf = new Map(codes.map(({ traineeId, code }) => [traineeId, code]))
  const trainees = present.map(({ traineeId, identity }) => ({
    facilityNumber: identity.facilityNumber,
    code: codeOf.get(traineeId) ?? '',
  }))
  const staff = STAFF.map(({ account, pin, staffRole }) => ({ account, pin, role: staffRole }))
  mkdirSync(context.dataDir, { recursive: true })
  const text = `${JSON.stringify({ demonstration: true, staff, trainees }, null, 1)}\n`
  writeFileSync(join(context.dataDir, 'demo-accounts.json'), text, { mode: 0o600 })
}

async function departedPeople(
  context: ServerContext,
  people: readonly AdmittedPerson[],
): Promise<ReadonlySet<TraineeId>> {
  return context.store.read(context.facilityId, async (view) => {
    const departed = new Set<TraineeId>()
    for (const { traineeId } of people) {
      if ((await loadState(view, 'trainee', traineeStream(traineeId))).presence !== 'present') departed.add(traineeId)
    }
    return departed
  })
}
