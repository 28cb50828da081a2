// Where an entry becomes durable. The write gate holds a list of journals and acknowledges only when every one of them has the entry.
import { Dexie } from 'dexie'
import type { DeviceDatabase, JournalRow } from './database.ts'
import { guardStorage } from './fault.ts'

/** One append-only place for own entries. Rows are never changed, and never removed by an acknowledgment alone. */
export interface Journal {
  readonly name: string
  /** Appends all rows or none; resolves only when they are durable. Faults: storage-full, storage-broken. */
  append(rows: readonly JournalRow[]): Promise<void>
  /** Rows of an epoch from a seq on, ascending, at most `limit`. */
  read(epoch: string, fromSeq: number, limit?: number): Promise<readonly JournalRow[]>
  /** The newest row of an epoch, or null when there is none. */
  last(epoch: string): Promise<JournalRow | null>
  /** Drops rows of an epoch up to a seq; the last row of the epoch always stays. Ended in the middle, whole rows are left. Faults: storage-full, storage-broken. */
  prune?(epoch: string, upToSeq: number): Promise<void>
  /** Lets go of what only one window may hold; the next call takes it again. */
  release?(): Promise<void>
}

// A person waits for this write at every tap. Straight to the browser's own transaction it takes little more than the disk does; by way of
// Dexie, whose part is everything else, about twice that.
function addDurably(database: IDBDatabase, table: string, rows: readonly JournalRow[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(table, 'readwrite', { durability: 'strict' })
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error)
    const store = transaction.objectStore(table)
    // `add` and not `put`: a seq that is taken must never be written over. It ends the whole transaction.
    for (const row of rows) store.add(row)
    transaction.commit()
  })
}

/** The journal in IndexedDB, strict durability: `append` waits for the transaction, not for the put. */
export function createIndexedDbJournal(database: DeviceDatabase): Journal {
  const range = (epoch: string, fromSeq: number) =>
    database.journal.where('[epoch+seq]').between([epoch, fromSeq], [epoch, Dexie.maxKey])
  return {
    name: 'indexeddb',
    append: (rows) =>
      guardStorage(async () => {
        if (!database.isOpen()) await database.open()
        await addDurably(database.backendDB(), database.journal.name, rows)
      }),
    read: (epoch, fromSeq, limit) =>
      guardStorage(() => (limit === undefined ? range(epoch, fromSeq) : range(epoch, fromSeq).limit(limit)).toArray()),
    last: (epoch) => guardStorage(async () => (await range(epoch, 0).last()) ?? null),
    prune: (epoch, upToSeq) =>
      guardStorage(() =>
        database.transaction('rw', database.journal, async () => {
          const last = await range(epoch, 0).last()
          const end = Math.min(upToSeq, (last?.seq ?? 0) - 1)
          await database.journal.where('[epoch+seq]').between([epoch, 0], [epoch, end], true, true).delete()
        }),
      ),
  }
}

/** Whether every row of an epoch lies in IndexedDB, up to its last and from the first that was not dropped, and which the last is. Faults: storage-broken. */
export function countEntries(
  database: DeviceDatabase,
  epoch: string,
  pruned: number,
): Promise<{ readonly last: number; readonly count: number }> {
  return guardStorage(() =>
    database.transaction('r', database.journal, async () => {
      const rows = database.journal.where('[epoch+seq]').between([epoch, pruned + 1], [epoch, Dexie.maxKey])
      return { count: await rows.count(), last: (await rows.last())?.seq ?? pruned }
    }),
  )
}
