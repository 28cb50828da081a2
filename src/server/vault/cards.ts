// The cards of a facility: kept in step with the ledger, and handed to the devices that may show them.
// A card is composed again only when an entry touched its person or his class, or when the day has changed.
import type { StreamId } from '#contract/envelope.ts'
import { classOf, rosterStream, traineeOf } from '#contract/streams.ts'
import type { ClassId, TraineeId } from '#contract/values.ts'
import type { CardBook } from '#server/http/parts.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import { loadState } from '#server/ledger/load-states.ts'
import type { LedgerReader, LedgerTransaction } from '#server/storage/ledger-store.ts'
import { recordCollection } from '#server/ledger/record-collection.ts'
import type { CardComposer } from './card-composer.ts'
import { makeCardComposer } from './card-composer.ts'
import type { WrappedCardKey } from './card-records.ts'
import { cardForDevice, cardIds, cards, renewCard, sealNewCard } from './card-records.ts'
import { breathe, readVaultRow } from './vault-rows.ts'

/** How far the cards have read the ledger, and for which day they hold. */
interface CardsThrough {
  readonly position: number
  readonly on: string
}

const cardsThrough = recordCollection<CardsThrough>('cardsThrough')
const THROUGH_KEY = 'through'
const FEED_PAGE = 500
/** Beyond so many new entries it is cheaper to look at every card once. */
const FEED_MAX = 20_000

/** What the entries since the last look touched; `everyone` when the day or the house rules changed. */
interface Touched {
  readonly everyone: boolean
  readonly trainees: ReadonlySet<TraineeId>
}

async function touchedSince(tx: LedgerReader, through: CardsThrough, head: number): Promise<Touched> {
  const trainees = new Set<TraineeId>()
  const classes = new Set<ClassId>()
  if (head - through.position > FEED_MAX) return { everyone: true, trainees }
  for (let after = through.position; after < head; ) {
    const page = await tx.entries.feed({ after, until: head, roots: null, limit: FEED_PAGE })
    for (const { stream } of page) {
      if (touchesEveryone(stream)) return { everyone: true, trainees }
      const trainee = traineeOf(stream)
      const classId = classOf(stream)
      if (trainee !== null) trainees.add(trainee)
      if (classId !== null) classes.add(classId)
    }
    after = page.at(-1)?.position ?? head
  }
  for (const classId of classes) {
    const roster = await loadState(tx, 'roster', rosterStream(classId))
    for (const member of roster.members) trainees.add(member.traineeId)
  }
  return { everyone: false, trainees }
}

function touchesEveryone(stream: StreamId): boolean {
  return stream === 'facility' || stream.startsWith('provider/')
}

/** Brings every stale card up to date. Answers quickly when nothing happened since the last call. */
export async function refreshCards(tx: LedgerTransaction, context: ServerContext): Promise<void> {
  const stored = await cardsThrough.get(tx, THROUGH_KEY)
  const head = await tx.entries.headPosition()
  const today = context.clock.today()
  if (stored !== null && stored.value.position === head && stored.value.on === today) return
  const isNewDay = stored === null || stored.value.on !== today
  const touched = isNewDay
    ? { everyone: true, trainees: new Set<TraineeId>() }
    : await touchedSince(tx, stored.value, head)
  const owners = touched.everyone
    ? (await cardIds.list(tx)).map((record) => record.key as TraineeId)
    : [...touched.trainees]
  const composer = await makeCardComposer(tx, context)
  for (const [index, traineeId] of owners.entries()) {
    if (index % 200 === 199) await breathe()
    await refreshCard(tx, context, composer, traineeId)
  }
  await cardsThrough.put(tx, THROUGH_KEY, { position: head, on: today }, stored?.revision ?? 0)
}

async function refreshCard(
  tx: LedgerTransaction,
  context: ServerContext,
  composer: CardComposer,
  traineeId: TraineeId,
): Promise<void> {
  const pointer = await cardIds.get(tx, traineeId)
  if (pointer === null) return
  const { cardId } = pointer.value
  const stored = await cards.get(tx, cardId)
  if (stored === null) return
  const own = await composer.compose(traineeId)
  if (own === null) return removeCard(tx, traineeId)
  const renewed = renewCard(cardId, stored.value, own, stored.revision + 1, context)
  if (renewed !== null) await cards.put(tx, cardId, renewed, stored.revision)
}

/** Writes a person's card with a fresh key; the former key and code open nothing any more. */
export async function putCard(
  tx: LedgerTransaction,
  context: ServerContext,
  composer: CardComposer,
  traineeId: TraineeId,
  key: WrappedCardKey,
): Promise<void> {
  const own = await composer.compose(traineeId)
  if (own === null) return
  const pointer = await cardIds.get(tx, traineeId)
  const cardId = pointer?.value.cardId ?? context.newId()
  if (pointer === null) await cardIds.put(tx, traineeId, { cardId }, 0)
  const revision = (await cards.get(tx, cardId))?.revision ?? 0
  await cards.put(tx, cardId, sealNewCard(cardId, key, own, revision + 1, context), revision)
}

/** Takes a person's card away: he left, or his number changed and his code no longer fits. A later card gets a new id. */
export async function removeCard(tx: LedgerTransaction, traineeId: TraineeId): Promise<void> {
  const pointer = await cardIds.get(tx, traineeId)
  if (pointer === null) return
  const stored = await cards.get(tx, pointer.value.cardId)
  if (stored !== null) await cards.remove(tx, stored.key, stored.revision)
  await cardIds.remove(tx, traineeId, pointer.revision)
}

/** Lets every card be looked at again on the next occasion: identities changed without an entry in the ledger. */
export async function forgetCardProgress(tx: LedgerTransaction): Promise<void> {
  const stored = await cardsThrough.get(tx, THROUGH_KEY)
  if (stored !== null) await cardsThrough.remove(tx, THROUGH_KEY, stored.revision)
}

/** The cards as devices ask for them. */
export const cardBook: CardBook = {
  async list(tx, context) {
    await refreshCards(tx, context)
    return cards.revisions(tx)
  },
  async fetch(tx, context, device, keys) {
    const found = []
    for (const key of keys) {
      const stored = await cards.get(tx, key)
      if (stored === null) continue
      const person = await readVaultRow(tx, context.vaultKey, 'trainee', stored.value.traineeId)
      if (person === null) continue
      found.push({
        key,
        row: cardForDevice(stored.value, stored.revision, person.content.facilityNumber, device.deviceSecret),
      })
    }
    return found
  },
}
