// Instances share a database; a restore has it alone. Both by an advisory lock that lives as long as its connection.
import { Client } from 'pg'
import { asFault } from './postgres-fault.ts'
import { SCHEMA } from './postgres-store.ts'

/** `shared` for an instance that serves, `alone` for what replaces the data. */
export type HoldKind = 'shared' | 'alone'

const AGAIN_AFTER_MS = 1000
const TAKE: Record<HoldKind, string> = {
  shared: 'SELECT pg_try_advisory_lock_shared(hashtext($1)) AS taken',
  alone: 'SELECT pg_try_advisory_lock(hashtext($1)) AS taken',
}

async function take(connectionString: string, kind: HoldKind, onLost: () => void): Promise<Client | null> {
  const client = new Client({ connectionString, application_name: 'xincheng hold', keepAlive: true })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ taken: boolean }>(TAKE[kind], [`${SCHEMA} hold`])
    if (rows[0]?.taken === true) {
      client.once('end', onLost)
      return client
    }
  } catch (reason) {
    await client.end().catch(() => undefined)
    throw asFault(reason)
  }
  await client.end()
  return null
}

/** Takes the hold; null when it cannot be had beside those there are. One that is lost with its connection is taken again. Fault: store `away`. */
export async function holdDatabase(
  connectionString: string,
  kind: HoldKind,
): Promise<{ release(): Promise<void> } | null> {
  let isReleased = false
  let client: Client | null = null
  const takeAgain = async () => {
    while (!isReleased) {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS).unref())
      client = await take(connectionString, kind, onLost).catch(() => null)
      if (client !== null) return
    }
  }
  const onLost = () => {
    if (!isReleased) void takeAgain()
  }
  client = await take(connectionString, kind, onLost)
  if (client === null) return null
  return {
    async release() {
      isReleased = true
      await client?.end().catch(() => undefined)
    },
  }
}
