import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { afterEach, describe, expect, it } from 'vitest'
import type { DeviceId, FacilityId, Hash } from '#contract/values.ts'
import { copyLedger } from '#server/ledger/copy-ledger.ts'
import type { LedgerStore, NewEntry } from '#server/storage/ledger-store.ts'
import { makeMemoryStore } from '#server/storage/memory/memory-store.ts'
import { up as makeLedgerTables } from '#server/storage/migrations/0001-ledger.ts'
import { openDatabase } from '#server/storage/sqlite/open-database.ts'
import { openSqliteStore, sqliteStoreOver } from '#server/storage/sqlite/sqlite-store.ts'
import { describeLedgerStore } from './ledger-store.suite.ts'

const FACILITY = 'F1' as FacilityId
const folders: string[] = []
const stores: LedgerStore[] = []

async function openStore(file: string) {
  const store = await openSqliteStore(file)
  stores.push(store)
  return store
}

function aFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'xincheng-store-'))
  folders.push(folder)
  return join(folder, 'ledger.sqlite')
}

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

describeLedgerStore('sqlite', async () => {
  const file = aFile()
  const store = await openStore(file)
  return {
    store,
    reopen: async () => {
      await store.close()
      return openStore(file)
    },
  }
})

describe('sqlite: the file', () => {
  it('writes through to the disk on every opening, not only the first', async () => {
    const file = aFile()
    for (const _opening of [1, 2, 3]) {
      const database = openDatabase(file)
      database.exec('CREATE TABLE IF NOT EXISTS t (x)')
      expect(database.pragma('synchronous', { simple: true })).toBe(2)
      expect(database.pragma('journal_mode', { simple: true })).toBe('wal')
      database.close()
    }
  })

  it('refuses to start on a damaged file', async () => {
    const file = aFile()
    writeFileSync(file, 'this is not a database, and long enough to be read as a header of one'.repeat(20))
    await expect(openSqliteStore(file)).rejects.toMatchObject({ reason: 'broken' })
  })

  it('refuses to start on a file with a damaged page', async () => {
    const file = aFile()
    const store = await openStore(file)
    await store.transaction('F1' as FacilityId, async (tx) => {
      for (let key = 0; key < 400; key += 1) await tx.records.put('vault', `k${key}`, 'x'.repeat(400), 0)
    })
    await store.close()
    const database = new Database(file)
    const pageSize = Number(database.pragma('page_size', { simple: true }))
    database.close()
    const handle = openSync(file, 'r+')
    writeSync(handle, Buffer.alloc(pageSize * 4, 0xa5), 0, pageSize * 4, pageSize * 12)
    closeSync(handle)
    await expect(openSqliteStore(file)).rejects.toMatchObject({ reason: 'broken' })
  })

  it('refuses to start where the file system cannot keep a log beside the file', () => {
    // A database in memory takes every setting but this one: what is read back decides, not what was asked for.
    expect(() => openDatabase(':memory:')).toThrow(/broken/)
  })

  it('writes nothing half on a full disk, still reads, and goes on when there is room', async () => {
    const file = aFile()
    await (await openStore(file)).close()
    const database = openDatabase(file)
    const store = sqliteStoreOver(database)
    stores.push(store)
    const entry = (seq: number): NewEntry => ({
      id: String(seq).padStart(64, '0') as Hash,
      stream: 'class/C1',
      deviceId: 'D1' as DeviceId,
      epoch: 'e',
      seq,
      text: 'x'.repeat(4000),
      verdict: { status: 'recorded' },
    })
    const push = (from: number, count: number) =>
      store.transaction(FACILITY, async (tx) => {
        await tx.records.put('chain', 'head', { lastSeq: from }, from === 1 ? 0 : 1)
        return tx.entries.append(Array.from({ length: count }, (_, index) => entry(from + index)))
      })
    await push(1, 5)
    const pages = Number(database.pragma('page_count', { simple: true }))
    database.pragma(`max_page_count = ${pages + 10}`)
    await expect(push(6, 200)).rejects.toMatchObject({ reason: 'full' })
    const seen = await store.read(FACILITY, async (view) => ({
      head: (await view.entries.head()).arrival,
      count: await view.entries.count(),
      record: (await view.records.get('chain', 'head'))?.revision,
    }))
    expect(seen).toEqual({ head: 5, count: 5, record: 1 })
    database.pragma('max_page_count = 1000000')
    expect((await push(6, 200)).at(-1)).toBe(205)
  })

  it('refuses to change or delete what was recorded', async () => {
    const file = aFile()
    await (await openStore(file)).close()
    const database = openDatabase(file)
    database.exec(
      `INSERT INTO entries (facility_id, device_id, epoch, seq, id, stream, verdict, position, text, arrival, link)
       VALUES ('F1', 'D1', 'e', 1, 'i', 's', 'recorded', 1, '{}', 1, 'l')`,
    )
    expect(() => database.exec(`UPDATE entries SET text = ''`)).toThrow('never changed')
    expect(() => database.exec('DELETE FROM entries')).toThrow('never deleted')
    database.close()
  })

  it('brings a file of the first version to the order of events, held entries settled later included', async () => {
    const file = aFile()
    const database = openDatabase(file)
    const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) })
    const first = { '0001-ledger': { up: makeLedgerTables } }
    await new Migrator({ db, provider: { getMigrations: async () => first } }).migrateToLatest()
    const insert = database.prepare(
      `INSERT INTO entries (facility_id, device_id, epoch, seq, id, stream, root, verdict, code, position, text) VALUES ('F1', 'D1', 'e', ?, ?, 'class/C1', 'class', ?, ?, ?, ?)`,
    )
    for (const [seq, verdict, code, position] of [
      [1, 'recorded', null, 1],
      [2, 'recorded', null, 3],
      [3, 'refused', 'malformed', null],
      [4, 'recorded', null, 2],
      [5, 'held', null, null],
      [6, 'recorded', null, 4],
    ])
      insert.run(seq, String(seq).padStart(64, '0'), verdict, code, position, `{"seq":${String(seq)}}`)
    database.exec(`INSERT INTO heads (facility_id, position) VALUES ('F1', 4)`)
    database.close()
    const store = await openStore(file)
    const { rows, head } = await store.read(FACILITY, async (view) => ({
      rows: await view.entries.byArrival(0, 10),
      head: await view.entries.head(),
    }))
    expect(rows.map(({ seq, arrival, settled, position }) => [seq, arrival, settled, position])).toEqual([
      [1, 1, null, 1],
      [2, 2, 5, 3],
      [3, 3, null, null],
      [4, 4, null, 2],
      [5, 6, null, null],
      [6, 7, null, 4],
    ])
    // The same events played into a new store come out the same.
    const copy = makeMemoryStore()
    await store.read(FACILITY, (view) => copy.transaction(FACILITY, (tx) => copyLedger(view, tx)))
    expect(await copy.read(FACILITY, (view) => view.entries.head())).toEqual(head)
  })

  it('says that another process holds the file, and keeps working afterwards', async () => {
    const file = aFile()
    const store = await openStore(file)
    const other = new Database(file, { timeout: 0 })
    other.exec('BEGIN IMMEDIATE')
    const blocked = store.transaction('F1' as FacilityId, (tx) => tx.records.put('a', 'b', 1, 0))
    await expect(blocked).rejects.toMatchObject({ reason: 'busy' })
    other.exec('ROLLBACK')
    other.close()
    expect(await store.transaction('F1' as FacilityId, (tx) => tx.records.put('a', 'b', 1, 0))).toBe(1)
  })
})
