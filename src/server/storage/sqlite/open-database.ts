// Opens a database file the one safe way, and proves that it is.
import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { StoreFault } from '../ledger-store.ts'

/** A whole check reads every index too; above this size a start would take minutes, so every page is read but the indexes are not compared. */
const WHOLE_CHECK_BYTES_MAX = 1024 ** 3

/** better-sqlite3 13 speaks Node-API 10 and ends the process without a word on less. */
const NODE_API_LEAST = 10

function requirePragma(database: Database.Database, name: string, wanted: string | number): void {
  const found = database.pragma(name, { simple: true })
  if (found !== wanted) throw new StoreFault('broken', new Error(`${name} is ${String(found)}, not ${wanted}`))
}

/**
 * Opens or makes the file with WAL, `synchronous=FULL` and foreign keys, reads each setting back, and checks the file's integrity.
 * Faults: store `broken` when a setting does not hold or the file is damaged.
 */
export function openDatabase(file: string): Database.Database {
  if (Number(process.versions.napi) < NODE_API_LEAST) throw new Error('the database driver needs Node 22.14 or later')
  mkdirSync(dirname(file), { recursive: true })
  const database = new Database(file)
  try {
    database.pragma('journal_mode = WAL')
    // The driver is built to reopen WAL files at NORMAL, which may lose the last commits when the power fails.
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    database.pragma('busy_timeout = 2000')
    requirePragma(database, 'journal_mode', 'wal')
    requirePragma(database, 'synchronous', 2)
    requirePragma(database, 'foreign_keys', 1)
    requirePragma(database, statSync(file).size > WHOLE_CHECK_BYTES_MAX ? 'quick_check' : 'integrity_check', 'ok')
    return database
  } catch (reason) {
    database.close()
    throw reason instanceof StoreFault ? reason : new StoreFault('broken', reason)
  }
}
