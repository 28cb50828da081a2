// Registers the wishes of about 150 people at the kiosk: those in a class wished for it, the others for what they like.
import { WishReason } from '#contract/kinds/trainee.ts'
import type { Wish } from '#contract/kinds/trainee.ts'
import type { ActorId, CalendarDate, OccupationId } from '#contract/values.ts'
import { addDays } from '#domain/shared/calendar.ts'
import { loadFamily } from '#server/ledger/load-states.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import type { AdmittedPerson } from './cast-people.ts'
import { DEMONSTRATION_CLASSES } from './class-plans.ts'
import { LONG_TERMS_FROM } from './people.ts'
import type { SeededRandom } from './seeded-random.ts'
import { onDay, testify } from './stage.ts'

const MOST_WISHES = 3
/** Of those in no class, so many in a hundred have wished. */
const WISHING_PERCENT = 75
/** Every third says nothing. */
const REASONS = WishReason.options.flatMap((reason, place) => (place % 2 === 0 ? [reason] : [reason, null]))

function ownClassWish(ordinal: number): Wish | null {
  const own = DEMONSTRATION_CLASSES.find(({ members: [first, last] }) => ordinal >= first && ordinal <= last)
  return own === undefined ? null : { occupationId: own.occupationId, skillLevel: own.skillLevel, reason: null }
}

function drawWishes(
  ordinal: number,
  taught: readonly OccupationId[],
  all: readonly OccupationId[],
  random: SeededRandom,
): Wish[] {
  const own = ownClassWish(ordinal)
  const wishes: Wish[] = own === null ? [] : [own]
  const count = 1 + random.below(MOST_WISHES)
  while (wishes.length < count) {
    const occupationId = random.chance(70) ? random.pick(taught) : random.pick(all)
    const skillLevel = random.chance(85) ? 5 : 4
    if (!wishes.some((wish) => wish.occupationId === occupationId)) {
      const reason = REASONS[(ordinal + wishes.length) % REASONS.length] ?? null
      wishes.push({ occupationId, skillLevel, reason })
    }
  }
  // Every fifth of a class got his second wish, as the class roster says.
  if (own !== null && ordinalPlace(ordinal) % 5 === 4 && wishes.length > 1)
    wishes.splice(0, 2, ...wishes.slice(0, 2).reverse())
  return wishes
}

function ordinalPlace(ordinal: number): number {
  const own = DEMONSTRATION_CLASSES.find(({ members: [first, last] }) => ordinal >= first && ordinal <= last)
  return own === undefined ? 0 : ordinal - own.members[0]
}

/** When he wished: before his class was planned, or in the last two months. */
function wishDay(ordinal: number, today: CalendarDate, random: SeededRandom): CalendarDate {
  const own = DEMONSTRATION_CLASSES.find(({ members: [first, last] }) => ordinal >= first && ordinal <= last)
  const daysBack = own === undefined ? 5 + random.below(55) : Math.max(4, 15 - own.firstDay)
  return addDays(today, -Math.min(daysBack, 149))
}

/** Registers the wishes in order of day. */
export async function registerAllWishes(
  context: ServerContext,
  people: readonly AdmittedPerson[],
  random: SeededRandom,
): Promise<void> {
  const today = context.clock.today()
  await context.store.transaction(context.facilityId, async (tx) => {
    const catalogue = await loadFamily(tx, 'catalogue')
    const idsOf = (rows: typeof catalogue): OccupationId[] =>
      rows.flatMap(({ state }) => state.occupation?.occupationId ?? [])
    const all = idsOf(catalogue)
    const taught = idsOf(catalogue.filter(({ state }) => state.syllabi.length > 0))
    const wishing = people
      .filter(
        ({ ordinal }) =>
          ownClassWish(ordinal) !== null || (ordinal < LONG_TERMS_FROM && random.chance(WISHING_PERCENT)),
      )
      .map((person) => ({
        person,
        day: wishDay(person.ordinal, today, random),
        wishes: drawWishes(person.ordinal, taught, all, random),
      }))
      .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.person.ordinal - b.person.ordinal))
    for (const { person, day, wishes } of wishing) {
      const self = { actorId: person.traineeId as string as ActorId, role: 'trainee' } as const
      await testify(tx, onDay(context, day, '17:20'), self, 'registerWishes', { traineeId: person.traineeId, wishes })
    }
  })
}
