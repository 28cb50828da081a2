// One history: three tablets and a site, a network that is broken, people who tap, windows that die, then peace, three rounds, and the promises.
import { hashText } from '#contract/canonical.ts'
import type { DevicePurpose } from '#contract/device.ts'
import type { Entry } from '#contract/envelope.ts'
import { type StoredEntry, StoreFault } from '#server/storage/ledger-store.ts'
import { seededRandom, type SeededRandom } from '#test/support/seeded-random.ts'
import { checkAcknowledged, checkEnd, checkShown, siteEntries, Violation } from './invariants.ts'
import { AS_IT_IS, type Mutant } from './mutant.ts'
import { randomAct, randomTap } from './random-commands.ts'
import { type SimulatedSite, startSimulatedSite } from './simulated-site.ts'
import type { Backup } from './simulated-store.ts'
import { joinSimulatedTablet, type SimulatedTablet } from './simulated-tablet.ts'
import { makeSimulatedWire, type SimulatedWire } from './simulated-wire.ts'

/** How much there was to lose: entries said to be saved, entries in the ledger, refusals, dead windows, calls, restores, contradictions found. */
export interface HistoryTally {
  readonly acknowledged: number
  readonly recorded: number
  readonly refused: number
  readonly reloads: number
  readonly calls: number
  readonly restores: number
  /** Stores of tablets that were lost, torn or flipped. */
  readonly losses: number
  readonly contested: number
  /** SHA-256 over what the ledger says, in its order, without times and what follows from them. */
  readonly said: string
}

/** What may be put into a history besides its seed. `skewsMs`: fixed errors of the tablets' clocks instead of drawn ones. */
export interface HistoryOptions {
  readonly mutant?: Mutant
  readonly skewsMs?: readonly number[]
}

interface Play {
  readonly random: SeededRandom
  readonly site: SimulatedSite
  readonly wire: SimulatedWire
  readonly tablets: readonly SimulatedTablet[]
  readonly peace: { isMade: boolean }
  readonly skewsMs: readonly number[] | null
  backup: Backup | null
  reloads: number
  restores: number
  /** Stores that were lost. */
  losses: number
  readonly losesStores: boolean
}

const ROUNDS_MAX = 3
const CALLS_A_ROUND_MAX = 60
const CARRIED_MAX = 500
const TRANSACTION_FAILS = 0.02
const RESTORE_HISTORIES = 0.08
const DAY_MS = 86_400_000
const SKEWS_MS = [0, 0, 0, 90_000, -3_600_000, DAY_MS, -DAY_MS, 50 * 365 * DAY_MS, -50 * 365 * DAY_MS]

/** Lets everything run that can run: nothing in a history waits for anything but the network and the disk, which only a step moves. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

async function begin(seed: number, { mutant = AS_IT_IS, skewsMs }: HistoryOptions): Promise<Play> {
  const random = seededRandom(seed)
  const peace = { isMade: true }
  const fails = () => !peace.isMade && random.chance(TRANSACTION_FAILS)
  const site = await startSimulatedSite(
    random,
    mutant.siteStore === undefined ? { fails } : { fails, wrapStore: mutant.siteStore },
  )
  const wire = makeSimulatedWire(random, (deviceId, call) => site.handle(deviceId, call))
  const purposes: readonly DevicePurpose[] = [
    'instructor',
    random.pick(['instructor', 'office'] as const),
    random.pick(['office', 'kiosk'] as const),
  ]
  const tablets: SimulatedTablet[] = []
  for (const [index, purpose] of purposes.entries()) {
    tablets.push(await joinSimulatedTablet({ site, wire, random, mutant }, 'ABC'.charAt(index), purpose))
  }
  for (const [index, tablet] of tablets.entries()) tablet.setClock(skewsMs?.[index] ?? 0)
  return {
    random,
    site,
    wire,
    tablets,
    peace,
    skewsMs: skewsMs ?? null,
    backup: null,
    reloads: 0,
    restores: 0,
    losses: 0,
    losesStores: mutant === AS_IT_IS,
  }
}

/** Everybody has the class before the trouble begins: nobody can mark people he was never told of. */
async function firstSync(play: Play): Promise<void> {
  for (const tablet of play.tablets) await round(play, tablet)
}

async function step(play: Play): Promise<void> {
  const { random, site, wire, tablets } = play
  const tablet = random.pick(tablets)
  const dice = random.next()
  site.advance(1000)
  if (dice < 0.46) await wire.step()
  else if (dice < 0.74) {
    const { command, actor } = randomTap(random, tablet)
    tablet.tap(command, actor)
  } else if (dice < 0.84) tablet.syncInBackground()
  else if (dice < 0.91) tablet.disk.step()
  else if (dice < 0.95) {
    play.reloads += 1
    await tablet.reload(lossOf(play, tablet))
  } else if (dice < 0.985) await actAtSite(play)
  else setClock(play, tablet)
}

/** Now and then one of the two stores is lost with the window. A mistake in the first store alone is looked for without that. */
function lossOf(play: Play, { disk }: SimulatedTablet): 'first' | 'second' | 'tail' | undefined {
  const what = play.random.pick([undefined, undefined, undefined, 'first', 'second', 'tail'] as const)
  if (what === undefined || !play.losesStores || disk.slowWrites > 0) return undefined
  play.losses += 1
  return what
}

function setClock({ random, skewsMs }: Play, tablet: SimulatedTablet): void {
  const skew = random.pick(SKEWS_MS)
  if (skewsMs === null) tablet.setClock(skew)
}

// A transaction of the office may fail like any other: the person sees it, and nothing was written.
async function actAtSite({ site, random }: Play): Promise<void> {
  try {
    await randomAct(site, random)
  } catch (thrown) {
    if (!(thrown instanceof StoreFault)) throw thrown
  }
}

function checkBugs(tablets: readonly SimulatedTablet[]): void {
  for (const { name, bugs } of tablets) {
    if (bugs.length > 0) throw new Error(`tablet ${name} threw`, { cause: bugs[0] })
  }
}

async function trouble(play: Play): Promise<void> {
  const { random, site, tablets, peace } = play
  const steps = random.integer(70, 140)
  const restoresAt = random.chance(RESTORE_HISTORIES) ? random.integer(40, steps) : null
  peace.isMade = false
  for (const tablet of tablets) tablet.disk.trouble()
  for (let count = 0; count < steps; count += 1) {
    if (restoresAt === count + 30) play.backup = site.store.backUp()
    if (restoresAt === count && play.backup !== null) {
      site.restore(play.backup)
      play.restores += 1
    }
    await step(play)
    await breathe()
    for (const tablet of tablets) checkAcknowledged(tablet)
    if (count % 24 === 0) await checkShown(random.pick(tablets))
    checkBugs(tablets)
  }
  peace.isMade = true
}

async function isDrained({ site, tablets }: Play): Promise<boolean> {
  const head = await site.store.read(site.context.facilityId, (view) => view.entries.headPosition())
  return tablets.every(({ ledger }) => ledger.ownWork().unsentCount === 0 && ledger.ownWork().state.cursor === head)
}

/** A round that never ends would hang here: the calls are counted instead. */
async function round({ wire }: Play, tablet: SimulatedTablet): Promise<void> {
  const before = wire.sent
  let ended = false
  const running = tablet.sync.syncNow().finally(() => {
    ended = true
  })
  running.catch(() => undefined)
  while (!ended && wire.sent - before <= CALLS_A_ROUND_MAX) {
    await wire.carry()
    await breathe()
  }
  if (!ended) throw new Violation('queues-drain', `a round of tablet ${tablet.name} does not end`)
  await running
}

async function heal(play: Play): Promise<void> {
  const { wire, tablets } = play
  for (const tablet of tablets) tablet.disk.heal()
  for (let carried = 0; wire.underway > 0; carried += 1) {
    if (carried > CARRIED_MAX) throw new Violation('queues-drain', 'what is under way does not end')
    await wire.carry()
    await breathe()
  }
  for (let rounds = 0; rounds < ROUNDS_MAX; rounds += 1) {
    if (await isDrained(play)) return
    for (const tablet of tablets) await round(play, tablet)
  }
  if (!(await isDrained(play))) {
    const told = tablets.map(
      ({ name, ledger, sync }) =>
        `${name} ${String(ledger.ownWork().unsentCount)} unsent, ${String(sync.status.trouble)}`,
    )
    throw new Violation('queues-drain', `not within ${String(ROUNDS_MAX)} rounds: ${told.join(', ')}`)
  }
}

async function contestedFindings({ store, context }: SimulatedSite): Promise<number> {
  const states = await store.read(context.facilityId, async ({ states }) => [
    ...(await states.list('session')),
    ...(await states.list('assessment')),
  ])
  return states.reduce(
    (sum, { state }) => sum + (state as { readonly findings: readonly unknown[] }).findings.length,
    0,
  )
}

function saidBy(entries: readonly StoredEntry[]): string {
  const lines = entries.map(({ deviceId, seq, stream, text }) => {
    const { kind, body } = JSON.parse(text) as Entry
    return JSON.stringify([deviceId, seq, stream, kind, body])
  })
  return hashText(lines.join('\n'))
}

/** Plays the history of a seed to its end; throws a Violation when a promise was broken, anything else when a part threw. */
export async function playHistory(seed: number, options: HistoryOptions = {}): Promise<HistoryTally> {
  const play = await begin(seed, options)
  const { site, wire, tablets } = play
  await firstSync(play)
  await trouble(play)
  await heal(play)
  checkBugs(tablets)
  for (const tablet of tablets) await checkShown(tablet)
  const entries = await siteEntries(site)
  await checkEnd(site, tablets, { disagreements: play.restores === 0 })
  const sum = (count: (tablet: SimulatedTablet) => number) =>
    tablets.reduce((total, tablet) => total + count(tablet), 0)
  return {
    acknowledged: sum(({ acknowledged }) => acknowledged.size),
    recorded: entries.length,
    refused: sum(({ disk }) => disk.rows.refused.size),
    reloads: play.reloads,
    calls: wire.sent,
    restores: play.restores,
    losses: play.losses,
    contested: await contestedFindings(site),
    said: saidBy(entries),
  }
}
