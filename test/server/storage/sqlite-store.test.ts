import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import type { FacilityId } from '#contract/values.ts'
import type { LedgerStore } from '#server/storage/ledger-store.ts'
import { openDatabase } from '#server/storage/sqlite/open-database.ts'
import { openSqliteStore } from '#server/storage/sqlite/sqlite-store.ts'
import { describeLedgerStore } from './ledger-store.suite.ts'

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
