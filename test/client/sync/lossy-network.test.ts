// Random histories over a network that loses and repeats and tablets that are reloaded and killed in the middle of a write.
import { describe, expect, it } from 'vitest'
import { Entry } from '#contract/envelope.ts'
import type { RecordedEntry } from '#contract/envelope.ts'
import type { TestimonyCommand } from '#contract/commands/testimony.ts'
import { sessionStream, wishesStream } from '#contract/streams.ts'
import type { ActorId, Hash } from '#contract/values.ts'
import { emptyState, foldEntries } from '#domain/stream-folds.ts'
import type { RecordingActor } from '#client/ledger/record-entry.ts'
import { DeviceDatabase } from '#client/storage/database.ts'
import { createIndexedDbJournal } from '#client/storage/journal.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import type { SeededRandom } from '#test/support/seeded-random.ts'
import type { TestDevice } from '#test/support/test-device.ts'
import { startTestServer } from '#test/support/test-server.ts'
import type { TestServer } from '#test/support/test-server.ts'
import { dyingJournal } from '../support/dying-journal.ts'
import type { JournalFate } from '../support/dying-journal.ts'
import { mark } from '../support/marks.ts'
import type { CallFate } from '../support/site-fetch.ts'
import { CLASS_ID, seedClass, SESSION_ID, traineeIdOf } from '../support/test-class.ts'
import { joinTablet, TEACHER } from '../support/test-tablet.ts'
import type { TestTablet } from '../support/test-tablet.ts'

const STREAM = sessionStream(CLASS_ID, SESSION_ID)
const MARKS = ['present', 'absent', 'late', 'leftEarly', 'excused'] as const
const WISHES = wishesStream(traineeIdOf(1))
const HIMSELF: RecordingActor = { actorId: traineeIdOf(1) as string as ActorId, role: 'trainee' }
const HISTORIES = 24
const STEPS = 48

interface Player {
  readonly tablet: TestTablet
  readonly acknowledged: string[]
  step(): Promise<void>
  heal(): Promise<void>
}

async function makePlayer(site: TestServer, random: SeededRandom): Promise<Player> {
  let healed = false
  const fateOf = (): CallFate =>
    healed || random.chance(0.6) ? 'arrives' : random.pick(['lost', 'answer-lost', 'twice', 'answer-wrong'] as const)
  const tablet = await joinTablet(site, {
    random,
    fateOf: (path) => (path.startsWith('/api/sync') ? fateOf() : 'arrives'),
  })
  const acknowledged: string[] = []

  // Wishes count how often they were set, so that an entry folded twice shows.
  async function record(): Promise<void> {
    const wishes = random.chance(0.3)
    tablet.core.staffActor.value = wishes ? HIMSELF : TEACHER
    const command: TestimonyCommand = wishes
      ? { name: 'registerWishes', body: { traineeId: traineeIdOf(1), wishes: [] } }
      : mark(random.integer(1, 6), random.pick(MARKS))
    const answer = await tablet.joined.ledger.record(command)
    if (answer.ok) acknowledged.push(...answer.value.map(({ id }) => id))
  }
  // The process ends during the append; whoever tapped never heard that it was saved.
  async function killMidWrite(): Promise<void> {
    const fate: JournalFate = random.pick(['dies-before', 'dies-after'] as const)
    let died: () => void = () => undefined
    const death = new Promise<'died'>((resolve) => {
      died = () => resolve('died')
    })
    await tablet.reload({ openJournals: (database) => [dyingJournal(database, () => fate, died)] })
    await Promise.race([tablet.joined.ledger.record(mark(random.integer(1, 6), random.pick(MARKS))), death])
    await tablet.reload()
  }
  return {
    tablet,
    acknowledged,
    async step() {
      const dice = random.next()
      if (dice < 0.55) await record()
      else if (dice < 0.85) await tablet.joined.sync.syncNow()
      else if (dice < 0.93) await tablet.reload()
      else await killMidWrite()
    },
    async heal() {
      healed = true
      await tablet.joined.sync.syncNow()
    },
  }
}

async function siteEntries(watcher: TestDevice): Promise<RecordedEntry[]> {
  return (await watcher.pullAll()).map(({ position, id, text }) => ({
    position,
    id: id as Hash,
    entry: Entry.parse(JSON.parse(text)),
  }))
}

async function ownEntries({ joined, browser }: TestTablet): Promise<RecordedEntry[]> {
  const database = new DeviceDatabase('xincheng-1', browser.disk)
  const rows = await createIndexedDbJournal(database).read(joined.device.epoch, 1)
  database.close()
  return rows.map(({ id, text }) => ({ id, position: null, entry: Entry.parse(JSON.parse(text)) }))
}

const shown = (state: unknown): unknown =>
  JSON.parse(
    JSON.stringify(state, (key, value: unknown) => (key === 'pending' || key === 'position' ? undefined : value)),
  )

// At every moment: what the site had recorded up to this tablet's cursor, then whatever else was recorded here, once each.
async function checkWhatIsShown(watcher: TestDevice, { tablet }: Player): Promise<void> {
  const { cursor } = tablet.joined.ledger.ownWork().state
  const pulled = (await siteEntries(watcher)).filter((recorded) => (recorded.position ?? 0) <= cursor)
  const known = new Set(pulled.map(({ id }) => id))
  const others = (await ownEntries(tablet)).filter(({ id }) => !known.has(id))
  await expectFolded(tablet, [...pulled, ...others])
}

async function expectFolded({ joined }: TestTablet, entries: readonly RecordedEntry[]): Promise<void> {
  const ofStream = (stream: string) => entries.filter(({ entry }) => entry.stream === stream)
  expect(shown(await joined.ledger.state('session', STREAM))).toEqual(
    shown(foldEntries('session', emptyState('session'), ofStream(STREAM))),
  )
  expect(await joined.ledger.state('wishes', WISHES)).toEqual(
    foldEntries('wishes', emptyState('wishes'), ofStream(WISHES)),
  )
}

async function checkAtTheEnd(watcher: TestDevice, player: Player): Promise<void> {
  const { joined } = player.tablet
  const entries = await siteEntries(watcher)
  const own = entries.filter(({ entry }) => entry.deviceId === joined.device.deviceId)
  expect(joined.ledger.ownWork(), 'nothing waits any more').toMatchObject({ unsentCount: 0, refused: [] })
  expect(own.map(({ id }) => id)).toEqual((await ownEntries(player.tablet)).map(({ id }) => id))
  expect(own.map(({ entry }) => entry.seq)).toEqual(own.map((_, index) => index + 1))
  const known = new Set<string>(own.map(({ id }) => id))
  expect(
    player.acknowledged.filter((id) => !known.has(id)),
    'acknowledged entries the site lacks',
  ).toEqual([])
  await expectFolded(player.tablet, entries)
  expect((await joined.ledger.state('session', STREAM)).history).toEqual(
    foldEntries(
      'session',
      emptyState('session'),
      entries.filter(({ entry }) => entry.stream === STREAM),
    ).history,
  )
}

async function playHistory(seed: number): Promise<number> {
  const random = seededRandom(seed)
  const site = await startTestServer({ listens: false, seed })
  await seedClass(site, 6, { withTeacher: true })
  const watcher = await site.join('office')
  const players = [await makePlayer(site, random), await makePlayer(site, random)]
  for (const player of players) await player.tablet.joined.sync.syncNow()
  for (let step = 0; step < STEPS; step += 1) {
    site.clock.advance({ seconds: 1 })
    const player = random.pick(players)
    await player.step()
    if (step % 3 === 0) await checkWhatIsShown(watcher, player)
  }
  // Twice, since what the second sends the first has still to pull.
  for (const player of [...players, ...players]) await player.heal()
  for (const player of players) await checkAtTheEnd(watcher, player)
  await site.stop()
  return players.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0)
}

describe('two tablets and a site', () => {
  it(`[LED-2] [LED-7] [LED-8] lose and double nothing in ${String(HISTORIES)} random histories, and end with the site's order`, async () => {
    let acknowledged = 0
    for (let seed = 1; seed <= HISTORIES; seed += 1) {
      acknowledged += await playHistory(seed).catch((thrown: unknown) => {
        throw new Error(`history of seed ${String(seed)}`, { cause: thrown })
      })
    }
    expect(acknowledged).toBeGreaterThan(HISTORIES * 10)
  }, 300_000)
})
