// What a tablet drops from its journals: only what is safe at the server whatever happens to it, in both stores, and never the end of its chain.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { PushAnswer } from '#contract/sync.ts'
import { sessionStream } from '#contract/streams.ts'
import type { Instant } from '#contract/values.ts'
import { pruneUpTo } from '#client/ledger/prune-journals.ts'
import { freshSyncState } from '#client/ledger/confirm-entries.ts'
import { receiptsOf, receiptsText } from '#client/ledger/receipts-file.ts'
import { DeviceDatabase } from '#client/storage/database.ts'
import { createSecondStore } from '#client/storage/second-store.ts'
import { isSignedBy } from '#client/sync/device-signer.ts'
import { chainEnds, noteProvedBackup } from '#server/ledger/proved-backups.ts'
import { openSqliteStore } from '#server/storage/sqlite/sqlite-store.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { startTestServer, testKeys } from '#test/support/test-server.ts'
import type { TestServer } from '#test/support/test-server.ts'
import type { TestTransport } from '#test/support/transport.ts'
import { mark } from '../support/marks.ts'
import { CLASS_ID, seedClass, SESSION_ID } from '../support/test-class.ts'
import { joinTablet } from '../support/test-tablet.ts'
import type { TestTablet } from '../support/test-tablet.ts'

const STREAM = sessionStream(CLASS_ID, SESSION_ID)
const KEYS = testKeys(seededRandom(77))
const WORDS = ['absent', 'late', 'excused', 'leftEarly'] as const
let folder: string
let file: string
let site: TestServer
let tablet: TestTablet
let taps = 0
let tamper: (answer: PushAnswer) => PushAnswer = (answer) => answer

const open = async (path: string, epoch = KEYS.epoch) =>
  startTestServer({ listens: false, keys: { ...KEYS, epoch }, store: await openSqliteStore(path) })

const transport: TestTransport = async (call) => {
  const answer = await site.transport(call)
  if (call.path !== '/api/sync/push' || answer.status !== 200) return answer
  const read = PushAnswer.parse(JSON.parse(Buffer.from(answer.body).toString('utf8')))
  return { ...answer, body: Buffer.from(JSON.stringify(tamper(read))) }
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xincheng-test-'))
  file = join(folder, 'ledger.sqlite')
  tamper = (answer) => answer
  taps = 0
  site = await open(file)
  await seedClass(site, 8, { withTeacher: true })
  const more = { journalKeeps: { newest: 3, step: 4 } }
  tablet = await joinTablet(site, { random: seededRandom(6), transport, more })
  await tablet.joined.sync.syncNow()
})
afterEach(async () => {
  await site.stop()
  rmSync(folder, { recursive: true })
})

async function tap(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const answer = await tablet.joined.ledger.record(mark(1 + (taps % 8), WORDS[Math.floor(taps / 8) % 4] ?? 'late'))
    if (!answer.ok) throw new Error(answer.refusal.code)
    taps += 1
  }
}

async function sent(count: number): Promise<void> {
  await tap(count)
  await tablet.joined.sync.syncNow()
  expect(tablet.joined.ledger.ownWork()).toMatchObject({ unsentCount: 0 })
}

const proved = async (day: number): Promise<void> => {
  const { store, facilityId } = site.context
  const ends = await store.read(facilityId, (view) => chainEnds(view, site.context))
  const moment = `2026-11-0${String(day)}T18:30:00.000Z` as Instant
  await store.transaction(facilityId, (tx) => noteProvedBackup(tx, moment, ends, [moment]))
}

/** The seqs that lie in each of the two journals. */
async function kept(): Promise<readonly [number[], number[]]> {
  const { epoch } = tablet.joined.device
  const database = new DeviceDatabase('xincheng-1', tablet.browser.disk)
  const first = (await database.journal.toArray()).map(({ seq }) => seq)
  database.close()
  const reader = {}
  tablet.browser.files.letGo({})
  for (const files of tablet.browser.files.folders.values()) for (const one of files.values()) one.owner = null
  const { journal } = createSecondStore(tablet.browser.files.sourceFor(reader).files('xincheng-1'))
  const second = (await journal.read(epoch, 1)).map(({ seq }) => seq)
  await journal.release()
  await tablet.reload()
  return [first, second]
}

async function marksShown(): Promise<number> {
  const { history } = await tablet.joined.ledger.state('session', STREAM)
  return Object.values(history).flat().length
}

const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index)

async function seqsAtSite(): Promise<readonly number[]> {
  const watcher = await site.join('office')
  return (await watcher.pullAll())
    .map(({ text }) => JSON.parse(text) as { deviceId: string; seq: number })
    .filter(({ deviceId }) => deviceId === tablet.joined.device.deviceId)
    .map(({ seq }) => seq)
}

it('[SYN-2] never what is merely acknowledged', async () => {
  await sent(12)
  expect(await kept()).toEqual([from(1, 12), from(1, 12)])
})

it('[SYN-2] what is safe, in both stores, and the chain goes on over reloads and losses of either', async () => {
  await sent(10)
  await proved(1)
  await sent(2)
  expect(tablet.joined.ledger.ownWork().state).toMatchObject({ safeSeq: 10, pruned: 9 })
  expect(await kept()).toEqual([from(10, 12), from(10, 12)])
  await sent(1)
  // IndexedDB is lost and built anew from the files; then the files, from IndexedDB.
  tablet.browser.disk = new IDBFactory()
  await tablet.reload()
  await sent(1)
  tablet.browser.files.folders.clear()
  await tablet.reload()
  await sent(1)
  expect(await kept()).toEqual([from(10, 15), from(10, 15)])
  expect(await seqsAtSite()).toEqual(from(1, 15))
  expect(await marksShown()).toBe(15)
})

it('[SYN-2] what was left in the files may be damaged: it is not taken for a whole chain, and given anew', async () => {
  await sent(10)
  await proved(1)
  await sent(2)
  await sent(2)
  for (const [name, one] of tablet.browser.files.folders.get('xincheng-1') ?? [])
    if (name.startsWith('journal-left')) one.bytes = one.bytes.slice(0, 40)
  await tablet.reload()
  await sent(1)
  expect(await kept()).toEqual([from(10, 15), from(10, 15)])
})

it('[SYN-3] the receipts of both epochs of the server are kept, and each proves itself', async () => {
  await sent(3)
  await site.stop()
  site = await open(file, 'restored-0001')
  await tablet.joined.sync.syncNow()
  await sent(2)
  await tablet.reload()
  const { device, ledger } = tablet.joined
  const saved = JSON.parse(receiptsText(device, receiptsOf(ledger.ownWork().state))) as {
    serverPublicKey: string
    receipts: { text: string; signature: string; lastSeq: number; serverEpoch: string }[]
  }
  expect(saved.receipts.map(({ lastSeq, serverEpoch }) => [lastSeq, serverEpoch])).toEqual([
    [3, KEYS.epoch],
    [5, 'restored-0001'],
  ])
  for (const { text, signature } of saved.receipts)
    expect(await isSignedBy(saved.serverPublicKey, text, signature)).toBe(true)
  expect(
    await isSignedBy(saved.serverPublicKey, `${saved.receipts[0]?.text ?? ''}0`, saved.receipts[0]?.signature ?? ''),
  ).toBe(false)
})

it('[SYN-2] nothing on the word of somebody who is not the server', async () => {
  await sent(10)
  tamper = (answer) => ({ ...answer, safe: { safeSeq: 10, signature: answer.receipt.signature } })
  await sent(2)
  expect(tablet.joined.sync.status.trouble).toBe(null)
  expect(await kept()).toEqual([from(1, 12), from(1, 12)])
})

it('[SYN-2] a server put back from the oldest kept backup gets everything it lacks', async () => {
  await sent(10)
  await site.stop()
  copyFileSync(file, `${file}.backup`)
  site = await open(file)
  await proved(1)
  await sent(4)
  expect(tablet.joined.ledger.ownWork().state.pruned).toBe(10)
  await tap(1)
  await site.stop()
  site = await open(`${file}.backup`, 'restored-0001')
  await tablet.joined.sync.syncNow()
  expect(tablet.joined.sync.status.trouble).toBe(null)
  expect(tablet.joined.ledger.ownWork()).toMatchObject({ unsentCount: 0, ownCount: 15, refused: [] })
  expect(await seqsAtSite()).toEqual(from(1, 15))
  expect(await marksShown()).toBe(15)
})

it('[SYN-2] a server older than every backup it promised is told of the gap; nothing here is lost or sent in a ring', async () => {
  await site.stop()
  copyFileSync(file, `${file}.backup`)
  site = await open(file)
  await sent(10)
  await proved(1)
  await sent(2)
  await site.stop()
  site = await open(`${file}.backup`, 'restored-0001')
  await tablet.joined.sync.syncNow()
  expect(tablet.joined.sync.status.trouble).toBe('chain-gap')
  expect(await kept()).toEqual([from(10, 12), from(10, 12)])
})

it('[SYN-2] not what is pending, held, or refused without its author’s knowledge, and never the last link', () => {
  const safe = { ...freshSyncState('E1'), watermark: 100, safeSeq: 100 }
  const keeps = { newest: 0, step: 0 }
  const no = {
    epoch: 'E',
    seq: 40,
    id: 'x' as never,
    code: 'malformed',
    refusedAt: '2026-11-01T00:00:00.000Z' as Instant,
  }
  expect(pruneUpTo(safe, 100, [], keeps)).toBe(99)
  expect(pruneUpTo({ ...safe, watermark: 70 }, 100, [], keeps)).toBe(70)
  expect(
    pruneUpTo({ ...safe, acked: [{ fromSeq: 30, toSeq: 30, position: null, rising: false }] }, 100, [], keeps),
  ).toBe(29)
  expect(pruneUpTo(safe, 100, [no], keeps)).toBe(39)
  expect(pruneUpTo(safe, 100, [{ ...no, dismissedAt: no.refusedAt }], keeps)).toBe(99)
  expect(pruneUpTo({ ...safe, safeSeq: 0 }, 100, [], keeps)).toBe(null)
  expect(pruneUpTo(safe, 100, [])).toBe(null)
})
