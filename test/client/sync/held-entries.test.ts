// What a site held because it did not know the kind, and what the tablet hears of it after the site's upgrade.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { kindRegistry } from '#contract/kind-registry.ts'
import { importBatchFile } from '#server/exchange/batch-file/import-file.ts'
import { applyHeld } from '#server/ledger/apply-held.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { startTestServer } from '#test/support/test-server.ts'
import type { TestServer } from '#test/support/test-server.ts'
import { markAbsent } from '../support/marks.ts'
import { seedClass } from '../support/test-class.ts'
import { joinTablet, type TestTablet } from '../support/test-tablet.ts'

const KIND = 'attendance.marked.v1'
const schema = kindRegistry[KIND]
let site: TestServer
let tablet: TestTablet

/** An older program is the same one without the kind. */
async function withoutTheKind(work: () => Promise<void>): Promise<void> {
  Reflect.deleteProperty(kindRegistry, KIND)
  try {
    await work()
  } finally {
    Object.assign(kindRegistry, { [KIND]: schema })
  }
}

async function aTablet(withTeacher: boolean): Promise<void> {
  site = await startTestServer({ listens: false })
  await seedClass(site, 8, { withTeacher })
  tablet = await joinTablet(site, { random: seededRandom(1) })
  await tablet.joined.sync.syncNow()
}

const upgrade = () => site.context.store.transaction(site.context.facilityId, applyHeld)
const ownWork = () => tablet.joined.ledger.ownWork()

async function carry(): Promise<void> {
  const file = await tablet.joined.files.export({ what: 'all' })
  if (!file.ok) throw new Error(file.code)
  const outcome = await importBatchFile(site.context, file.bytes, { onlyTry: false })
  if (!outcome.ok || outcome.value.answer === null) throw new Error(JSON.stringify(outcome))
  expect(await tablet.joined.files.readAnswer(outcome.value.answer.bytes)).toMatchObject({ ok: true, problem: null })
}

afterEach(() => site.stop())

describe.each([
  ['by the network', () => tablet.joined.sync.syncNow()],
  ['by file', carry],
] as const)('an entry the site held, %s', (_way, exchange) => {
  describe('of somebody who may not write it', () => {
    beforeEach(() => aTablet(false))

    it('is told to be refused once the site knows its kind', async () => {
      await tablet.joined.ledger.record(markAbsent(1))
      await tablet.joined.ledger.record(markAbsent(2))
      await withoutTheKind(exchange)
      await withoutTheKind(exchange)
      expect(ownWork()).toMatchObject({ unsentCount: 0, refused: [], state: { acked: [{ fromSeq: 1, toSeq: 2 }] } })
      await upgrade()
      await exchange()
      expect(ownWork().refused).toMatchObject([
        { seq: 1, code: 'access/not-allowed' },
        { seq: 2, code: 'access/not-allowed' },
      ])
      expect(ownWork().state.acked).toEqual([])
    })
  })

  describe('of a teacher', () => {
    beforeEach(() => aTablet(true))

    it('is confirmed once the site knows its kind, and others keep their place', async () => {
      await tablet.joined.ledger.record(markAbsent(1))
      await withoutTheKind(exchange)
      await tablet.joined.ledger.record(markAbsent(2))
      await exchange()
      await upgrade()
      await exchange()
      expect(ownWork()).toMatchObject({ unsentCount: 0, refused: [], state: { acked: [] } })
    })
  })
})
