// Puts another schema in the place of the one in use, and keeps the one that was there under another name.
import { Client } from 'pg'
import { asFault } from './postgres-fault.ts'
import { SCHEMA } from './postgres-store.ts'

/** The schema a restore fills before it takes the place of the one in use. */
export const DRAFT_SCHEMA = `${SCHEMA}_draft`

async function run(connectionString: string, statements: (quote: (name: string) => string) => readonly string[]) {
  const client = new Client({ connectionString })
  client.on('error', () => undefined)
  try {
    await client.connect()
    for (const statement of statements((name) => client.escapeIdentifier(name))) await client.query(statement)
  } catch (reason) {
    throw asFault(reason)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Throws away the draft of a restore that broke off. */
export function dropDraftSchema(connectionString: string): Promise<void> {
  return run(connectionString, (quote) => [`DROP SCHEMA IF EXISTS ${quote(DRAFT_SCHEMA)} CASCADE`])
}

/** Exchanges the two in one transaction; what was in use is from now on called `formerName`. */
export function replaceSchema(connectionString: string, formerName: string): Promise<void> {
  return run(connectionString, (quote) => [
    'BEGIN',
    `ALTER SCHEMA ${quote(SCHEMA)} RENAME TO ${quote(formerName)}`,
    `ALTER SCHEMA ${quote(DRAFT_SCHEMA)} RENAME TO ${quote(SCHEMA)}`,
    'COMMIT',
  ])
}
