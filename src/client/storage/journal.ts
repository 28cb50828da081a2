// Where an entry becomes durable. The write gate holds a list of journals and acknowledges only when every one of them has the entry.
import { Dexie } from 'dexie'
import type { DeviceDatabase, JournalRow } from './database.ts'
import { guardStorage } from './fault.ts'

/** One append-only place for own entries. Rows are never changed and never removed by an acknowledgment. */
export interface Journal {
  readonly name: string
  /** Appends all rows or none; resolves only when they are durable. Faults: storage-full, storage-broken. */
  append(rows: readonly JournalRow[]): Promise<void>
  /** Rows of an epoch from a seq on, ascending, at most `limit`. */
  read(epoch: string, fromSeq: number, limit?: number): Promise<readonly JournalRow[]>
  /** The newest row of an epoch, or null when there is none. */
  last(epoch: string): Promise<JournalRow | null>
}

/** The journal in IndexedDB, strict durability: `append` waits for the transaction, not for the put. */
export function createIndexedDbJournal(database: DeviceDatabase): Journal {
  const range = (epoch: string, fromSeq: number) =>
    database.journal.where('[epoch+seq]').between([epoch, fromSeq], [epoch, Dexie.maxKey])
  return {
    name: 'indexeddb',
    append: (rows) =>
      guardStorage(() =>
        database.transaction('rw', database.journal, async () => {
          // `add` and not `put`: a seq that is taken must never be written over.
          await database.journal.bulkAdd([...rows])
        }),
      ),
    read: (epoch, fromSeq, limit) =>
      guardStorage(() => (limit === undefined ? range(epoch, fromSeq) : range(epoch, fromSeq).limit(limit)).toArray()),
    last: (epoch) => guardStorage(async () => (await range(epoch, 0).last()) ?? null),
  }
}
