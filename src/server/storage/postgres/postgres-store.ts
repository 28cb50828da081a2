// The store in PostgreSQL: several processes may work on one database at a time.
import type { PoolClient } from 'pg'
import type { FacilityId } from '#contract/values.ts'
import type { LedgerReader, LedgerStore, LedgerTransaction } from '../ledger-store.ts'
import { makeTurnQueue, type TurnQueue } from '../turn-queue.ts'
import { type Connections, openConnections } from './connections.ts'
import { entryReader, entryWriter, lockHead } from './entry-table.ts'
import { migrate } from './migrate.ts'
import { asFault, isWorthAnotherTry } from './postgres-fault.ts'
import { sharedShortMemory } from './short-memory.ts'
import { recordTable, stateTable } from './value-tables.ts'

/** The schema everything is kept in. */
export const SCHEMA = 'xincheng'

const TRIES_MAX = 4

async function within<Value>(client: PoolClient, begin: string, work: () => Promise<Value>): Promise<Value> {
  await client.query(begin)
  try {
    const value = await work()
    await client.query('COMMIT')
    return value
  } catch (reason) {
    // A connection that is gone has rolled back by itself; the first reason is the one to tell.
    await client.query('ROLLBACK').catch(() => undefined)
    throw reason
  }
}

async function writerOn(client: PoolClient, facilityId: FacilityId): Promise<LedgerTransaction> {
  const head = await lockHead(client, facilityId)
  return {
    entries: entryWriter(client, facilityId, head),
    states: stateTable(client, facilityId),
    records: recordTable(client, facilityId),
  }
}

const readerOn = (client: PoolClient, facilityId: FacilityId): LedgerReader => ({
  entries: entryReader(client, facilityId),
  states: stateTable(client, facilityId),
  records: recordTable(client, facilityId),
})

/** What is running, so that closing waits for it. */
function makeRunning() {
  const running = new Set<Promise<unknown>>()
  let closed = false
  return {
    run<Value>(work: () => Promise<Value>): Promise<Value> {
      if (closed) return Promise.reject(new Error('the store is closed'))
      const mine = work()
      running.add(mine)
      const done = () => running.delete(mine)
      mine.then(done, done)
      return mine
    },
    async close() {
      closed = true
      while (running.size > 0) await Promise.allSettled(running)
    },
  }
}

async function faulted<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (reason) {
    throw asFault(reason)
  }
}

function storeOver(connections: Connections): LedgerStore {
  const running = makeRunning()
  // Those of one facility would only wait for one another in the database, each holding a connection.
  const queues = new Map<FacilityId, TurnQueue>()
  const queueOf = (facilityId: FacilityId) => {
    const found = queues.get(facilityId) ?? makeTurnQueue()
    queues.set(facilityId, found)
    return found
  }
  const write = async <Value>(facilityId: FacilityId, work: (tx: LedgerTransaction) => Promise<Value>) => {
    for (let tries = 1; ; tries += 1) {
      try {
        // Read committed: whoever gets the lock sees everything that was committed before.
        return await connections.use((client) =>
          within(client, 'BEGIN ISOLATION LEVEL READ COMMITTED', async () => work(await writerOn(client, facilityId))),
        )
      } catch (reason) {
        if (!isWorthAnotherTry(reason) || tries === TRIES_MAX) throw reason
      }
    }
  }
  const { firstUse, tally } = sharedShortMemory(connections)
  return {
    kind: 'postgres',
    shortMemory: {
      firstUse: (...given) => running.run(() => faulted(() => firstUse(...given))),
      tally: (...given) => running.run(() => faulted(() => tally(...given))),
    },
    transaction: (facilityId, work) =>
      running.run(() => faulted(() => queueOf(facilityId).run(() => write(facilityId, work)))),
    read: (facilityId, work) =>
      running.run(() =>
        faulted(() =>
          connections.use((client) =>
            within(client, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', () => work(readerOn(client, facilityId))),
          ),
        ),
      ),
    facilities: () =>
      running.run(() =>
        faulted(() =>
          connections.use(async (client) => {
            const query = 'SELECT facility_id FROM heads WHERE arrival > 0 ORDER BY facility_id'
            return (await client.query<{ facility_id: FacilityId }>(query)).rows.map((row) => row.facility_id)
          }),
        ),
      ),
    async close() {
      await running.close()
      await connections.end()
    },
  }
}

/**
 * Opens the store in a database, its schema made when missing and migrated when old. A commit is on the disk before its promise is kept.
 * Faults: store `away` when the database cannot be reached, `broken` when it is not set to keep what it commits.
 */
export async function openPostgresStore(connectionString: string, schema: string = SCHEMA): Promise<LedgerStore> {
  return faulted(async () => {
    const connections = openConnections(connectionString, schema)
    try {
      await connections.use(async () => undefined)
      await migrate(connectionString, schema)
      return storeOver(connections)
    } catch (reason) {
      await connections.end()
      throw reason
    }
  })
}
