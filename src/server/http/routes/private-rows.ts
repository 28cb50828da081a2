// Sealed rows: which a device should hold, the rows themselves, and notes written on it.
import { z } from 'zod'
import { canonicalText, hashText } from '#contract/canonical.ts'
import { NotesPush, PrivateFetch, PrivateManifest, type PrivateRow, PrivateRows } from '#contract/sync.ts'
import { Hash } from '#contract/values.ts'
import { type KnownDevice, staffKeys, vaultRows } from '#server/ledger/collections.ts'
import { done, problem } from '#server/ledger/outcome.ts'
import { type PrivateRevision, privateRevisions } from '#server/ledger/private-scope.ts'
import type { LedgerTransaction } from '#server/storage/ledger-store.ts'
import type { App } from '../app.ts'
import { endpoint } from '../endpoint.ts'

const NOTES_BYTES_MAX = 1024 * 1024

async function revisionsFor(app: App, tx: LedgerTransaction, device: KnownDevice): Promise<readonly PrivateRevision[]> {
  const cards = device.purpose === 'instructor' ? [] : await app.parts.cardBook.list(tx, app.context, device)
  const rows = [
    ...cards.map(({ key, revision }) => ({ collection: 'card' as const, key, revision })),
    ...(await privateRevisions(tx, device)),
  ]
  const place = ({ collection, key }: PrivateRevision) => `${collection} ${key}`
  return rows.sort((left, right) => (place(left) < place(right) ? -1 : 1))
}

async function rowsOf(
  app: App,
  tx: LedgerTransaction,
  device: KnownDevice,
  wanted: readonly { collection: string; key: string }[],
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
  const cards = await app.parts.cardBook.fetch(tx, app.context, device, cardKeys)
  return [...rows, ...cards.map(({ key, row }) => ({ collection: 'card' as const, key, row }))]
}

function registerNotes(app: App): void {
  endpoint(app, {
    method: 'POST',
    path: '/api/sync/notes',
    summary: 'Hand in sealed notes; the same row twice is the same row',
    needs: 'device',
    bodyLimit: NOTES_BYTES_MAX,
    body: NotesPush,
    answer: z.strictObject({}),
    async run({ device, body }, tx) {
      if (device.purpose === 'kiosk' || device.quarantinedAt !== null) return problem('not-allowed')
      for (const row of body.rows) {
        if (row.kind !== 'note' || row.revision !== 1) return problem('malformed')
        const key = `note|${row.id}`
        if ((await vaultRows.put(tx, key, row, 0)) !== null) continue
        const before = await vaultRows.get(tx, key)
        if (before === null || canonicalText(before.value) !== canonicalText(row)) return problem('not-allowed')
      }
      return done({})
    },
  })
}

/** Registers `GET /api/sync/private`, `POST /api/sync/private/fetch` and `POST /api/sync/notes`. */
export function registerPrivateRows(app: App): void {
  endpoint(app, {
    method: 'GET',
    path: '/api/sync/private',
    summary: 'Which sealed rows the device should hold now',
    needs: 'device',
    query: z.object({ known: Hash.optional() }),
    answer: PrivateManifest,
    async run({ device, query }, tx) {
      const rows = [...(await revisionsFor(app, tx, device))]
      const hash = hashText(canonicalText(rows))
      return done({ hash, rows: hash === query.known ? null : rows })
    },
  })
  endpoint(app, {
    method: 'POST',
    path: '/api/sync/private/fetch',
    summary: 'Fetch sealed rows by collection and key; rows out of scope are left out',
    needs: 'device',
    body: PrivateFetch,
    answer: PrivateRows,
    async run({ device, body }, tx) {
      const place = ({ collection, key }: { collection: string; key: string }) => `${collection} ${key}`
      const inScope = new Set((await revisionsFor(app, tx, device)).map(place))
      return done({
        rows: await rowsOf(
          app,
          tx,
          device,
          body.keys.filter((wanted) => inScope.has(place(wanted))),
        ),
      })
    },
  })
  registerNotes(app)
}
