// The sealed rows of a device: which it should hold now, the rows themselves, and notes written on it. Whoever carries them is another matter.
import { canonicalText, hashText } from '#contract/canonical.ts'
import type { PrivateRow } from '#contract/sync.ts'
import type { ClassId, Hash } from '#contract/values.ts'
import type { VaultRow } from '#contract/vault.ts'
import { type KnownDevice, staffKeys, vaultRows } from '#server/ledger/collections.ts'
import { leftClasses } from '#server/ledger/feed.ts'
import { done, type Outcome, problem } from '#server/ledger/outcome.ts'
import { type PrivateRevision, privateRevisions } from '#server/ledger/private-scope.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import type { LedgerTransaction } from '#server/storage/ledger-store.ts'
import type { CardBook } from '#server/http/parts.ts'

/** Where a row lies. */
type RowName = Pick<PrivateRevision, 'collection' | 'key'>

const placeOf = ({ collection, key }: { readonly collection: string; readonly key: string }) => `${collection} ${key}`

/** Answers which rows the device should hold, ascending by collection then key. */
export async function deviceRowRevisions(
  tx: LedgerTransaction,
  context: ServerContext,
  cardBook: CardBook,
  device: KnownDevice,
): Promise<readonly PrivateRevision[]> {
  const cards = device.purpose === 'instructor' ? [] : await cardBook.list(tx, context, device)
  const rows = [
    ...cards.map(({ key, revision }) => ({ collection: 'card' as const, key, revision })),
    ...(await privateRevisions(tx, context, device)),
  ]
  return rows.sort((left, right) => (placeOf(left) < placeOf(right) ? -1 : 1))
}

/** What the device should hold now and which classes it should not; `hash` is over both. @rule SYN-1 */
export async function deviceManifest(
  tx: LedgerTransaction,
  context: ServerContext,
  cardBook: CardBook,
  device: KnownDevice,
): Promise<{
  readonly hash: Hash
  readonly rows: PrivateRevision[]
  readonly closedClasses: ClassId[]
}> {
  const rows = [...(await deviceRowRevisions(tx, context, cardBook, device))]
  const closedClasses = device.purpose === 'instructor' ? [...(await leftClasses(tx, context))] : []
  return { hash: hashText(canonicalText({ closedClasses, rows })), rows, closedClasses }
}

/** Answers the rows wanted that are among those in scope; the others are left out. */
export async function deviceRows(
  tx: LedgerTransaction,
  context: ServerContext,
  cardBook: CardBook,
  device: KnownDevice,
  wanted: readonly RowName[],
): Promise<PrivateRow[]> {
  const rows: PrivateRow[] = []
  for (const { collection, key } of wanted) {
    if (collection === 'vault') {
      const found = await vaultRows.get(tx, key)
      if (found !== null) rows.push({ collection, key, row: found.value })
    } else if (collection === 'staffKey') {
      const found = await staffKeys.get(tx, key)
      if (found !== null) rows.push({ collection, key, row: found.value })
    }
  }
  const cardKeys = wanted.filter(({ collection }) => collection === 'card').map(({ key }) => key)
  if (cardKeys.length === 0) return rows
  const cards = await cardBook.fetch(tx, context, device, cardKeys)
  return [...rows, ...cards.map(({ key, row }) => ({ collection: 'card' as const, key, row }))]
}

/** Answers those of the wanted rows that the device should hold. */
export async function rowsInScope(
  tx: LedgerTransaction,
  context: ServerContext,
  cardBook: CardBook,
  device: KnownDevice,
  wanted: readonly RowName[],
): Promise<PrivateRow[]> {
  const inScope = new Set((await deviceRowRevisions(tx, context, cardBook, device)).map(placeOf))
  const allowed = wanted.filter((row) => inScope.has(placeOf(row)))
  return deviceRows(tx, context, cardBook, device, allowed)
}

/** Keeps notes written on a device; the same row twice is the same row. Problems: not-allowed (a kiosk's, a quarantined device's, or another row under the id), malformed. */
export async function keepNotes(
  tx: LedgerTransaction,
  device: KnownDevice,
  rows: readonly VaultRow[],
): Promise<Outcome<Record<string, never>>> {
  if (device.purpose === 'kiosk' || device.quarantinedAt !== null) return problem('not-allowed')
  for (const row of rows) {
    if (row.kind !== 'note' || row.revision !== 1) return problem('malformed')
    const key = `note|${row.id}`
    if ((await vaultRows.put(tx, key, row, 0)) !== null) continue
    const before = await vaultRows.get(tx, key)
    if (before === null || canonicalText(before.value) !== canonicalText(row)) return problem('not-allowed')
  }
  return done({})
}
