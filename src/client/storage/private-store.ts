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

/** Who hears of every change of the sealed rows, in order; `step` counts them. A note is awaited: nobody else has it yet. */
export interface SealedListener {
  sealed(change: {
    readonly step: number
    readonly put: readonly PrivateRow[]
    readonly drop: readonly { readonly collection: PrivateCollection; readonly key: string }[]
    readonly hash: string | null
  }): void
  note(row: VaultRow, step: number): Promise<void>
  notesSent(keys: readonly string[], step: number): void
}

const NOBODY: SealedListener = { sealed: () => undefined, note: async () => undefined, notesSent: () => undefined }

/** Under which name the hash of the manifest and the count of changes lie in `meta`. */
export const PRIVATE_META = { hash: 'privateHash', step: 'privateStep' } as const

/** The key of a vault row in its collection. */
export function vaultRowKey(row: Pick<VaultRow, 'kind' | 'id'>): string {
  return `${row.kind}|${row.id}`
}

// Within the transaction of the change itself.
async function nextStep({ meta }: DeviceDatabase): Promise<number> {
  const step = (((await meta.get(PRIVATE_META.step))?.value as number | undefined) ?? 0) + 1
  await meta.put({ key: PRIVATE_META.step, value: step })
  return step
}

type Outbox = Pick<PrivateStore, 'addNote' | 'unsentNotes' | 'notesSent'>

function createOutbox(database: DeviceDatabase, listener: SealedListener): Outbox {
  const { privateRows, notesOutbox, meta } = database
  return {
    addNote: (row) =>
      guardStorage(async () => {
        const step = await database.transaction('rw', [privateRows, notesOutbox, meta], async () => {
          const key = vaultRowKey(row)
          await privateRows.add({ collection: 'vault', key, row })
          await notesOutbox.add({ key, row })
          return nextStep(database)
        })
        await listener.note(row, step)
      }),
    unsentNotes: (limit) => guardStorage(async () => (await notesOutbox.limit(limit).toArray()).map(({ row }) => row)),
    notesSent: (rows) =>
      guardStorage(async () => {
        const keys = rows.map(vaultRowKey)
        const step = await database.transaction('rw', [notesOutbox, meta], async () => {
          await notesOutbox.bulkDelete(keys)
          return nextStep(database)
        })
        listener.notesSent(keys, step)
      }),
  }
}

type Exchange = Pick<PrivateStore, 'exchange' | 'manifestHash' | 'setManifestHash'>

function createExchange(database: DeviceDatabase, listener: SealedListener): Exchange {
  const { privateRows, notesOutbox, meta } = database
  const manifestHash = async (): Promise<string | null> =>
    ((await meta.get(PRIVATE_META.hash))?.value as string | undefined) ?? null
  return {
    exchange: (put, drop) =>
      guardStorage(async () => {
        const change = await database.transaction('rw', [privateRows, notesOutbox, meta], async () => {
          const unsent = new Set(await notesOutbox.toCollection().primaryKeys())
          const goes = drop.filter((row) => !(row.collection === 'vault' && unsent.has(row.key)))
          await privateRows.bulkDelete(goes.map((row) => [row.collection, row.key]))
          await privateRows.bulkPut(put.map(({ collection, key, row }) => ({ collection, key, row })))
          return { step: await nextStep(database), put, drop: goes, hash: await manifestHash() }
        })
        listener.sealed(change)
      }),
    manifestHash: () => guardStorage(manifestHash),
    setManifestHash: (hash) =>
      guardStorage(async () => {
        const step = await database.transaction('rw', meta, async () => {
          await meta.put({ key: PRIVATE_META.hash, value: hash })
          return nextStep(database)
        })
        listener.sealed({ step, put: [], drop: [], hash })
      }),
  }
}

/** The sealed rows in IndexedDB. `listener` hears of every change once it is durable. */
export function createPrivateStore(database: DeviceDatabase, listener: SealedListener = NOBODY): PrivateStore {
  const { privateRows } = database
  const ofCollection = (collection: PrivateCollection) =>
    privateRows.where('[collection+key]').between([collection, Dexie.minKey], [collection, Dexie.maxKey])
  return {
    ...createOutbox(database, listener),
    ...createExchange(database, listener),
    held: () =>
      guardStorage(async () =>
        (await privateRows.toArray()).map(({ collection, key, row }) => ({ collection, key, revision: row.revision })),
      ),
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
    clear: () => guardStorage(() => database.transaction('rw', privateRows, () => privateRows.clear())),
  }
}
