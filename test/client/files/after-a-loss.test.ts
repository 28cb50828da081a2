// Files after something was lost: the site is restored from an older backup, the tablet lost its key with a store, or a journal had no room. All
// without network.
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DeviceDatabase } from '#client/storage/database.ts'
import { createIndexedDbJournal } from '#client/storage/journal.ts'
import { devices } from '#server/ledger/collections.ts'
import { importBatchFile } from '#server/exchange/batch-file/import-file.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { foundTestFacility, startTestServer, testKeys, type TestServer } from '#test/support/test-server.ts'
import { dyingJournal, type JournalFate } from '../support/dying-journal.ts'
import { markAbsent } from '../support/marks.ts'
import type { CallFate } from '../support/site-fetch.ts'
import { seedClass } from '../support/test-class.ts'
import { joinTablet, type TestTablet } from '../support/test-tablet.ts'

const keys = testKeys(seededRandom(21))
let site: TestServer
let tablet: TestTablet
let network: CallFate

async function aSite(epoch: string): Promise<TestServer> {
  const made = await startTestServer({ listens: false, keys: { ...keys, epoch } })
  await foundTestFacility(made)
  await seedClass(made, 9)
  return made
}

beforeEach(async () => {
  network = 'arrives'
  site = await aSite('server-epoch-1')
  tablet = await joinTablet(site, { random: seededRandom(22), fateOf: () => network })
  await tablet.joined.sync.syncNow()
  network = 'lost'
})
afterEach(() => site.stop())

/** Out and back: export, import, read the answer. */
async function carry(to: TestServer = site) {
  const file = await tablet.joined.files.export({ what: 'all' })
  if (!file.ok) throw new Error(file.code)
  const outcome = await importBatchFile(to.context, file.bytes, { onlyTry: false })
  if (!outcome.ok || outcome.value.answer === null) throw new Error(JSON.stringify(outcome))
  const { report, answer } = outcome.value
  return { file, report, read: await tablet.joined.files.readAnswer(answer.bytes), answer }
}

/** A site of the same keys that came back from a backup made before any mark, under the epoch a restore gives it. */
async function restoredSite(): Promise<TestServer> {
  const { facilityId, store } = site.context
  const { deviceId } = tablet.joined.device
  const known = await store.read(facilityId, (view) => devices.get(view, deviceId))
  const restored = await aSite('server-epoch-2')
  await restored.context.store.transaction(facilityId, async (tx) => {
    if (known !== null) await devices.put(tx, deviceId, known.value, 0)
  })
  return restored
}

describe('a site restored from an older backup', () => {
  it('gets by file what it lost, in two rounds', async () => {
    await tablet.joined.ledger.record(markAbsent(1))
    await tablet.joined.ledger.record(markAbsent(2))
    expect((await carry()).read).toMatchObject({ confirmedCount: 2 })
    const old = site
    site = await restoredSite()
    await old.stop()

    await tablet.joined.ledger.record(markAbsent(3))
    const first = await carry()
    expect(first.report).toMatchObject({ problem: 'chain-gap', newCount: 0 })
    expect(first.read).toMatchObject({ problem: 'chain-gap', rewound: true, stillUnsent: 3 })
    const second = await carry()
    expect(second.report).toMatchObject({ problem: null, newCount: 3 })
    expect(second.read).toMatchObject({ confirmedCount: 3, problem: null, stillUnsent: 0 })
  })

  it('is not taken back to by an answer of the time before', async () => {
    await tablet.joined.ledger.record(markAbsent(1))
    const before = await tablet.joined.files.export({ what: 'all' })
    if (!before.ok) throw new Error(before.code)
    const outcome = await importBatchFile(site.context, before.bytes, { onlyTry: false })
    const old = site
    site = await restoredSite()
    await old.stop()
    await carry()
    await carry()
    const late = outcome.ok ? (outcome.value.answer?.bytes ?? new Uint8Array()) : new Uint8Array()
    expect(await tablet.joined.files.readAnswer(late)).toEqual({ ok: false, code: 'batch-file-stale' })
    expect(tablet.joined.ledger.ownWork()).toMatchObject({ unsentCount: 0 })
  })
})

describe('a tablet that lost IndexedDB and with it its key', () => {
  it('hands its records in by file with its new key, and the answer is for the new key', async () => {
    await tablet.joined.ledger.record(markAbsent(1))
    const lost = await carry()
    await tablet.joined.ledger.record(markAbsent(2))
    for (let turn = 0; turn < 40; turn += 1) await new Promise((resolve) => setTimeout(resolve, 2))
    tablet.browser.disk = new IDBFactory()
    await tablet.reload()
    expect(tablet.joined.device.renewalDue).toBe(true)
    expect(await tablet.joined.files.readAnswer(lost.answer.bytes)).toEqual({
      ok: false,
      code: 'batch-file-other-recipient',
    })
    const { report, read, file } = await carry()
    expect(report).toMatchObject({ order: 'next', fileNumber: 1, problem: null, newCount: 1 })
    expect(read).toMatchObject({ problem: null, stillUnsent: 0 })
    // Carried again it renews nothing again and is known.
    const again = await importBatchFile(site.context, file.bytes, { onlyTry: false })
    expect(again.ok && again.value.report).toMatchObject({ order: 'again', newCount: 0, problem: null })
    network = 'arrives'
    await tablet.joined.sync.syncNow()
    expect(tablet.joined.sync.status.trouble).toBe(null)
  })
})

describe('an entry that only the second journal could take', () => {
  it('has a number, so it goes by file like the rest', async () => {
    let fate: JournalFate = 'lives'
    const second = new DeviceDatabase('second-journal', tablet.browser.disk)
    await tablet.reload({
      openJournals: (database) => [dyingJournal(database, () => fate), createIndexedDbJournal(second)],
    })
    fate = 'fails'
    await expect(tablet.joined.ledger.record(markAbsent(1))).rejects.toMatchObject({ code: 'storage-full' })
    fate = 'lives'
    expect(tablet.joined.ledger.ownWork()).toMatchObject({ unsentCount: 1 })
    expect(await tablet.joined.files.count({ what: 'all' })).toMatchObject({ entryCount: 1 })
    expect((await carry()).read).toMatchObject({ confirmedCount: 1, stillUnsent: 0 })
  })
})
