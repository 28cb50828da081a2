// Two windows of one browser: the one a person works in holds the journal, the other follows.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sessionStream } from '#contract/streams.ts'
import type { JoinedDevice } from '#client/stores/container.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { startTestServer } from '#test/support/test-server.ts'
import type { TestServer } from '#test/support/test-server.ts'
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

async function secondWindow(): Promise<JoinedDevice> {
  const joined = (await tablet.openWindow()).joined.value
  if (joined === null) throw new Error('the second window found no device')
  return joined
}
const marksIn = async ({ ledger }: JoinedDevice): Promise<number> =>
  Object.keys((await ledger.state('session', STREAM)).marks).length
const heard = (device: JoinedDevice): Promise<void> =>
  new Promise((resolve) => {
    const stop = device.ledger.subscribe(() => {
      stop()
      resolve()
    })
  })

describe('a second window', () => {
  it('reads, follows what the first records, and takes the journal over when a person records in it', async () => {
    const first = tablet.joined
    const second = await secondWindow()
    expect([first.ledger.lock.held, second.ledger.lock.held]).toEqual([true, false])
    const told = heard(second)
    await first.ledger.record(markAbsent(1))
    await told
    expect(await marksIn(second)).toBe(1)

    const toldBack = heard(first)
    const recorded = await second.ledger.record(markAbsent(2))
    expect(recorded.ok && recorded.value[0]?.entry.seq).toBe(2)
    expect([first.ledger.lock.held, second.ledger.lock.held]).toEqual([false, true])
    await toldBack
    expect(await marksIn(first)).toBe(2)
  })

  it('and the first taking turns number one chain without a gap', async () => {
    const first = tablet.joined
    const second = await secondWindow()
    for (let index = 1; index <= 8; index += 1)
      await (index % 2 === 0 ? first : second).ledger.record(markAbsent(index))
    await first.sync.syncNow()
    expect(first.ledger.ownWork()).toMatchObject({ ownCount: 8, unsentCount: 0, refused: [] })
    expect(await marksIn(first)).toBe(8)
  })

  it('shows how the syncing of the first stands', async () => {
    const second = await secondWindow()
    await vi.waitUntil(() => second.sync.status.online)
    expect(second.sync.status).toMatchObject({ online: true, trouble: null })
  })

  it('is told of the other window when that one does not answer, and nothing is written', async () => {
    // A frozen window keeps its lock and hears nothing.
    const first = tablet.joined.ledger.lock
    const frozen = tablet.browser.openWindow()
    await first.release()
    let unfreeze: () => void = () => undefined
    void frozen.locks.request(
      'xincheng-1',
      {},
      () =>
        new Promise<void>((resolve) => {
          unfreeze = resolve
        }),
    )
    await expect(tablet.joined.ledger.record(markAbsent(1))).rejects.toMatchObject({ code: 'another-window' })
    expect(await marksIn(tablet.joined)).toBe(0)
    unfreeze()
    expect(await tablet.joined.ledger.record(markAbsent(1))).toMatchObject({ ok: true })
  })
})
