// Sealed rows of this device: identities, keys wrapped by a PIN, trainees' cards, and notes not yet sent. Nothing in here is readable at rest.
import { Dexie } from 'dexie'
import type { PrivateCollection, PrivateRow } from '#contract/sync.ts'
import type { StaffKey, TraineeCard, VaultRow } from '#contract/vault.ts'
import type { DeviceDatabase } from './database.ts'
import { guardStorage } from './fault.ts'

/** A sealed row by name, with its revision. */
export interface HeldRow {
  readonly collection: PrivateCollection
  readonly key: string
  readonly revision: number
}

/** Reads and writes sealed rows. Every call may fault with storage-full or storage-broken. */
export interface PrivateStore {
  held(): Promise<readonly HeldRow[]>
  /** Puts and drops rows in one transaction; a note that waits to be sent is never dropped. */
  exchange(
    put: readonly PrivateRow[],
    drop: readonly { readonly collection: PrivateCollection; readonly key: string }[],
  ): Promise<void>
  vaultRows(): Promise<readonly VaultRow[]>
  staffKeys(): Promise<readonly StaffKey[]>
  cardOf(lookup: string): Promise<TraineeCard | null>
  cardCount(): Promise<number>
  /** Keeps a new note and marks it as not yet sent, in one transaction. */
  addNote(row: VaultRow): Promise<void>
  unsentNotes(limit: number): Promise<readonly VaultRow[]>
  notesSent(rows: readonly VaultRow[]): Promise<void>
  manifestHash(): Promise<string | null>
  setManifestHash(hash: string): Promise<void>
  /** Removes every sealed row that the server has, e.g. before this browser joins as another device. */
  clear(): Promise<void>
}

const HASH_KEY = 'privateHash'

/** The key of a vault row in its collection. */
export function vaultRowKey(row: Pick<VaultRow, 'kind' | 'id'>): string {
  return `${row.kind}|${row.id}`
}

/** The sealed rows in IndexedDB. */
export function createPrivateStore(database: DeviceDatabase): PrivateStore {
  const { privateRows, notesOutbox, meta } = database
  const ofCollection = (collection: PrivateCollection) =>
    privateRows.where('[collection+key]').between([collection, Dexie.minKey], [collection, Dexie.maxKey])
  async function exchange(
    put: readonly PrivateRow[],
    drop: readonly { readonly collection: PrivateCollection; readonly key: string }[],
  ): Promise<void> {
    const unsent = new Set(await notesOutbox.toCollection().primaryKeys())
    const goes = drop.filter((row) => !(row.collection === 'vault' && unsent.has(row.key)))
    await privateRows.bulkDelete(goes.map((row) => [row.collection, row.key]))
    await privateRows.bulkPut(put.map(({ collection, key, row }) => ({ collection, key, row })))
  }
  return {
    held: () =>
      guardStorage(async () =>
        (await privateRows.toArray()).map(({ collection, key, row }) => ({ collection, key, revision: row.revision })),
      ),
    exchange: (put, drop) =>
      guardStorage(() => database.transaction('rw', [privateRows, notesOutbox], () => exchange(put, drop))),
    vaultRows: () =>
      guardStorage(async () => (await ofCollection('vault').toArray()).map(({ row }) => row as VaultRow)),
    staffKeys: () =>
      guardStorage(async () => (await ofCollection('staffKey').toArray()).map(({ row }) => row as StaffKey)),
    cardOf: (lookup) =>
      guardStorage(
        async () =>
          ((await privateRows.where('row.lookup').equals(lookup).first())?.row as TraineeCard | undefined) ?? null,
      ),
    cardCount: () => guardStorage(() => ofCollection('card').count()),
    addNote: (row) =>
      guardStorage(() =>
        database.transaction('rw', [privateRows, notesOutbox], async () => {
          const key = vaultRowKey(row)
          await privateRows.add({ collection: 'vault', key, row })
          await notesOutbox.add({ key, row })
        }),
      ),
    unsentNotes: (limit) => guardStorage(async () => (await notesOutbox.limit(limit).toArray()).map(({ row }) => row)),
    notesSent: (rows) =>
      guardStorage(() => database.transaction('rw', notesOutbox, () => notesOutbox.bulkDelete(rows.map(vaultRowKey)))),
    manifestHash: () => guardStorage(async () => ((await meta.get(HASH_KEY))?.value as string | undefined) ?? null),
    setManifestHash: (hash) =>
      guardStorage(() =>
        database.transaction('rw', meta, async () => void (await meta.put({ key: HASH_KEY, value: hash }))),
      ),
    clear: () => guardStorage(() => database.transaction('rw', privateRows, () => privateRows.clear())),
  }
}
