// One PostgreSQL a run of the tests, shared by its worker processes: here is its folder, and its end.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { POSTGRES_FOLDER, stopPostgres } from './postgres.ts'

export function setup(): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'xincheng-postgres-'))
  process.env[POSTGRES_FOLDER] = folder
  return () => stopPostgres(folder)
}
