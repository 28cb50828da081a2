// One history: some tablets and a site, a network that is broken, people who tap, windows that die, then peace, three rounds, and the promises.
import { hashText } from '#contract/canonical.ts'
import type { Entry } from '#contract/envelope.ts'
import type { StoredEntry } from '#server/storage/ledger-store.ts'
import { checkSealed } from './ended-class.ts'
import { isStopped } from './forked-family.ts'
import { beginPlay, breathe, type Counts, type HistoryOptions, type Play } from './play.ts'
import { keeps, Violation } from './promises.ts'
import { checkEnd } from './promises-at-end.ts'
import { checkAcknowledged, checkNeverBack, checkReceived, checkShown } from './promises-on-the-way.ts'
import type { SimulatedTablet } from './simulated-tablet.ts'
import { takeStep } from './steps.ts'
import { readTruth, siteEntries, type Truth } from './truth.ts'

/** How much there was to lose: entries said to be saved, in the ledger, refused; what happened to them; contradictions found. */
export interface HistoryTally extends Readonly<Counts> {
  readonly tablets: number
  readonly acknowledged: number
  readonly recorded: number
  readonly refused: number
  readonly calls: number
  readonly files: number
  readonly forks: number
  /** Entries that were held and got their verdict after an upgrade. */
  readonly settled: number
  readonly sealed: number
  readonly contested: number
  /** SHA-256 over what the ledger says, in its order, without times and what follows from them. */
  readonly said: string
}

const ROUNDS_MAX = 3
const CALLS_A_ROUND_MAX = 60
const CARRIED_MAX = 500
const LOOKS_EVERY = 24

function checkBugs(tablets: readonly SimulatedTablet[]): void {
  for (const { name, bugs } of tablets) {
    if (bugs.length > 0) throw new Error(`tablet ${name} threw`, { cause: bugs[0] })
  }
}

function isCopied({ tablets }: Play, { name, copyOf }: SimulatedTablet): boolean {
  return copyOf !== null || tablets.some((one) => one.copyOf === name)
}

/** The cheap checks after each step, of whoever was touched. */
async function lookAt(play: Play, touched: readonly SimulatedTablet[]): Promise<void> {
  const { site, standings } = play
  for (const tablet of touched) {
    checkAcknowledged(tablet)
    await checkReceived(site, tablet)
    const before = standings.get(tablet.name)
    const standing = checkNeverBack(tablet, before)
    if (standing !== undefined) standings.set(tablet.name, standing)
    // A tablet that has just heard of a restore, or lost a store, shows what is its own all the same.
    const isElsewhere = before === undefined || before.serverEpoch !== standing?.serverEpoch
    if (isElsewhere && !isCopied(play, tablet)) await checkShown(tablet, play.versions)
  }
}

async function lookAround(play: Play): Promise<void> {
  const { random, tablets, versions, site } = play
  const tablet = random.pick(tablets)
  versions.enter(tablet.version)
  // Of a copied tablet nobody can tell from the ledger which of the two wrote what.
  if (!isCopied(play, tablet)) await checkShown(tablet, versions)
  play.sealed = checkSealed(play.sealed, await siteEntries(site))
}

/** Everybody has the class before the trouble begins: nobody can mark people he was never told of. */
async function firstSync(play: Play): Promise<void> {
  for (const tablet of play.tablets) await round(play, tablet)
}

async function trouble(play: Play, { only, tell }: HistoryOptions): Promise<void> {
  const { plan, random, tablets, peace } = play
  peace.isMade = false
  for (const tablet of tablets) tablet.disk.trouble()
  for (let step = 1; step <= plan.steps; step += 1) {
    if (only?.has(step) === false) continue
    random.begin(step)
    const { line, touched } = await takeStep(play)
    await breathe()
    tell?.(`${String(step)} ${line}`)
    await lookAt(play, touched)
    if (step % LOOKS_EVERY === 0) await lookAround(play)
    checkBugs(tablets)
  }
  random.begin(plan.steps + 1)
  peace.isMade = true
}

/** A round that never ends would hang here: the calls are counted instead. */
async function round({ wire, versions }: Play, tablet: SimulatedTablet): Promise<void> {
  const before = wire.sent
  let ended = false
  versions.enter(tablet.version)
  const running = tablet.sync.syncNow().finally(() => {
    ended = true
  })
  running.catch(() => undefined)
  while (!ended && wire.sent - before <= CALLS_A_ROUND_MAX) {
    await wire.carry()
    await breathe()
  }
  if (!ended) throw new Violation('I7', `a round of tablet ${tablet.name} does not end`)
  await running
}

async function isDrained({ site, tablets }: Play): Promise<boolean> {
  const head = await site.store.read(site.context.facilityId, (view) => view.entries.headPosition())
  return tablets.every((tablet) => {
    const { unsentCount, state } = tablet.ledger.ownWork()
    return (unsentCount === 0 || isStopped(tablet)) && state.cursor === head
  })
}

/** Peace: every cut is mended, every program is the newer one, every disk is well, and whatever is under way arrives. */
async function heal(play: Play): Promise<void> {
  const { wire, site, tablets, versions } = play
  wire.cuts.clear()
  while (await site.upgrade()) play.counts.upgrades += 1
  versions.enter('newer')
  for (const tablet of tablets) {
    tablet.disk.heal()
    await breathe()
    if (tablet.version === 'older') await tablet.upgrade()
  }
  for (let carried = 0; wire.underway > 0; carried += 1) {
    if (carried > CARRIED_MAX) throw new Violation('I7', 'what is under way does not end')
    await wire.carry()
    await breathe()
  }
}

/** I7. */
async function drain(play: Play, tell: HistoryOptions['tell']): Promise<void> {
  const { tablets, plan, medium } = play
  const isCarried = ({ name }: SimulatedTablet) =>
    plan.tablets.some((planned) => planned.name === name && planned.goesByFile)
  for (let rounds = 1; rounds <= ROUNDS_MAX; rounds += 1) {
    if (await isDrained(play)) break
    tell?.(`peace, round ${String(rounds)}`)
    for (const tablet of tablets) await (isCarried(tablet) ? medium.round(tablet) : round(play, tablet))
  }
  const told = () =>
    tablets.map(
      ({ name, ledger, troubles }) => `${name} ${String(ledger.ownWork().unsentCount)} unsent, ${troubles.join()}`,
    )
  keeps(await isDrained(play), 'I7', () => `not within ${String(ROUNDS_MAX)} rounds: ${told().join('; ')}`)
}

function contestedIn({ states }: Truth): number {
  return [...states.values()].reduce<number>((sum, state) => {
    const { findings } = (state ?? {}) as { readonly findings?: readonly unknown[] }
    return sum + (findings?.length ?? 0)
  }, 0)
}

function saidBy(entries: readonly StoredEntry[]): string {
  const lines = entries.map(({ deviceId, seq, stream, text }) => {
    const { kind, body } = JSON.parse(text) as Entry
    return JSON.stringify([deviceId, seq, stream, kind, body])
  })
  return hashText(lines.join('\n'))
}

function familiesOf(tablets: readonly SimulatedTablet[]): readonly (readonly SimulatedTablet[])[] {
  const originals = tablets.filter(({ copyOf }) => copyOf === null)
  return originals.map((original) => tablets.filter(({ device }) => device.deviceId === original.device.deviceId))
}

async function playOut(play: Play, options: HistoryOptions): Promise<HistoryTally> {
  const { site, wire, tablets, versions, counts } = play
  await firstSync(play)
  await trouble(play, options)
  await heal(play)
  await drain(play, options.tell)
  checkBugs(tablets)
  for (const tablet of tablets) if (!isCopied(play, tablet)) await checkShown(tablet, versions)
  const truth = await readTruth(site)
  const sealed = checkSealed(play.sealed, truth.stored)
  const forks = await checkEnd(site, familiesOf(tablets), truth, counts.restores > 0)
  const sum = (count: (tablet: SimulatedTablet) => number) =>
    tablets.reduce((total, tablet) => total + count(tablet), 0)
  return {
    ...counts,
    tablets: tablets.length,
    acknowledged: sum(({ acknowledged }) => acknowledged.size),
    recorded: truth.stored.length,
    refused: sum(({ disk }) => disk.rows.refused.size),
    calls: wire.sent,
    files: play.medium.taken,
    forks,
    settled: site.settled,
    sealed: sealed.length - 1,
    contested: contestedIn(truth),
    said: saidBy(truth.stored),
  }
}

/** Plays the history of a seed to its end; throws a Violation when a promise was broken, anything else when a part threw. */
export async function playHistory(seed: number, options: HistoryOptions = {}): Promise<HistoryTally> {
  const play = await beginPlay(seed, options)
  try {
    return await playOut(play, options)
  } finally {
    play.versions.enter('newer')
  }
}
