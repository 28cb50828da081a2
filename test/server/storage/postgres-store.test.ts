// The store on a real PostgreSQL: what every store must do, and what only this one must.
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { Client } from 'pg'
import type { DeviceId, FacilityId, Hash } from '#contract/values.ts'
import type { LedgerStore, NewEntry } from '#server/storage/ledger-store.ts'
import { openPostgresStore } from '#server/storage/postgres/postgres-store.ts'
import { freshDatabase } from '#test/support/postgres.ts'
import { describeLedgerStore } from './ledger-store.suite.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 })

const FACILITY = 'F1' as FacilityId
const stores: LedgerStore[] = []

async function openStore(url: string): Promise<LedgerStore> {
  const store = await openPostgresStore(url)
  stores.push(store)
  return store
}

beforeAll(async () => {
  await freshDatabase()
})
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
})

async function query(url: string, statement: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url, options: '-c search_path=xincheng' })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows
  } finally {
    await client.end()
  }
}

function anEntry(seq: number, deviceId = 'D1'): NewEntry {
  const id = String(seq).padStart(64, '0') as Hash
  const verdict = { status: 'recorded' } as const
  return { id, stream: 'class/C1', deviceId: deviceId as DeviceId, epoch: 'e', seq, text: `{"seq":${seq}}`, verdict }
}

describeLedgerStore('postgres', async () => {
  const url = await freshDatabase()
  const store = await openStore(url)
  return {
    store,
    reopen: async () => {
      await store.close()
      return openStore(url)
    },
  }
})

describe('postgres: several instances on one database', () => {
  it('give positions without a gap, one after the other, whoever asks', async () => {
    const url = await freshDatabase()
    const [one, two] = [await openStore(url), await openStore(url)]
    const seen: number[] = []
    const push = (store: LedgerStore, device: string) => async (seq: number) => {
      const [position] = await store.transaction(FACILITY, (tx) => tx.entries.append([anEntry(seq, device)]))
      seen.push(position ?? 0)
      // A reader never sees a position before the ones below it.
      const feed = await store.read(FACILITY, (view) =>
        view.entries.feed({ after: 0, until: 1000, roots: null, limit: 1000 }),
      )
      expect(feed.map((entry) => entry.position)).toEqual(feed.map((_, index) => index + 1))
    }
    const seqs = Array.from({ length: 25 }, (_, index) => index + 1)
    await Promise.all([...seqs.map(push(one, 'D1')), ...seqs.map(push(two, 'D2'))])
    expect(seen.sort((left, right) => left - right)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
  })

  it('that start together on an empty database make its tables once', async () => {
    const url = await freshDatabase('empty')
    const opened = await Promise.all([openStore(url), openStore(url), openStore(url)])
    const positions = await Promise.all(
      opened.map((store, index) =>
        store.transaction(FACILITY, (tx) => tx.entries.append([anEntry(1, `D${String(index)}`)])),
      ),
    )
    expect(positions.flat().sort()).toEqual([1, 2, 3])
  })

  it('share what is remembered for a short time', async () => {
    const url = await freshDatabase()
    const [one, two] = [(await openStore(url)).shortMemory, (await openStore(url)).shortMemory]
    expect(await one.firstUse(FACILITY, 'D1', 'nonce')).toBe(true)
    expect(await two.firstUse(FACILITY, 'D1', 'nonce')).toBe(false)
    expect(await two.firstUse(FACILITY, 'D2', 'nonce')).toBe(true)
    const counts = [one, two, one].map((memory) => memory.tally(FACILITY, 'join 10.0.0.1', 60_000, 0))
    expect((await Promise.all(counts)).map(({ count }) => count).sort()).toEqual([1, 2, 3])
    expect((await one.tally(FACILITY, 'brief', 1, 0)).count).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect((await two.tally(FACILITY, 'brief', 60_000, 0)).count).toBe(1)
  })
})

describe('postgres: the database', () => {
  it('keeps facilities in partitions of their own, every key led by the facility', async () => {
    const url = await freshDatabase()
    const store = await openStore(url)
    for (const facility of ['F1', 'F2', 'F3', 'F4', 'F5'])
      await store.transaction(facility as FacilityId, (tx) => tx.entries.append([anEntry(1)]))
    const parts = await query(url, 'SELECT DISTINCT tableoid::regclass::text AS part FROM entries')
    expect(parts.length).toBeGreaterThan(1)
    const keys = await query(
      url,
      `SELECT indexdef FROM pg_indexes WHERE schemaname = 'xincheng' AND tablename IN ('heads', 'entries', 'states', 'records')`,
    )
    expect(keys.length).toBeGreaterThan(7)
    for (const { indexdef } of keys) expect(indexdef).toMatch(/\(facility_id[,)]/)
    const plan = await query(url, `EXPLAIN SELECT * FROM entries WHERE facility_id = 'F1' AND position > 5`)
    expect(JSON.stringify(plan).match(/entries_\d+/g)?.length).toBeLessThanOrEqual(2)
  })

  it('refuses to change or delete what was recorded, whoever asks it to', async () => {
    const url = await freshDatabase()
    const store = await openStore(url)
    await store.transaction(FACILITY, (tx) => tx.entries.append([anEntry(1)]))
    for (const statement of [
      `UPDATE entries SET text = '{}'`,
      'UPDATE entries SET position = 9',
      'DELETE FROM entries',
      'TRUNCATE entries',
      'TRUNCATE entries_0, entries_1, entries_2, entries_3, entries_4, entries_5, entries_6, entries_7',
    ])
      await expect(query(url, statement)).rejects.toThrow('never changed or deleted')
  })

  it('is refused when it would not keep what it commits', async () => {
    const url = await freshDatabase()
    const name = new URL(url).pathname.slice(1)
    await query(url, `ALTER DATABASE ${name} SET synchronous_commit = off`)
    await expect(openPostgresStore(url)).rejects.toMatchObject({ reason: 'broken' })
  })

  it('says that it cannot be reached, and that another holds the lock for too long', async () => {
    const url = await freshDatabase()
    await expect(openPostgresStore(url.replace(/:\d+\//, ':1/'))).rejects.toMatchObject({ reason: 'away' })
    await expect(openPostgresStore(`${url}_missing`)).rejects.toMatchObject({ reason: 'away' })
    const store = await openStore(url)
    await store.transaction(FACILITY, (tx) => tx.entries.append([anEntry(1)]))
    const other = new Client({ connectionString: url, options: '-c search_path=xincheng' })
    await other.connect()
    await other.query('BEGIN; SELECT * FROM heads FOR UPDATE')
    await expect(store.transaction(FACILITY, (tx) => tx.entries.append([anEntry(2)]))).rejects.toMatchObject({
      reason: 'busy',
    })
    await other.query('ROLLBACK')
    await other.end()
    expect(await store.transaction(FACILITY, (tx) => tx.entries.append([anEntry(2)]))).toEqual([2])
  })

  it('goes on after the database threw its connections out', async () => {
    const url = await freshDatabase()
    const store = await openStore(url)
    await store.transaction(FACILITY, (tx) => tx.entries.append([anEntry(1)]))
    const throwOut = () =>
      query(
        url,
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      )
    await throwOut()
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await store.transaction(FACILITY, (tx) => tx.entries.append([anEntry(2)]))).toEqual([2])
    const broken = store.transaction(FACILITY, async (tx) => {
      await tx.entries.append([anEntry(3)])
      await throwOut()
      return tx.entries.append([anEntry(4)])
    })
    await expect(broken).rejects.toMatchObject({ reason: 'away' })
    expect(await store.read(FACILITY, (view) => view.entries.headPosition())).toBe(2)
  })

  it('does a transaction again that a deadlock broke', async () => {
    const store = await openStore(await freshDatabase())
    let tries = 0
    const position = await store.transaction(FACILITY, async (tx) => {
      tries += 1
      const given = await tx.entries.append([anEntry(1)])
      if (tries === 1) throw Object.assign(new Error('deadlock detected'), { code: '40P01' })
      return given
    })
    expect([tries, position]).toEqual([2, [1]])
  })
})
