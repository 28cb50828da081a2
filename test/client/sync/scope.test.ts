// A class that left the scope of a tablet leaves the tablet, both stores and all, and never before what was written there about it has arrived.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { classStream, sessionStream } from '#contract/streams.ts'
import { DeviceDatabase } from '#client/storage/database.ts'
import { appendAsServer } from '#server/ledger/append-as-server.ts'
import { SERVER_ACTOR } from '#server/ledger/server-context.ts'
import type { EntryDraft } from '#domain/shared/decider.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { foundTestFacility, startTestServer } from '#test/support/test-server.ts'
import type { TestServer } from '#test/support/test-server.ts'
import { markAbsent } from '../support/marks.ts'
import { CLASS_ID, seedClass, SESSION_ID, traineeIdOf } from '../support/test-class.ts'
import { seedPeople } from '../support/test-people.ts'
import { joinTablet } from '../support/test-tablet.ts'
import type { TestTablet } from '../support/test-tablet.ts'

const STREAM = sessionStream(CLASS_ID, SESSION_ID)
const LATER = { days: 32 }
let site: TestServer
let tablet: TestTablet

beforeEach(async () => {
  site = await startTestServer({ listens: false })
  await foundTestFacility(site)
  await seedClass(site, 4)
  await seedPeople(site, 4)
  tablet = await joinTablet(site, { random: seededRandom(1), purpose: 'instructor' })
  await tablet.joined.sync.syncNow()
})
afterEach(() => site.stop())

async function write(drafts: readonly { stream: string; kind: string; body: object }[]): Promise<void> {
  const { context } = site
  const full = drafts.map((draft) => ({ ...draft, occurredOn: context.clock.today(), basedOn: null }) as EntryDraft)
  await context.store.transaction(context.facilityId, (tx) => appendAsServer(tx, context, SERVER_ACTOR, full))
}

const seal = () =>
  write([
    {
      stream: classStream(CLASS_ID),
      kind: 'class.sealed.v1',
      body: {
        classId: CLASS_ID,
        contentHash: '0'.repeat(64),
        signers: [{ staffId: 'ADMIN1', role: 'administrator', organisation: 'facility' }],
      },
    },
  ])

async function firstStore() {
  const database = new DeviceDatabase('xincheng-1', tablet.browser.disk)
  const snapshots = (await database.snapshots.toCollection().primaryKeys()) as string[]
  const pages = (await database.segments.toArray()).map(({ lines }) => lines).join('\n')
  const people = (await database.privateRows.toArray()).flatMap(({ key }) => (key.startsWith('trainee|') ? key : []))
  const journal = await database.journal.count()
  database.close()
  return { classes: snapshots.filter((stream) => stream.startsWith('class/')), pages, people, journal }
}

/** Every byte of the second store, and whether the class is named in what was pulled. */
function secondStore(): string {
  return [...(tablet.browser.files.folders.get('xincheng-1')?.entries() ?? [])]
    .filter(([name]) => name !== 'journal')
    .map(([, { bytes }]) => Buffer.from(bytes).toString('utf8'))
    .join('\n')
}

const NAMED = `"stream":"class/${CLASS_ID}`

it('[SYN-1] is here while it is taught and for 30 days after it was sealed', async () => {
  await seal()
  site.clock.advance({ days: 30 })
  await tablet.joined.sync.syncNow()
  const { classes, people } = await firstStore()
  expect(classes.length).toBeGreaterThan(0)
  expect(people).toHaveLength(4)
})

it('[SYN-1] goes from both stores with its people, while the chain of this tablet stays', async () => {
  expect((await tablet.joined.ledger.record(markAbsent(1))).ok).toBe(true)
  await tablet.joined.sync.syncNow()
  await vi.waitFor(() => expect(secondStore()).toContain(NAMED))
  expect(secondStore()).toContain(traineeIdOf(1))
  await seal()
  site.clock.advance(LATER)
  await tablet.joined.sync.syncNow()
  const store = await firstStore()
  expect(store).toMatchObject({ classes: [], people: [], journal: 1 })
  expect(store.pages).not.toContain(NAMED)
  expect(store.pages).not.toBe('')
  await tablet.reload()
  expect(secondStore()).not.toContain(NAMED)
  expect(secondStore()).not.toContain(traineeIdOf(1))
  expect(await tablet.joined.ledger.all('class')).toEqual([])
  expect(tablet.joined.ledger.ownWork()).toMatchObject({ unsentCount: 0, ownCount: 1 })
  await tablet.joined.sync.syncNow()
  expect(tablet.joined.sync.status.trouble).toBe(null)
  expect((await firstStore()).classes).toEqual([])
})

it('[SYN-1] stays while something written here about it has no receipt, and goes with the round after it arrived', async () => {
  await tablet.joined.ledger.record(markAbsent(2))
  await seal()
  site.clock.advance(LATER)
  expect(await tablet.joined.ledger.leaveClasses([CLASS_ID])).toBe(false)
  expect(Object.keys((await tablet.joined.ledger.state('session', STREAM)).marks)).toEqual([traineeIdOf(2)])
  await tablet.joined.sync.syncNow()
  expect(tablet.joined.ledger.ownWork().unsentCount).toBe(0)
  await tablet.joined.sync.syncNow()
  expect(await firstStore()).toMatchObject({ classes: [], journal: 1 })
  const own = (await (await site.join('office')).pullAll()).filter(({ text }) => text.includes('attendance.marked.v1'))
  expect(own).toHaveLength(1)
})

it('[SYN-1] does not come back by a pull or when IndexedDB is rebuilt from the files', async () => {
  await seal()
  site.clock.advance(LATER)
  await tablet.joined.sync.syncNow()
  await write([
    {
      stream: `class/${CLASS_ID}/roster`,
      kind: 'enrollment.enrolled.v1',
      body: { classId: CLASS_ID, traineeId: 'A9', wishRank: null },
    },
  ])
  await tablet.joined.sync.syncNow()
  expect((await firstStore()).classes).toEqual([])
  tablet.browser.disk = new IDBFactory()
  await tablet.reload()
  await tablet.joined.sync.syncNow()
  expect(await firstStore()).toMatchObject({ classes: [], people: [] })
})

it('[SYN-1] comes anew and whole when the clock of the site was wrong', async () => {
  await seal()
  site.clock.advance(LATER)
  await tablet.joined.sync.syncNow()
  site.clock.advance({ days: -LATER.days })
  await write([
    {
      stream: `class/${CLASS_ID}/roster`,
      kind: 'enrollment.enrolled.v1',
      body: { classId: CLASS_ID, traineeId: 'A9', wishRank: null },
    },
  ])
  await tablet.joined.sync.syncNow()
  const roster = await tablet.joined.ledger.state('roster', `class/${CLASS_ID}/roster`)
  expect(roster.members).toHaveLength(5)
})
