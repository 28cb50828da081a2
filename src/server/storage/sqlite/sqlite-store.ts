// The embedded store: one SQLite file, one connection, transactions queued.
import Database from 'better-sqlite3'
import type { FacilityId } from '#contract/values.ts'
import { type LedgerStore, type LedgerTransaction, StoreFault } from '../ledger-store.ts'
import { makeShortMemory } from '../short-memory.ts'
import { makeTurnQueue } from '../turn-queue.ts'
import { migrate } from './migrate.ts'
import { openDatabase } from './open-database.ts'
import { prepareEntries } from './entry-table.ts'
import { prepareValues } from './value-tables.ts'

function asFault(reason: unknown): unknown {
  if (!(reason instanceof Database.SqliteError)) return reason
  if (reason.code === 'SQLITE_FULL') return new StoreFault('full', reason)
  if (reason.code.startsWith('SQLITE_BUSY')) return new StoreFault('busy', reason)
  if (/^SQLITE_(IOERR|CORRUPT|NOTADB|READONLY|CANTOPEN)/.test(reason.code)) return new StoreFault('broken', reason)
  return reason
}

function tablesOf(database: Database.Database) {
  const entries = prepareEntries(database)
  const values = prepareValues(database)
  const opened = new Map<FacilityId, LedgerTransaction>()
  return (facilityId: FacilityId): LedgerTransaction => {
    const found = opened.get(facilityId) ?? {
      entries: entries(facilityId),
      states: values.states(facilityId),
      records: values.records(facilityId),
    }
    opened.set(facilityId, found)
    return found
  }
}

/** Opens the store in a file, made when missing and migrated when old. Faults: store `broken` when the file is damaged or not safe to write. */
export async function openSqliteStore(file: string): Promise<LedgerStore> {
  const database = openDatabase(file)
  try {
    await migrate(database)
  } catch (reason) {
    database.close()
    throw asFault(reason)
  }
  return sqliteStoreOver(database)
}

/** The store over an open database with the tables of the newest migration. A commit is on the disk before its promise is kept. */
export function sqliteStoreOver(database: Database.Database): LedgerStore {
  const tables = tablesOf(database)
  const queue = makeTurnQueue()
  const within =
    (begin: string, facilityId: FacilityId) =>
    async <Value>(work: (tables: LedgerTransaction) => Promise<Value>): Promise<Value> => {
      try {
        database.exec(begin)
        const value = await work(tables(facilityId))
        database.exec('COMMIT')
        return value
      } catch (reason) {
        if (database.inTransaction) database.exec('ROLLBACK')
        throw asFault(reason)
      }
    }
  return {
    kind: 'sqlite',
    // One process: the server holds its data folder alone (data-hold.ts).
    shortMemory: makeShortMemory(),
    transaction: (facilityId, work) => queue.run(() => within('BEGIN IMMEDIATE', facilityId)(work)),
    read: (facilityId, work) => queue.run(() => within('BEGIN', facilityId)(work)),
    facilities: () =>
      queue.run(async () => {
        const query = 'SELECT facility_id FROM heads WHERE arrival > 0 ORDER BY facility_id'
        return database
          .prepare<[], { facility_id: FacilityId }>(query)
          .all()
          .map((row) => row.facility_id)
      }),
    async close() {
      await queue.close()
      database.close()
    },
  }
}
