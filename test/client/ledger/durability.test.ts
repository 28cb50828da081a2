// When a tap counts as saved: only when every journal has it; and what a failed or interrupted write leaves behind.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sessionStream } from '#contract/streams.ts'
import { createIndexedDbJournal } from '#client/storage/journal.ts'
import { DeviceDatabase } from '#client/storage/database.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { startTestServer } from '#test/support/test-server.ts'
import type { TestServer } from '#test/support/test-server.ts'
import { dyingJournal } from '../support/dying-journal.ts'
import type { JournalFate } from '../support/dying-journal.ts'
import { markAbsent } from '../support/marks.ts'
import { CLASS_ID, seedClass, SESSION_ID } from '../support/test-class.ts'
import { joinTablet } from '../support/test-tablet.ts'
import type { TestTablet } from '../support/test-tablet.ts'

const STREAM = sessionStream(CLASS_ID, SESSION_ID)
let site: TestServer
let tablet: TestTablet

beforeEach(async () => {
  site = await startTestServer({ listens: false })
  await seedClass(site, 8, { withTeacher: true })
  tablet = await joinTablet(site, { random: seededRandom(1) })
  await tablet.joined.sync.syncNow()
})
afterEach(() => site.stop())

const marked = async (): Promise<number> =>
  Object.keys((await tablet.joined.ledger.state('session', STREAM)).marks).length

describe('an entry', () => {
  it('is not acknowledged while one of two journals cannot take it, and the next one brings both to the same length', async () => {
    let fate: JournalFate = 'lives'
    const second = new DeviceDatabase('second-journal', tablet.browser.disk)
    await tablet.reload({
      openJournals: (database) => [createIndexedDbJournal(database), dyingJournal(second, () => fate)],
    })
    fate = 'fails'
    await expect(tablet.joined.ledger.record(markAbsent(1))).rejects.toMatchObject({ code: 'storage-full' })
    fate = 'lives'
    const next = await tablet.joined.ledger.record(markAbsent(2))
    expect(next.ok && next.value.map(({ entry }) => entry.seq)).toEqual([2])
    expect((await second.journal.toArray()).map(({ seq }) => seq)).toEqual([1, 2])
  })

  it('that found no room is told as such, leaves nothing, and a later one takes its number', async () => {
    let fate: JournalFate = 'fails'
    await tablet.reload({ openJournals: (database) => [dyingJournal(database, () => fate)] })
    await expect(tablet.joined.ledger.record(markAbsent(1))).rejects.toMatchObject({ code: 'storage-full' })
    expect(await marked()).toBe(0)
    fate = 'lives'
    const next = await tablet.joined.ledger.record(markAbsent(2))
    expect(next.ok && next.value[0]?.entry.seq).toBe(1)
    await tablet.joined.sync.syncNow()
    expect(tablet.joined.ledger.ownWork()).toMatchObject({ unsentCount: 0, refused: [] })
  })

  it.each([
    ['before it is durable', 'dies-before', 0],
    ['after it is durable', 'dies-after', 1],
  ] as const)(
    'whose process ends %s is there after a restart exactly when it was durable',
    async (_when, fate, count) => {
      const death = new Promise<void>(
        (died) =>
          void tablet
            .reload({ openJournals: (database) => [dyingJournal(database, () => fate, died)] })
            .then(() => void tablet.joined.ledger.record(markAbsent(1))),
      )
      await death
      await tablet.reload()
      expect(await marked()).toBe(count)
      expect(tablet.joined.ledger.ownWork().unsentCount).toBe(count)
      const next = await tablet.joined.ledger.record(markAbsent(2))
      expect(next.ok && next.value[0]?.entry.seq).toBe(count + 1)
      await tablet.joined.sync.syncNow()
      expect(tablet.joined.ledger.ownWork()).toMatchObject({ unsentCount: 0, refused: [] })
    },
  )

  it('is recorded in order however many taps come at once', async () => {
    const answers = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7, 8].map((index) => tablet.joined.ledger.record(markAbsent(index))),
    )
    expect(answers.map((answer) => answer.ok && answer.value[0]?.entry.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    await tablet.joined.sync.syncNow()
    expect(tablet.joined.ledger.ownWork()).toMatchObject({ unsentCount: 0, refused: [] })
    expect(await marked()).toBe(8)
  })
})

describe('snapshots', () => {
  it('of an older fold are folded again from the stored pages, also when that was interrupted', async () => {
    await tablet.joined.ledger.record(markAbsent(1))
    await tablet.joined.sync.syncNow()
    await tablet.joined.ledger.record(markAbsent(2))
    const before = await tablet.joined.ledger.state('session', STREAM)
    const trainees = await tablet.joined.ledger.all('trainee')
    const database = new DeviceDatabase('xincheng-1', tablet.browser.disk)
    const row = await database.meta.get('sync')
    await database.meta.put({ key: 'sync', value: { ...(row?.value as object), foldVersion: 0 } })
    await database.snapshots.clear()
    await database.snapshots.put({ stream: STREAM, family: 'session', position: 1, state: { marks: {}, wrong: true } })
    await tablet.reload()
    expect(await tablet.joined.ledger.state('session', STREAM)).toEqual(before)
    expect(new Map((await tablet.joined.ledger.all('trainee')).map(({ stream, state }) => [stream, state]))).toEqual(
      new Map(trainees.map(({ stream, state }) => [stream, state])),
    )
    expect(tablet.joined.ledger.ownWork().unsentCount).toBe(1)
  })
})
