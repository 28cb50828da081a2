// When a round begins by itself: at the start, when the network is back, soon after a record, a while after a failure, and every minute.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { seededRandom } from '#test/support/seeded-random.ts'
import { startTestServer } from '#test/support/test-server.ts'
import type { TestServer } from '#test/support/test-server.ts'
import type { CallFate } from '../support/site-fetch.ts'
import { markAbsent } from '../support/marks.ts'
import { seedClass } from '../support/test-class.ts'
import { joinTablet } from '../support/test-tablet.ts'
import type { TestTablet } from '../support/test-tablet.ts'

interface Timer {
  readonly ms: number
  readonly work: () => void
}

const timers = new Set<Timer>()
let online: () => void = () => undefined
let fate: CallFate = 'arrives'
let site: TestServer
let tablet: TestTablet

beforeEach(async () => {
  timers.clear()
  fate = 'arrives'
  site = await startTestServer({ listens: false })
  await seedClass(site, 4, { withTeacher: true })
  tablet = await joinTablet(site, {
    random: seededRandom(1),
    // Nobody listens for commits here: whatever begins a round is a timer or the network.
    fateOf: (path) => (path.startsWith('/api/sync/events') ? 'lost' : path.startsWith('/api/sync') ? fate : 'arrives'),
    more: {
      autoSync: true,
      after(ms, work) {
        const timer = { ms, work }
        timers.add(timer)
        return () => void timers.delete(timer)
      },
      onOnline(work) {
        online = work
        return () => undefined
      },
    },
  })
})
afterEach(async () => {
  tablet.joined.sync.stop()
  await site.stop()
})

async function fire(ms: number): Promise<void> {
  const timer = await vi.waitFor(() => {
    const found = [...timers].find((one) => one.ms === ms)
    if (found === undefined) throw new Error(`no timer of ${String(ms)} ms`)
    return found
  })
  timers.delete(timer)
  timer.work()
}
const unsent = (): number => tablet.joined.ledger.ownWork().unsentCount
const rounded = () =>
  vi.waitFor(() => expect(tablet.joined.sync.status).toMatchObject({ syncing: false, online: true, trouble: null }))

it('at the start, and again a minute later', async () => {
  await fire(0)
  await rounded()
  await tablet.joined.ledger.record(markAbsent(1))
  await fire(60_000)
  await vi.waitFor(() => expect(unsent()).toBe(0))
})

it('soon after a record', async () => {
  await fire(0)
  await rounded()
  await tablet.joined.ledger.record(markAbsent(1))
  tablet.joined.sync.syncSoon()
  await fire(400)
  await vi.waitFor(() => expect(unsent()).toBe(0))
})

it('at once when the network is back, however long the wait after the failures would have been', async () => {
  await fire(0)
  await rounded()
  await tablet.joined.ledger.record(markAbsent(2))
  fate = 'lost'
  await tablet.joined.sync.syncNow()
  await tablet.joined.sync.syncNow()
  expect(unsent()).toBe(1)
  expect(tablet.joined.sync.status).toMatchObject({ online: false, trouble: 'offline' })
  fate = 'arrives'
  online()
  await fire(0)
  await vi.waitFor(() => expect(unsent()).toBe(0))
})
