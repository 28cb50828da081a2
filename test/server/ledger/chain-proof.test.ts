// A ledger proves itself, and rebuilt equals live.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StreamFamily } from '#contract/streams.ts'
import { signingKeyOf } from '#server/ledger/ed25519.ts'
import { rebuildProjections } from '#server/ledger/project.ts'
import { verifyLedger } from '#server/ledger/verify-chain.ts'
import { EMPTY_HEAD, linkOf, nextHead } from '#server/storage/arrival-chain.ts'
import type { LedgerReader } from '#server/storage/ledger-store.ts'
import { openSqliteStore } from '#server/storage/sqlite/sqlite-store.ts'
import { admitTestTrainees, foundTestFacility, startTestServer, type TestServer } from '#test/support/test-server.ts'
import { type TestDevice, valueOf } from '#test/support/test-device.ts'
import { makeTestChain } from '#test/support/test-chain.ts'
import { aMark, marks } from '#test/support/test-lesson.ts'

let folder: string
let server: TestServer
let tablet: TestDevice
const file = () => join(folder, 'ledger.sqlite')

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xincheng-proof-'))
  server = await startTestServer({ store: await openSqliteStore(file()), listens: false })
  await foundTestFacility(server)
  await admitTestTrainees(server, ['T1', 'T2'])
  tablet = await server.join('instructor')
  for (const draft of marks(30)) tablet.chain.record(draft)
  tablet.chain.record(aMark('T1', { actorId: 'NOBODY' }))
  tablet.chain.record({ ...aMark('T1'), kind: 'attendance.sketched.v9', body: {} })
  tablet.chain.record(aMark('T5', { minutes: 15 }))
  valueOf(await tablet.pushAll(1, 10))
})
afterEach(async () => {
  await server.stop()
  rmSync(folder, { recursive: true })
})

const read = <Value>(work: (view: LedgerReader) => Promise<Value>) =>
  server.context.store.read(server.context.facilityId, work)
const prove = () => read((view) => verifyLedger(view, server.context.serverKeys))
/** As somebody who has the file does it: past the guards. */
const openUnguarded = () => {
  const database = new Database(file())
  database.exec('DROP TRIGGER IF EXISTS entries_stay; DROP TRIGGER IF EXISTS entries_remain')
  return database
}
const tamper = (sql: string, ...values: unknown[]) => {
  const database = openUnguarded()
  database.prepare(sql).run(...values)
  database.close()
}
const positionOfSeq = async (seq: number) =>
  (await read((view) => view.entries.ofDevice(tablet.joined.deviceId, tablet.chain.epoch, seq, 1)))[0]?.position ?? null

describe('the proof of a ledger', () => {
  it('holds for what was accepted, refused and held', async () => {
    const { firstFlaw, entryCount, position } = await prove()
    expect(firstFlaw).toBeNull()
    expect(entryCount).toBe(position + 2)
  })

  it('finds an altered text at its position', async () => {
    const position = await positionOfSeq(7)
    tamper(`UPDATE entries SET text = replace(text, 'absent', 'excused') WHERE position = ?`, position)
    expect((await prove()).firstFlaw).toMatchObject({ position, seq: 7, flaw: 'altered' })
  })

  it('finds an altered refused entry, which has no position', async () => {
    tamper(`UPDATE entries SET text = replace(text, 'NOBODY', 'TEACHER') WHERE verdict = 'refused'`)
    expect((await prove()).firstFlaw).toMatchObject({
      position: null,
      deviceId: tablet.joined.deviceId,
      seq: 31,
      flaw: 'altered',
    })
  })

  it('finds an entry taken out of the middle, and one taken off the end', async () => {
    const middle = await positionOfSeq(3)
    const last = await positionOfSeq(33)
    tamper('DELETE FROM entries WHERE position = ?', last)
    expect((await prove()).firstFlaw).toMatchObject({ position: last, flaw: 'missing' })
    tamper('DELETE FROM entries WHERE position = ?', middle)
    expect((await prove()).firstFlaw).toMatchObject({ position: middle, flaw: 'missing' })
  })

  it('finds a chain that was hashed again from a changed entry on, for nobody can sign its head', async () => {
    const forged = makeTestChain(tablet.joined, signingKeyOf(Buffer.alloc(32, 3)), tablet.chain.epoch)
    for (const { text } of tablet.chain.entries) forged.recordText(text.replace('"T4"', '"T5"'))
    const database = openUnguarded()
    const change = database.prepare('UPDATE entries SET id = ?, text = ? WHERE device_id = ? AND seq = ?')
    for (const [index, { id, text }] of forged.entries.entries())
      change.run(id, text, tablet.joined.deviceId, index + 1)
    let head = EMPTY_HEAD
    for (const entry of await read((view) => view.entries.byArrival(0, 10_000))) {
      head = nextHead(head, entry, entry.verdict).head
      database.prepare('UPDATE entries SET link = ? WHERE arrival = ?').run(linkOf(head.hash), entry.arrival)
    }
    database.prepare('UPDATE heads SET hash = ?').run(head.hash)
    database.close()
    expect((await prove()).firstFlaw).toMatchObject({ deviceId: tablet.joined.deviceId, flaw: 'head-unsigned' })
  })

  it('finds two entries that changed places, and a position given to another entry', async () => {
    const [one, other] = [await positionOfSeq(4), await positionOfSeq(9)]
    tamper('UPDATE entries SET position = -position WHERE position IN (?, ?)', one, other)
    tamper('UPDATE entries SET position = ? WHERE position = -?', other, one)
    tamper('UPDATE entries SET position = ? WHERE position = -?', one, other)
    expect((await prove()).firstFlaw).toMatchObject({ position: one, flaw: 'moved' })
  })

  it('finds entries of two devices that changed places with all their numbers', async () => {
    // The server's own entry comes right after the tablet's last one.
    await server.join('kiosk')
    expect((await prove()).firstFlaw).toBeNull()
    const { position, arrival } = await read((view) => view.entries.head())
    for (const [column, last] of Object.entries({ position, arrival })) {
      tamper(`UPDATE entries SET ${column} = -1 WHERE ${column} = ?`, last - 1)
      tamper(`UPDATE entries SET ${column} = ? WHERE ${column} = ?`, last - 1, last)
      tamper(`UPDATE entries SET ${column} = ? WHERE ${column} = -1`, last)
    }
    expect((await prove()).firstFlaw).toMatchObject({ position: position - 1, flaw: 'moved' })
  })

  it('finds a verdict that was turned round, and the reason of a refusal', async () => {
    tamper(`UPDATE entries SET code = 'malformed' WHERE verdict = 'refused'`)
    expect((await prove()).firstFlaw).toMatchObject({ seq: 31, flaw: 'moved' })
  })

  it('finds an entry that was put in, wherever it pretends to have come', async () => {
    const columns = 'facility_id, device_id, epoch, stream, id, verdict, code, position, text'
    for (const [seq, arrival] of [
      [900, 'NULL'],
      [901, '-5'],
      [902, '(SELECT max(arrival) + 1 FROM entries)'],
    ] as const) {
      tamper(
        `INSERT INTO entries (${columns}, seq, arrival, link) SELECT facility_id, device_id, epoch, stream, id, 'held', NULL, NULL, text, ${seq}, ${arrival}, '' FROM entries WHERE verdict = 'held'`,
      )
      expect((await prove()).firstFlaw, arrival).not.toBeNull()
      tamper('DELETE FROM entries WHERE seq = ?', seq)
      expect((await prove()).firstFlaw).toBeNull()
    }
  })

  it('holds for a held entry that was settled later, and finds it altered', async () => {
    await server.context.store.transaction(server.context.facilityId, async (tx) => {
      const [held] = await tx.entries.held()
      if (held !== undefined) await tx.entries.settleHeld(held, { status: 'recorded' })
    })
    await server.join('kiosk')
    expect((await prove()).firstFlaw).toBeNull()
    tamper('UPDATE entries SET settled = settled + 1 WHERE settled IS NOT NULL')
    expect((await prove()).firstFlaw).not.toBeNull()
  })

  it('cannot be changed by a statement that comes past the program', () => {
    const database = new Database(file())
    for (const statement of [
      `UPDATE entries SET text = '{}'`,
      `UPDATE entries SET verdict = 'recorded' WHERE verdict = 'refused'`,
    ])
      expect(() => database.exec(statement)).toThrow('never changed')
    expect(() => database.exec('DELETE FROM entries WHERE position = 1')).toThrow('never deleted')
    database.close()
  })

  it('finds an entry moved to another stream', async () => {
    const position = await positionOfSeq(2)
    tamper(`UPDATE entries SET stream = 'class/C9/session/L1' WHERE position = ?`, position)
    expect((await prove()).firstFlaw).toMatchObject({ position, flaw: 'not-an-entry' })
  })
})

describe('stored states', () => {
  const FAMILIES: readonly StreamFamily[] = [
    'facility',
    'provider',
    'staff',
    'device',
    'trainee',
    'wishes',
    'class',
    'roster',
    'session',
    'assessment',
    'certificates',
    'room',
    'catalogue',
  ]
  const allStates = () =>
    read(async (view) => (await Promise.all(FAMILIES.map((family) => view.states.list(family)))).flat())

  it('are the same rebuilt as live', async () => {
    const live = await allStates()
    expect(live.length).toBeGreaterThan(6)
    const folded = await server.context.store.transaction(server.context.facilityId, rebuildProjections)
    expect(folded).toBe(await read((view) => view.entries.headPosition()))
    expect(await allStates()).toEqual(live)
  })

  it('are one value a stream, however many entries it has', async () => {
    const sessions = await read((view) => view.states.list('session'))
    expect(sessions.map(({ stream }) => stream)).toEqual(['class/C1/session/L1'])
    expect(sessions[0]?.position).toBe(await positionOfSeq(33))
  })
})
