// Brings a database file to the newest shape: all of it or nothing, for SQLite's own statements would otherwise stand one by one.
import type { Database } from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { up as makeLedgerTables } from '../migrations/0001-ledger.ts'
import { up as bindArrivals } from '../migrations/0002-arrivals.ts'

/** Every migration, in order of its name; a released one never changes. */
const MIGRATIONS = { '0001-ledger': { up: makeLedgerTables }, '0002-arrivals': { up: bindArrivals } }

/** Runs the migrations this file has not seen, in one transaction. Throws what the first failing one threw. */
export async function migrate(database: Database): Promise<void> {
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) })
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  if ((await migrator.getMigrations()).every(({ executedAt }) => executedAt !== undefined)) return
  database.exec('BEGIN IMMEDIATE')
  try {
    const { error } = await migrator.migrateToLatest()
    if (error !== undefined) throw error
    database.exec('COMMIT')
  } catch (reason) {
    if (database.inTransaction) database.exec('ROLLBACK')
    throw reason
  }
}
