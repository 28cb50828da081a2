// Connections to the database, each looked at before its first use.
import { Pool, type PoolClient, types } from 'pg'
import { StoreFault } from '../ledger-store.ts'
import { isConnectionLost } from './postgres-fault.ts'

const CONNECTIONS_MAX = 8
const CONNECT_MS_MAX = 10_000
const VERSION_LEAST = 150_000
const BIGINT = 20

/** Numbers of positions and revisions are far below 2^53. */
const typesWithNumbers = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === BIGINT && format !== 'binary' ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
}

/** What must hold, or an acknowledged entry could be lost when the power fails. */
const WANTED: Readonly<Record<string, readonly string[]>> = {
  fsync: ['on'],
  full_page_writes: ['on'],
  synchronous_commit: ['on', 'remote_write', 'remote_apply'],
  server_encoding: ['UTF8'],
}

interface Setting {
  readonly name: string
  readonly setting: string
}

async function proveSafe(client: PoolClient): Promise<void> {
  const { rows } = await client.query<Setting>('SELECT name, setting FROM pg_settings WHERE name = ANY($1)', [
    [...Object.keys(WANTED), 'server_version_num'],
  ])
  const found = new Map(rows.map(({ name, setting }) => [name, setting]))
  for (const [name, wanted] of Object.entries(WANTED)) {
    const is = found.get(name) ?? 'missing'
    if (!wanted.includes(is)) throw new StoreFault('broken', new Error(`${name} is ${is}, not ${wanted.join(' or ')}`))
  }
  const version = Number(found.get('server_version_num'))
  if (!(version >= VERSION_LEAST)) throw new StoreFault('broken', new Error(`PostgreSQL ${version} is too old`))
}

/** A pool whose connections were proved safe. */
export interface Connections {
  /** Runs work on a connection of its own; a connection the work broke is thrown away. */
  use<Value>(work: (client: PoolClient) => Promise<Value>): Promise<Value>
  end(): Promise<void>
}

/** Opens a pool on a schema. A lock that is not had in five seconds is a busy store. */
export function openConnections(connectionString: string, schema: string): Connections {
  const pool = new Pool({
    connectionString,
    options: `-c search_path=${schema} -c lock_timeout=5s -c idle_in_transaction_session_timeout=120s`,
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_MS_MAX,
    types: typesWithNumbers,
    application_name: 'xincheng',
  })
  // A connection that breaks while nobody uses it is replaced by the next one asked for.
  pool.on('error', () => undefined)
  const proved = new WeakSet<PoolClient>()
  const ready = async () => {
    const client = await pool.connect()
    if (proved.has(client)) return client
    // One that breaks while it is lent out fails the query it runs; without a listener it would end the process.
    client.on('error', () => undefined)
    try {
      await proveSafe(client)
    } catch (reason) {
      client.release(true)
      throw reason
    }
    proved.add(client)
    return client
  }
  return {
    async use(work) {
      const client = await ready()
      let isLost = false
      try {
        return await work(client)
      } catch (reason) {
        isLost = isConnectionLost(reason)
        throw reason
      } finally {
        client.release(isLost)
      }
    },
    async end() {
      if (!pool.ended && !pool.ending) await pool.end()
    },
  }
}
