// Tablet, file, site, answer, tablet: the way of one day's records where no network goes.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { frameBatchFile } from '#contract/batch-file.ts'
import { sessionStream } from '#contract/streams.ts'
import type { ReadAnswer } from '#client/files/file-work.ts'
import { importBatchFile } from '#server/exchange/batch-file/import-file.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { foundTestFacility, startTestServer } from '#test/support/test-server.ts'
import type { TestServer } from '#test/support/test-server.ts'
import type { CallFate } from '../support/site-fetch.ts'
import { markAbsent, mark } from '../support/marks.ts'
import { CLASS_ID, seedClass, SESSION_ID, traineeIdOf } from '../support/test-class.ts'
import { nameOf, seedPeople } from '../support/test-people.ts'
import { joinTablet, TEACHER, type TestTablet } from '../support/test-tablet.ts'

const STREAM = sessionStream(CLASS_ID, SESSION_ID)
let site: TestServer
let network: CallFate
let tablet: TestTablet

beforeEach(async () => {
  site = await startTestServer({ listens: false })
  await foundTestFacility(site)
  await seedClass(site, 10)
  await seedPeople(site, 3)
  network = 'arrives'
  tablet = await joinTablet(site, { random: seededRandom(7), purpose: 'instructor', fateOf: () => network })
})
afterEach(() => site.stop())

async function exported(choice: Parameters<TestTablet['joined']['files']['export']>[0] = { what: 'all' }) {
  const file = await tablet.joined.files.export(choice)
  if (!file.ok) throw new Error(`no file: ${file.code}`)
  return file
}

async function imported(bytes: Uint8Array, onlyTry = false) {
  const outcome = await importBatchFile(site.context, bytes, { onlyTry })
  if (!outcome.ok) throw new Error(`not imported: ${outcome.problem.code}`)
  return outcome.value
}

async function answerOf(bytes: Uint8Array): Promise<Uint8Array> {
  const { answer } = await imported(bytes)
  if (answer === null) throw new Error('no answer')
  return answer.bytes
}

async function read(bytes: Uint8Array): Promise<ReadAnswer> {
  const answer = await tablet.joined.files.readAnswer(bytes)
  if (!answer.ok) throw new Error(`not read: ${answer.code}`)
  return answer
}

/** A round by network, then none any more. */
async function syncThenLoseNetwork(): Promise<void> {
  await tablet.joined.sync.syncNow()
  network = 'lost'
}

describe('a tablet without network', () => {
  it('[FIL-2] that only ever joined gets its classes, people and receipts by file', async () => {
    network = 'lost'
    const first = await read(await answerOf((await exported()).bytes))
    expect(first).toMatchObject({ confirmedCount: 0, problem: null, stillUnsent: 0 })
    expect(first.newPositions).toBeGreaterThan(10)
    expect((await tablet.joined.ledger.state('roster', `class/${CLASS_ID}/roster`)).members).toHaveLength(10)

    await tablet.joined.ledger.record(markAbsent(3))
    await tablet.joined.ledger.record(markAbsent(4))
    const file = await exported()
    expect(file).toMatchObject({ entryCount: 2, more: false })
    expect(file.fileName).toMatch(/^XCB-[0-9a-f]{8}-2\.xcb$/)
    // An export is no receipt.
    expect(tablet.joined.ledger.ownWork().unsentCount).toBe(2)

    const { report, answer } = await imported(file.bytes)
    expect(report).toMatchObject({
      written: true,
      order: 'next',
      newCount: 2,
      knownCount: 0,
      refusedCount: 0,
      problem: null,
    })
    expect(answer?.fileName).toMatch(/^XCB-[0-9a-f]{8}-R2\.xcb$/)
    expect(await read(answer?.bytes ?? new Uint8Array())).toMatchObject({
      confirmedCount: 2,
      refusedCount: 0,
      stillUnsent: 0,
    })
    const { marks } = await tablet.joined.ledger.state('session', STREAM)
    expect(marks[traineeIdOf(3)]).toMatchObject({ mark: 'absent', pending: false })
  })

  it('reads names after an answer, and they travel sealed', async () => {
    network = 'lost'
    const bytes = await answerOf((await exported()).bytes)
    expect(Buffer.from(bytes).includes(nameOf(1))).toBe(false)
    await read(bytes)
    expect((await tablet.joined.files.count({ what: 'all' })).notesCount).toBe(0)
    const { readAnswer } = tablet.joined.files
    expect(await readAnswer(bytes)).toMatchObject({ ok: true, again: true })
  })

  it('may try a file out first, and nothing is written by that', async () => {
    await syncThenLoseNetwork()
    await tablet.joined.ledger.record(markAbsent(1))
    const { bytes } = await exported()
    const before = await site.context.store.read(site.context.facilityId, (view) => view.entries.head())
    const tried = await imported(bytes, true)
    expect(tried).toMatchObject({ report: { written: false, order: 'next', newCount: 1 }, answer: null })
    expect(await site.context.store.read(site.context.facilityId, (view) => view.entries.head())).toEqual(before)
    expect((await imported(bytes)).report).toMatchObject({ written: true, order: 'next', newCount: 1 })
  })

  it('[FIL-1] may have the same file imported twice, and files in the wrong order: nothing changes by that', async () => {
    await syncThenLoseNetwork()
    await tablet.joined.ledger.record(markAbsent(1))
    const one = await exported()
    await tablet.joined.ledger.record(markAbsent(2))
    const two = await exported()
    expect((await imported(two.bytes)).report).toMatchObject({ order: 'skipped', newCount: 2 })
    const older = await imported(one.bytes)
    expect(older.report).toMatchObject({ order: 'older', newCount: 0, knownCount: 1 })
    expect((await imported(two.bytes)).report).toMatchObject({ order: 'again', newCount: 0, knownCount: 2 })
    const late = await imported(two.bytes)
    // Whichever answer comes first serves it whole; the older one after it says so.
    expect(await read(late.answer?.bytes ?? new Uint8Array())).toMatchObject({ confirmedCount: 2, stillUnsent: 0 })
    expect(await tablet.joined.files.readAnswer(older.answer?.bytes ?? new Uint8Array())).toEqual({
      ok: false,
      code: 'batch-file-older',
    })
    expect(tablet.joined.ledger.ownWork()).toMatchObject({ unsentCount: 0 })
  })

  it('[FIL-5] learns from an answer to a smaller file what became of entries that went another way', async () => {
    await syncThenLoseNetwork()
    await tablet.joined.ledger.record(markAbsent(1))
    const small = await exported()
    // Nobody of this facility is an administrator under that name, and only the site knows.
    tablet.core.staffActor.value = { ...TEACHER, role: 'administrator' }
    await tablet.joined.ledger.record(mark(2, 'late'))
    await answerOf((await exported()).bytes)
    expect(await read(await answerOf(small.bytes))).toMatchObject({
      confirmedCount: 1,
      refusedCount: 1,
      stillUnsent: 0,
    })
    expect(tablet.joined.ledger.ownWork().refused).toMatchObject([{ seq: 2, code: 'access/not-allowed' }])
  })

  it('goes on by network where the file stopped, and the other way round', async () => {
    await syncThenLoseNetwork()
    await tablet.joined.ledger.record(markAbsent(1))
    const { bytes } = await exported()
    await imported(bytes)
    network = 'arrives'
    await tablet.joined.sync.syncNow()
    expect(tablet.joined.sync.status.trouble).toBe(null)
    expect(tablet.joined.ledger.ownWork()).toMatchObject({ unsentCount: 0, refused: [] })
    const again = await read(await answerOf(bytes))
    expect(again).toMatchObject({ confirmedCount: 0, problem: null, stillUnsent: 0 })
  })

  it('[FIL-4] carries everything before the last entry of a class or a day, since a chain has no gap', async () => {
    await syncThenLoseNetwork()
    await tablet.joined.ledger.record(markAbsent(1))
    await tablet.joined.ledger.record(markAbsent(2))
    site.clock.advance({ days: 1 })
    await tablet.joined.ledger.record(markAbsent(3))
    const { files } = tablet.joined
    const first = JSON.parse((await tablet.joined.ledger.unsent(1))[0]?.text ?? '{}') as { occurredOn: string }
    expect(await files.count({ what: 'day', on: first.occurredOn })).toMatchObject({ entryCount: 2, chosenCount: 2 })
    expect(await files.count({ what: 'day', on: '2030-01-01' })).toMatchObject({ entryCount: 0 })
    expect(await files.count({ what: 'class', classId: CLASS_ID })).toMatchObject({ entryCount: 3, chosenCount: 3 })
    const back = await read(await answerOf((await exported({ what: 'day', on: first.occurredOn })).bytes))
    expect(back).toMatchObject({ confirmedCount: 2, stillUnsent: 1 })
  })

  it('says so when it never had the key of the site', async () => {
    const bare = await joinTablet(site, {
      random: seededRandom(9),
      transport: async (call) => {
        const answer = await site.transport(call)
        if (call.path !== '/api/join') return answer
        const { fileKey: _none, ...older } = JSON.parse(Buffer.from(answer.body).toString('utf8')) as Record<
          string,
          unknown
        >
        return { ...answer, body: Buffer.from(JSON.stringify(older)) }
      },
    })
    expect(await bare.joined.files.export({ what: 'all' })).toEqual({ ok: false, code: 'no-batch-file-key' })
    await bare.joined.sync.syncNow()
    expect(await bare.joined.files.export({ what: 'all' })).toMatchObject({ ok: true })
  })

  it('numbers and links its files, and keeps doing so after a reload', async () => {
    const headers = []
    for (const round of [1, 2, 3]) {
      const framed = frameBatchFile((await exported()).bytes)
      if (!framed.ok) throw new Error(framed.code)
      headers.push(framed.frame.header)
      if (round === 2) await tablet.reload()
    }
    expect(headers.map(({ fileNumber }) => fileNumber)).toEqual([1, 2, 3])
    expect(new Set(headers.map(({ previousFile }) => previousFile)).size).toBe(3)
    expect(new Set(headers.map(({ encapsulatedKey }) => encapsulatedKey)).size).toBe(3)
    expect(new Set(headers.map(({ replyKey }) => replyKey)).size).toBe(1)
  })
})
