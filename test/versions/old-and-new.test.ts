// A tablet that has not been updated at a site that has, and the reverse: everything arrives, nothing is lost, and nobody is told anything untrue.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createClientCore } from '#client/client-core.ts'
import type { RecordingActor } from '#client/ledger/record-entry.ts'
import type { ClientCore, JoinedDevice } from '#client/stores/container.ts'
import type { TestimonyCommand } from '#contract/commands/testimony.ts'
import type { Wish } from '#contract/kinds/trainee.ts'
import { sessionStream, wishesStream } from '#contract/streams.ts'
import type { ActorId, OccupationId, TraineeId } from '#contract/values.ts'
import type { seedCatalogue } from '#server/seed/catalogue/seed.ts'
import { prepareLedger } from '#server/ledger/prepare-ledger.ts'
import { loadState } from '#server/ledger/load-states.ts'
import { makeMemoryStore } from '#server/storage/memory/memory-store.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import * as todayServer from '#test/support/test-server.ts'
import type { TestServer, TestServerOptions } from '#test/support/test-server.ts'
import { markAbsent } from '../client/support/marks.ts'
import { siteFetch } from '../client/support/site-fetch.ts'
import { testSurroundings } from '../client/support/test-browser.ts'
import { CLASS_ID, SESSION_ID, traineeIdOf } from '../client/support/test-class.ts'
import type { seedClass } from '../client/support/test-class.ts'
import * as todayTablet from '../client/support/test-tablet.ts'
import type { TestTablet } from '../client/support/test-tablet.ts'
import { makeEarlierProgram } from './earlier-program.ts'
import type { EarlierProgram } from './earlier-program.ts'

const [MARKED, FIRST, SECOND] = [traineeIdOf(1), traineeIdOf(2), traineeIdOf(3)]
const RANDOM_OF_TABLETS = 11

let copy: EarlierProgram
let earlierServer: typeof todayServer
let earlierTablet: typeof todayTablet
beforeAll(async () => {
  copy = makeEarlierProgram()
  earlierServer = await copy.load('test/support/test-server.ts')
  earlierTablet = await copy.load('test/client/support/test-tablet.ts')
})
afterAll(() => copy.remove())

const running: TestServer[] = []
afterEach(async () => {
  for (const site of running.splice(0)) await site.stop()
})

/** A founded site of one of the two programs, with three people in a class; answers its administrator. */
async function foundSite(program: typeof todayServer, folder: '' | 'earlier', options: TestServerOptions) {
  const load = folder === '' ? <M>(file: string): Promise<M> => import(/* @vite-ignore */ `../../${file}`) : copy.load
  const site = await program.startTestServer({ listens: false, ...options })
  running.push(site)
  const { adminId } = await program.foundTestFacility(site)
  await (await load<{ seedCatalogue: typeof seedCatalogue }>('src/server/seed/catalogue/seed.ts')).seedCatalogue(
    site.context,
  )
  await (await load<{ seedClass: typeof seedClass }>('test/client/support/test-class.ts')).seedClass(site, 3, {
    withTeacher: true,
  })
  return { site, admin: { actorId: adminId as string as ActorId, role: 'administrator' } satisfies RecordingActor }
}

const wish = (occupationId: string, reason: Wish['reason']): Wish => ({
  occupationId: occupationId as OccupationId,
  skillLevel: 5,
  reason,
})
const wishing = (traineeId: TraineeId, wishes: readonly unknown[]) =>
  ({ name: 'registerWishes', body: { traineeId, wishes } }) as TestimonyCommand

async function record(
  { core, joined }: Pick<TestTablet, 'core' | 'joined'>,
  actor: RecordingActor,
  command: TestimonyCommand,
) {
  core.staffActor.value = actor
  expect(await joined.ledger.record(command)).toMatchObject({ ok: true })
}
const wishesHere = async ({ ledger }: JoinedDevice, traineeId: TraineeId) =>
  (await ledger.state('wishes', wishesStream(traineeId))).wishes
const wishesAt = async ({ context }: TestServer, traineeId: TraineeId) =>
  (await context.store.read(context.facilityId, (view) => loadState(view, 'wishes', wishesStream(traineeId)))).wishes

/** The tablet after its update: today's program over the same disk. */
async function updated(
  tablet: TestTablet,
  site: TestServer,
  before: 'closed' | 'old window stays' = 'closed',
): Promise<{ core: ClientCore; joined: JoinedDevice }> {
  const { browser } = tablet
  if (before === 'closed') tablet.close()
  const core = createClientCore(
    testSurroundings(browser, browser.openWindow(), seededRandom(RANDOM_OF_TABLETS + 1), {
      clock: () => Date.parse(site.clock.now()),
      fetch: siteFetch(site.transport),
    }),
  )
  await core.start(null)
  const joined = core.joined.value
  if (joined === null) throw new Error(`the updated tablet did not open: ${String(core.storageFault.value)}`)
  return { core, joined }
}

describe('a tablet that is not updated yet, at a site that is', () => {
  it('[LED-9] its wishes arrive and count; what it does not know yet it keeps, and reads after its update without asking again', async () => {
    const { site, admin } = await foundSite(todayServer, '', {})
    const old = await earlierTablet.joinTablet(site, { random: seededRandom(RANDOM_OF_TABLETS) })
    const fresh = await todayTablet.joinTablet(site, { random: seededRandom(RANDOM_OF_TABLETS + 2) })
    for (const { joined } of [old, fresh]) await joined.sync.syncNow()

    await record(old, admin, wishing(FIRST, [{ occupationId: 'welder', skillLevel: 5 }]))
    await record(fresh, admin, wishing(SECOND, [wish('sewing-worker', 'jobs-at-home')]))
    for (const { joined } of [old, fresh, old]) await joined.sync.syncNow()

    expect(await wishesAt(site, FIRST)).toEqual([wish('welder', null)])
    expect(await wishesHere(fresh.joined, SECOND)).toEqual([wish('sewing-worker', 'jobs-at-home')])
    expect(old.joined.ledger.ownWork()).toMatchObject({ unsentCount: 0, refused: [] })
    expect(await wishesHere(old.joined, SECOND)).toEqual([])

    await record(old, todayTablet.TEACHER, markAbsent(1))
    await old.joined.sync.syncNow()
    expect(old.joined.ledger.ownWork()).toMatchObject({ unsentCount: 0, refused: [] })

    const after = await updated(old, site)
    expect(await wishesHere(after.joined, SECOND)).toEqual([wish('sewing-worker', 'jobs-at-home')])
    expect(await wishesHere(after.joined, FIRST)).toEqual([wish('welder', null)])
    const { marks } = await after.joined.ledger.state('session', sessionStream(CLASS_ID, SESSION_ID))
    expect(Object.keys(marks)).toEqual([MARKED])
  })
})

/** Lets a browser make so many writes and then ends it; answers whether it came to its end before. */
async function endedAfter(writes: number, work: () => Promise<unknown>): Promise<boolean> {
  const { transaction } = IDBDatabase.prototype
  let left = writes
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...asked) {
    if (asked[1] === 'readwrite' && left-- <= 0) throw new DOMException('the browser ended', 'AbortError')
    return transaction.apply(this, asked)
  }
  try {
    await work().catch(() => undefined)
  } finally {
    IDBDatabase.prototype.transaction = transaction
  }
  return left < 0
}

describe('what an earlier program has stored', () => {
  it('[LED-9] is whole after its update, whichever write of the update the browser is ended at, and folds as on a tablet that is new', async () => {
    const { site, admin } = await foundSite(todayServer, '', {})
    const fresh = await todayTablet.joinTablet(site, { random: seededRandom(RANDOM_OF_TABLETS) })
    await fresh.joined.sync.syncNow()
    await record(fresh, admin, wishing(SECOND, [wish('welder', 'own-business')]))
    await record(fresh, todayTablet.TEACHER, markAbsent(1))
    await fresh.joined.sync.syncNow()
    let isEnded = true
    for (let writes = 0; isEnded; writes += 1) {
      const old = await earlierTablet.joinTablet(site, { random: seededRandom(100 + writes) })
      await old.joined.sync.syncNow()
      await record(old, admin, wishing(FIRST, [{ occupationId: 'welder', skillLevel: 5 }]))
      const unsent = await old.joined.ledger.unsent(10)
      isEnded = await endedAfter(writes, () => updated(old, site))
      const { joined } = await updated(old, site)
      expect(await joined.ledger.unsent(10)).toEqual(unsent)
      expect(await wishesHere(joined, FIRST)).toEqual([wish('welder', null)])
      expect(await wishesHere(joined, SECOND)).toEqual([wish('welder', 'own-business')])
      for (const family of ['session', 'roster', 'class', 'catalogue', 'trainee'] as const) {
        const sorted = async ({ ledger }: JoinedDevice) =>
          (await ledger.all(family)).toSorted((one, other) => (one.stream < other.stream ? -1 : 1))
        expect(await sorted(joined)).toEqual(await sorted(fresh.joined))
      }
      expect(writes).toBeLessThan(30)
      old.close()
    }
  })
})

describe('two windows of two versions', () => {
  it('[LED-10] the new one takes over, folds anew and sees all; the old one neither reads nor records, and says so', async () => {
    const { site, admin } = await foundSite(todayServer, '', {})
    const old = await earlierTablet.joinTablet(site, { random: seededRandom(RANDOM_OF_TABLETS) })
    const fresh = await todayTablet.joinTablet(site, { random: seededRandom(RANDOM_OF_TABLETS + 2) })
    for (const { joined } of [old, fresh]) await joined.sync.syncNow()
    await record(fresh, admin, wishing(SECOND, [wish('welder', 'experience')]))
    await record(old, admin, wishing(FIRST, [{ occupationId: 'welder', skillLevel: 5 }]))
    for (const { joined } of [fresh, old]) await joined.sync.syncNow()

    const after = await updated(old, site, 'old window stays')
    expect(await wishesHere(after.joined, SECOND)).toEqual([wish('welder', 'experience')])
    const outdated = { code: 'other-version' }
    await vi.waitFor(() => expect(wishesHere(old.joined, FIRST)).rejects.toMatchObject(outdated))
    await expect(old.joined.ledger.record(markAbsent(1))).rejects.toMatchObject(outdated)
    after.core.staffActor.value = todayTablet.TEACHER
    expect(await after.joined.ledger.record(markAbsent(1))).toMatchObject({ ok: true })
    expect(await wishesHere(after.joined, FIRST)).toEqual([wish('welder', null)])

    await expect(old.reload()).resolves.toBeUndefined()
    expect(old.core.storageFault.value).toBe('other-version')
  })
})

describe('an updated tablet, at a site that is not', () => {
  it('[LED-9] what the site does not know is held, stays to be seen on the tablet, and counts once the site is updated', async () => {
    const store = makeMemoryStore()
    const keys = todayServer.testKeys(seededRandom(5))
    const { site: oldSite, admin } = await foundSite(earlierServer, 'earlier', { store, keys })
    let site = oldSite
    const tablet = await todayTablet.joinTablet(oldSite, {
      random: seededRandom(RANDOM_OF_TABLETS),
      transport: (call) => site.transport(call),
    })
    await tablet.joined.sync.syncNow()
    await record(tablet, admin, wishing(FIRST, [wish('welder', 'liking')]))
    await record(tablet, todayTablet.TEACHER, markAbsent(1))
    await tablet.joined.sync.syncNow()
    expect(tablet.joined.ledger.ownWork()).toMatchObject({ unsentCount: 0, refused: [] })
    expect(await wishesHere(tablet.joined, FIRST)).toEqual([wish('welder', 'liking')])
    expect(await wishesAt(oldSite, FIRST)).toEqual([])
    await tablet.reload()
    expect(await wishesHere(tablet.joined, FIRST)).toEqual([wish('welder', 'liking')])

    site = await todayServer.startTestServer({ listens: false, store, keys })
    running.push(site)
    await prepareLedger(site.context, 'updated', () => undefined)
    expect(await wishesAt(site, FIRST)).toEqual([wish('welder', 'liking')])

    const other = await todayTablet.joinTablet(site, { random: seededRandom(RANDOM_OF_TABLETS + 2) })
    for (const { joined } of [tablet, other]) await joined.sync.syncNow()
    for (const { joined } of [tablet, other])
      expect(await wishesHere(joined, FIRST)).toEqual([wish('welder', 'liking')])
    expect(tablet.joined.ledger.ownWork()).toMatchObject({ unsentCount: 0, refused: [] })
  })
})
