// One server a data folder: a lock of the operating system, gone with the process that has it, however that ends.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

/** A hold on the data; it ends with the process at the latest. */
export interface DataHold {
  release(): Promise<void>
}

/** Takes the data folder for this process alone; null when another has it. The file is only there to be locked. */
export function holdDataFolder(dataDir: string): DataHold | null {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const database = new Database(join(dataDir, 'server.lock'), { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (reason) {
    database.close()
    if (reason instanceof Database.SqliteError && reason.code.startsWith('SQLITE_BUSY')) return null
    throw reason
  }
  return {
    async release() {
      database.close()
    },
  }
}
