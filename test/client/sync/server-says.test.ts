// What the tablet does when the site answers something else than yes: refusals, gaps, forks, a restored backup, false receipts.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sessionStream } from '#contract/streams.ts'
import type { ActorId } from '#contract/values.ts'
import { PushAnswer } from '#contract/sync.ts'
import { DeviceDatabase } from '#client/storage/database.ts'
import { runAct } from '#server/ledger/perform-act.ts'
import { SERVER_ACTOR } from '#server/ledger/server-context.ts'
import { openSqliteStore } from '#server/storage/sqlite/sqlite-store.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { startTestServer, testKeys } from '#test/support/test-server.ts'
import type { TestServer } from '#test/support/test-server.ts'
import type { TestTransport } from '#test/support/transport.ts'
import { mark, markAbsent } from '../support/marks.ts'
import { CLASS_ID, seedClass, SESSION_ID, traineeIdOf } from '../support/test-class.ts'
import { joinTablet, TEACHER } from '../support/test-tablet.ts'
import type { TestTablet } from '../support/test-tablet.ts'

const STREAM = sessionStream(CLASS_ID, SESSION_ID)
let site: TestServer
let folder: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xincheng-test-'))
  site = await startTestServer({ listens: false })
  await seedClass(site, 8, { withTeacher: true })
})
afterEach(async () => {
  await site.stop()
  rmSync(folder, { recursive: true })
})

async function recordMarks(tablet: TestTablet, ...indexes: number[]): Promise<void> {
  for (const index of indexes) {
    const answer = await tablet.joined.ledger.record(markAbsent(index))
    if (!answer.ok) throw new Error(answer.refusal.code)
  }
}

function problemAnswer(problem: { code: string; status: number; expectSeq?: number }) {
  const body = Buffer.from(JSON.stringify({ type: 'about:blank', title: problem.code, ...problem }))
  return { status: problem.status, headers: { 'content-type': 'application/problem+json' }, body }
}

/** Changes the answer of the push before the tablet sees it. */
function altering(transport: () => TestTransport, change: (answer: PushAnswer) => unknown): TestTransport {
  return async (call) => {
    const answer = await transport()(call)
    if (call.path !== '/api/sync/push' || answer.status !== 200) return answer
    const altered = change(PushAnswer.parse(JSON.parse(Buffer.from(answer.body).toString('utf8'))))
    return { ...answer, body: Buffer.from(JSON.stringify(altered)) }
  }
}

describe('a push', () => {
  it('keeps what the site refuses with its reason, and sends what comes after', async () => {
    const tablet = await joinTablet(site, { random: seededRandom(1) })
    await tablet.joined.sync.syncNow()
    tablet.core.staffActor.value = { ...TEACHER, role: 'administrator' }
    await recordMarks(tablet, 1)
    tablet.core.staffActor.value = TEACHER
    await recordMarks(tablet, 2)
    await tablet.joined.sync.syncNow()
    const work = tablet.joined.ledger.ownWork()
    expect(work).toMatchObject({ unsentCount: 0, refused: [{ seq: 1, code: 'access/not-allowed' }] })
    const { marks } = await tablet.joined.ledger.state('session', STREAM)
    expect(Object.keys(marks)).toEqual([traineeIdOf(2)])
    await tablet.reload()
    expect(tablet.joined.ledger.ownWork().refused).toMatchObject([{ seq: 1 }])
    expect(Object.keys((await tablet.joined.ledger.state('session', STREAM)).marks)).toEqual([traineeIdOf(2)])
  })

  it.each([
    [
      'its signature',
      (answer: PushAnswer) => ({ ...answer, receipt: { ...answer.receipt, signature: 'A'.repeat(86) } }),
      'receipt-wrong',
    ],
    [
      'its position',
      (answer: PushAnswer) => ({ ...answer, receipt: { ...answer.receipt, position: answer.receipt.position + 1 } }),
      'receipt-wrong',
    ],
    ['a verdict', (answer: PushAnswer) => ({ ...answer, verdicts: [] }), 'receipt-wrong'],
    ['its shape', () => ({ verdicts: [] }), 'offline'],
  ])('moves no watermark for a receipt with %s altered', async (_what, change, trouble) => {
    let honest = false
    const transport = altering(
      () => site.transport,
      (answer) => (honest ? answer : change(answer)),
    )
    const tablet = await joinTablet(site, { random: seededRandom(2), transport })
    await tablet.joined.sync.syncNow()
    await recordMarks(tablet, 1, 2)
    await tablet.joined.sync.syncNow()
    expect(tablet.joined.sync.status.trouble).toBe(trouble)
    expect(tablet.joined.ledger.ownWork().unsentCount).toBe(2)
    honest = true
    await tablet.joined.sync.syncNow()
    expect(tablet.joined.ledger.ownWork().unsentCount).toBe(0)
    expect(tablet.joined.sync.status.trouble).toBe(null)
  })

  it('goes back to where the site says a gap begins, and what it has already counts once', async () => {
    const sent: number[] = []
    let gap = false
    const transport: TestTransport = async (call) => {
      if (call.path !== '/api/sync/push' || call.body === null) return site.transport(call)
      const { fromSeq } = JSON.parse(Buffer.from(call.body).toString('utf8').split('\n')[0] ?? '') as {
        fromSeq: number
      }
      sent.push(fromSeq)
      if (!gap) return site.transport(call)
      gap = false
      return problemAnswer({ code: 'chain-gap', status: 409, expectSeq: 1 })
    }
    const tablet = await joinTablet(site, { random: seededRandom(3), transport })
    await tablet.joined.sync.syncNow()
    await recordMarks(tablet, 1)
    await tablet.joined.sync.syncNow()
    gap = true
    await recordMarks(tablet, 2)
    await tablet.joined.sync.syncNow()
    expect(sent).toEqual([1, 2, 1])
    expect(tablet.joined.ledger.ownWork()).toMatchObject({ unsentCount: 0, refused: [] })
    expect(Object.keys((await tablet.joined.ledger.state('session', STREAM)).history)).toHaveLength(2)
  })

  /** An older copy of the disk comes back: it knows nothing of the entry the site has, and records another one in its place. */
  async function forkedTablet(seed: number): Promise<{ tablet: TestTablet; database: DeviceDatabase }> {
    const tablet = await joinTablet(site, { random: seededRandom(seed) })
    await tablet.joined.sync.syncNow()
    await recordMarks(tablet, 1)
    await tablet.joined.sync.syncNow()
    const database = new DeviceDatabase('xincheng-1', tablet.browser.disk)
    await database.journal.clear()
    await database.meta.delete('sync')
    await database.snapshots.clear()
    await database.segments.clear()
    tablet.browser.files.folders.clear()
    tablet.browser.words.clear()
    await tablet.reload()
    tablet.core.staffActor.value = { actorId: traineeIdOf(1) as string as ActorId, role: 'trainee' }
    expect(
      await tablet.joined.ledger.record({ name: 'registerWishes', body: { traineeId: traineeIdOf(1), wishes: [] } }),
    ).toMatchObject({ ok: true })
    await tablet.joined.sync.syncNow()
    return { tablet, database }
  }

  it('stops at a fork, says so, and keeps what is here', async () => {
    const { tablet, database } = await forkedTablet(4)
    expect(tablet.joined.sync.status).toMatchObject({ trouble: 'chain-forked', online: true })
    expect(tablet.joined.ledger.ownWork().unsentCount).toBe(1)
    expect(await database.journal.count()).toBe(1)
  })

  it('[ACC-15] goes on under a new epoch once the quarantine is lifted, and what only it has arrives', async () => {
    const { tablet, database } = await forkedTablet(5)
    const { deviceId, epoch } = tablet.joined.device
    const other = await tablet.openWindow()
    const before = other.joined.value
    const lifted = await runAct(site.context, SERVER_ACTOR, 'liftQuarantine', { deviceId, epoch })
    expect(lifted).toMatchObject({ ok: true })
    await tablet.joined.sync.syncNow()
    expect(tablet.joined.device.epoch).not.toBe(epoch)
    // Another window goes on in the new chain too.
    await vi.waitFor(() => expect(other.joined.value?.ledger.lock).not.toBe(before?.ledger.lock))
    expect(other.joined.value?.device.epoch).toBe(tablet.joined.device.epoch)
    await tablet.joined.sync.syncNow()
    expect(tablet.joined.sync.status.trouble).toBe(null)
    expect(tablet.joined.ledger.ownWork()).toMatchObject({ unsentCount: 0, ownCount: 1, refused: [] })
    // The former chain stays on the disk beside the new one.
    expect(await database.journal.count()).toBe(2)
    const watcher = await site.join('office')
    const own = (await watcher.pullAll())
      .map(({ text }) => JSON.parse(text) as { deviceId: string; epoch: string; kind: string })
      .filter((entry) => entry.deviceId === deviceId)
    expect(own.map(({ kind }) => kind)).toEqual(['attendance.marked.v1', 'enrollment.wishes-registered.v2'])
    await tablet.reload()
    expect(tablet.joined.device.epoch).toBe(own[1]?.epoch)
    await recordMarks(tablet, 2)
    await tablet.joined.sync.syncNow()
    expect(tablet.joined.ledger.ownWork()).toMatchObject({ unsentCount: 0, ownCount: 2 })
  })
})

describe('a site restored from a backup', () => {
  it('gets back every entry it lacks, once each', async () => {
    const keys = testKeys(seededRandom(77))
    const file = join(folder, 'ledger.sqlite')
    const open = async (path: string, epoch: string) =>
      startTestServer({ listens: false, keys: { ...keys, epoch }, store: await openSqliteStore(path) })
    let current = await open(file, keys.epoch)
    await seedClass(current, 8, { withTeacher: true })
    const tablet = await joinTablet(current, { random: seededRandom(6), transport: (call) => current.transport(call) })
    await tablet.joined.sync.syncNow()
    await recordMarks(tablet, 1, 2)
    await tablet.joined.sync.syncNow()
    await current.stop()
    copyFileSync(file, `${file}.backup`)

    current = await open(file, keys.epoch)
    await recordMarks(tablet, 3, 4)
    await tablet.joined.sync.syncNow()
    expect(tablet.joined.ledger.ownWork().unsentCount).toBe(0)
    await current.stop()

    current = await open(`${file}.backup`, 'restored-0001')
    await tablet.joined.ledger.record(mark(5, 'late'))
    await tablet.joined.sync.syncNow()
    expect(tablet.joined.sync.status.trouble).toBe(null)
    expect(tablet.joined.ledger.ownWork()).toMatchObject({ unsentCount: 0, refused: [] })
    const watcher = await current.join('office')
    const own = (await watcher.pullAll())
      .map(({ text }) => JSON.parse(text) as { deviceId: string; seq: number })
      .filter(({ deviceId }) => deviceId === tablet.joined.device.deviceId)
    expect(own.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])
    expect(Object.keys((await tablet.joined.ledger.state('session', STREAM)).marks)).toHaveLength(5)
    await current.stop()
  })
})
