// Brings a schema to the newest shape, while other instances work in it.
import { Kysely, PostgresDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { Pool } from 'pg'
import { up as makeLedgerTables } from './migrations/0001-ledger.ts'

/**
 * Every migration, in order of its name; a released one never changes. Each only adds: an instance of the version before goes on working while and
 * after it runs.
 */
const MIGRATIONS = { '0001-ledger': { up: makeLedgerTables } }

/** A statement that cannot have its lock at once gives way to the work that has it, and the whole migration is tried again. */
const LOCK_TIMEOUT = '3s'
const TRIES_MAX = 20
const LOCK_NOT_AVAILABLE = '55P03'

const codeOf = (reason: unknown) => (reason instanceof Error && 'code' in reason ? String(reason.code) : '')

async function tryOnce(migrator: Migrator): Promise<unknown> {
  if ((await migrator.getMigrations()).every(({ executedAt }) => executedAt !== undefined)) return undefined
  const { error } = await migrator.migrateToLatest()
  return error
}

/**
 * Runs the migrations the schema has not seen, all in one transaction under an advisory lock: instances that start together migrate once.
 * Throws what the first failing one threw.
 */
export async function migrate(connectionString: string, schema: string): Promise<void> {
  const options = `-c search_path=${schema} -c lock_timeout=${LOCK_TIMEOUT}`
  const pool = new Pool({ connectionString, options, max: 2 })
  pool.on('error', () => undefined)
  try {
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
    const migrator = new Migrator({
      db,
      provider: { getMigrations: async () => MIGRATIONS },
      migrationTableSchema: schema,
    })
    for (let tries = 1; ; tries += 1) {
      const error = await tryOnce(migrator).catch((reason: unknown) => reason)
      if (error === undefined) return
      if (codeOf(error) !== LOCK_NOT_AVAILABLE || tries === TRIES_MAX) throw error
    }
  } finally {
    await pool.end()
  }
}
