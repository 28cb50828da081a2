// The tables of this device. Rows cost, not bytes: confirmed entries lie packed by page, folded state is one small value a stream,
// and indexes exist only where a screen asks. No name and no number of a person stands here in clear: vault rows and cards are sealed.
import { Dexie } from 'dexie'
import type { Table } from 'dexie'
import type { StreamId } from '#contract/envelope.ts'
import type { StreamFamily } from '#contract/streams.ts'
import type { PrivateCollection, PrivateRow } from '#contract/sync.ts'
import type { VaultRow } from '#contract/vault.ts'
import type { Hash, Instant } from '#contract/values.ts'
import { guardStorage } from './fault.ts'

/** One own entry as it was chained: the text is what was hashed and what is sent. */
export interface JournalRow {
  readonly epoch: string
  readonly seq: number
  readonly id: Hash
  readonly text: string
}

/** One page of confirmed entries as pulled: lines `position id text`. `after` is the cursor it was asked with. */
export interface SegmentRow {
  readonly after: number
  readonly cursor: number
  readonly lines: string
}

/** The folded state of one stream up to `position`. */
export interface SnapshotRow {
  readonly stream: StreamId
  readonly family: StreamFamily
  readonly position: number
  readonly state: unknown
}

/** An own entry the server refused for good, with the reason. */
export interface RefusedRow {
  readonly epoch: string
  readonly seq: number
  readonly id: Hash
  readonly code: string
  readonly refusedAt: Instant
  /** When its author took note of it; it stays here all the same. */
  readonly dismissedAt?: Instant
}

/** A sealed row held on this device. */
export interface SealedRow {
  readonly collection: PrivateCollection
  readonly key: string
  readonly row: PrivateRow['row']
}

/** How often a secret was tried in vain since `token` (a revision) was new. */
export interface AttemptRow {
  readonly key: string
  readonly token: string
  readonly failures: number
}

/** The database of one joined device. */
export class DeviceDatabase extends Dexie {
  declare readonly journal: Table<JournalRow, [string, number]>
  declare readonly segments: Table<SegmentRow, number>
  declare readonly snapshots: Table<SnapshotRow, string>
  declare readonly refused: Table<RefusedRow, [string, number]>
  declare readonly meta: Table<{ readonly key: string; readonly value: unknown }, string>
  declare readonly privateRows: Table<SealedRow, [string, string]>
  declare readonly notesOutbox: Table<{ readonly key: string; readonly row: VaultRow }, string>
  declare readonly attempts: Table<AttemptRow, string>

  constructor(name: string, factory: IDBFactory) {
    super(name, { chromeTransactionDurability: 'strict', indexedDB: factory, IDBKeyRange })
    this.version(1).stores({
      journal: '[epoch+seq]',
      segments: 'after',
      snapshots: 'stream, family',
      refused: '[epoch+seq]',
      meta: 'key',
      privateRows: '[collection+key], row.lookup',
      notesOutbox: 'key',
      attempts: 'key',
    })
  }
}

const NAME = /^xincheng-(\d+)$/

/** The name of a generation's database and of its folder in the second store. */
export function storeNameOf(generation: number): string {
  return `xincheng-${String(generation)}`
}

/** The generations among names of databases or folders, newest first. */
export function generationsIn(names: readonly (string | undefined)[]): readonly number[] {
  return names.flatMap((name) => Number(NAME.exec(name ?? '')?.[1] ?? [])).sort((a, b) => b - a)
}

/** The generations that have a database here, newest first. Faults: storage-full, storage-broken. */
export function databaseGenerations(factory: IDBFactory): Promise<readonly number[]> {
  return guardStorage(async () => generationsIn((await factory.databases()).map(({ name }) => name)))
}

/**
 * Opens the database of a generation, or makes it. A device that joins again begins a new generation and the former one stays as it is, so that
 * joining again never deletes an entry. Faults: storage-full, storage-broken.
 */
export function openDatabase(factory: IDBFactory, generation: number): Promise<DeviceDatabase> {
  return guardStorage(async () => {
    const database = new DeviceDatabase(storeNameOf(generation), factory)
    await database.open()
    return database
  })
}
