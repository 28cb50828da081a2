// Brings a database file to the newest shape.
import type { Database } from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { up as makeLedgerTables } from '../migrations/0001-ledger.ts'

/** Every migration, in order of its name; a released one never changes. */
const MIGRATIONS = { '0001-ledger': { up: makeLedgerTables } }

/** Runs the migrations this file has not seen. Throws what the first failing one threw. */
export async function migrate(database: Database): Promise<void> {
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) })
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
}
