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
const tamper = (sql: string, ...values: unknown[]) => {
  const database = new Database(file())
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
    const database = new Database(file())
    const change = database.prepare('UPDATE entries SET id = ?, text = ? WHERE device_id = ? AND seq = ?')
    for (const [index, { id, text }] of forged.entries.entries())
      change.run(id, text, tablet.joined.deviceId, index + 1)
    database.close()
    expect((await prove()).firstFlaw).toMatchObject({ deviceId: tablet.joined.deviceId, flaw: 'head-unsigned' })
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
