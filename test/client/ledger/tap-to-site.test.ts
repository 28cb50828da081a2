// One tap, end to end: recorded offline, pending, pushed, confirmed by pull, seen by a second tablet.
import { afterEach, describe, expect, it } from 'vitest'
import { sessionStream } from '#contract/streams.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { foundTestFacility, startTestServer } from '#test/support/test-server.ts'
import type { TestServer } from '#test/support/test-server.ts'
import { CLASS_ID, seedClass, SESSION_ID, traineeIdOf } from '../support/test-class.ts'
import { joinTablet } from '../support/test-tablet.ts'
import { markAbsent } from '../support/marks.ts'

const STREAM = sessionStream(CLASS_ID, SESSION_ID)
let site: TestServer

async function openSite(): Promise<TestServer> {
  site = await startTestServer({ listens: false })
  await foundTestFacility(site)
  await seedClass(site, 10)
  return site
}
afterEach(() => site.stop())

describe('a tap on a tablet', () => {
  it('is pending until its receipt, then confirmed, and a second tablet sees the same', async () => {
    await openSite()
    const random = seededRandom(7)
    const first = await joinTablet(site, { random })
    const second = await joinTablet(site, { random, purpose: 'instructor' })
    await first.joined.sync.syncNow()
    const recorded = await first.joined.ledger.record(markAbsent(3))
    expect(recorded.ok && recorded.value[0]?.position).toBe(null)
    expect((await first.joined.ledger.state('session', STREAM)).marks[traineeIdOf(3)]).toMatchObject({
      mark: 'absent',
      pending: true,
    })
    expect(first.joined.ledger.ownWork()).toMatchObject({ unsentCount: 1 })

    await first.joined.sync.syncNow()
    expect(first.joined.sync.status.trouble).toBe(null)
    expect(first.joined.ledger.ownWork()).toMatchObject({ unsentCount: 0, oldestUnsentAt: null, refused: [] })
    const confirmed = await first.joined.ledger.state('session', STREAM)
    expect(confirmed.marks[traineeIdOf(3)]).toMatchObject({ mark: 'absent', pending: false })

    await second.joined.sync.syncNow()
    expect(await second.joined.ledger.state('session', STREAM)).toEqual(confirmed)
  })

  it('is refused without a person signed in, and nothing is written', async () => {
    await openSite()
    const tablet = await joinTablet(site, { random: seededRandom(8) })
    await tablet.joined.sync.syncNow()
    tablet.core.staffActor.value = null
    const answer = await tablet.joined.ledger.record(markAbsent(1))
    expect(answer.ok ? 'recorded' : answer.refusal.code).toBe('access/not-allowed')
    expect(tablet.joined.ledger.ownWork().ownCount).toBe(0)
  })

  it('that says what is already so writes no entry', async () => {
    await openSite()
    const tablet = await joinTablet(site, { random: seededRandom(9) })
    await tablet.joined.sync.syncNow()
    await tablet.joined.ledger.record(markAbsent(1))
    expect(await tablet.joined.ledger.record(markAbsent(1))).toEqual({ ok: true, value: [] })
    expect(tablet.joined.ledger.ownWork().ownCount).toBe(1)
  })

  it('survives a reload while it is pending and after it is confirmed', async () => {
    await openSite()
    const tablet = await joinTablet(site, { random: seededRandom(10) })
    await tablet.joined.sync.syncNow()
    await tablet.joined.ledger.record(markAbsent(2))
    const pending = await tablet.joined.ledger.state('session', STREAM)
    await tablet.reload()
    expect(await tablet.joined.ledger.state('session', STREAM)).toEqual(pending)
    await tablet.joined.sync.syncNow()
    const confirmed = await tablet.joined.ledger.state('session', STREAM)
    expect(confirmed.marks[traineeIdOf(2)]?.pending).toBe(false)
    await tablet.reload()
    expect(await tablet.joined.ledger.state('session', STREAM)).toEqual(confirmed)
  })
})
