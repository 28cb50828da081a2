// What can happen next in a history. Each step is of one tablet or of the site, draws from its own chances, and says in a line what it did.
import { StoreFault } from '#server/storage/ledger-store.ts'
import type { Play } from './play.ts'
import { checkSealed } from './ended-class.ts'
import { randomAct, randomTap, type Tap } from './random-commands.ts'
import type { SimulatedTablet } from './simulated-tablet.ts'
import type { Cut } from './simulated-wire.ts'
import { siteEntries } from './truth.ts'

/** What a step did, and the tablets it touched. */
export interface Stepped {
  readonly line: string
  readonly touched: readonly SimulatedTablet[]
}

type Step = (play: Play, tablet: SimulatedTablet) => Promise<Stepped> | Stepped

const DAY_MS = 86_400_000
const SKEWS_MS = [0, 0, 0, 90_000, -3_600_000, DAY_MS, -DAY_MS, 50 * 365 * DAY_MS, -50 * 365 * DAY_MS]
const COPIES_MAX = 1
/** A copied tablet: two write on one chain. */
const isCopied = ({ tablets }: Play, { name, copyOf }: SimulatedTablet): boolean =>
  copyOf !== null || tablets.some((one) => one.copyOf === name)

async function moveLetter({ wire, tablets, versions }: Play): Promise<Stepped> {
  let owner: SimulatedTablet | undefined
  const line = await wire.step(({ name }) => {
    owner = tablets.find((tablet) => tablet.name === name)
    versions.enter(owner?.version ?? 'newer')
  })
  return { line: line ?? 'no letter is under way', touched: owner === undefined ? [] : [owner] }
}

const KIND_OF_COMMAND: Readonly<Record<string, string>> = {
  makeUpSession: 'attendance.made-up.v1',
  admitToAssessment: 'assessment.admitted.v1',
  recordScore: 'assessment.scored.v1',
  registerWishes: 'enrollment.wishes-registered.v2',
}

function wordsOf({ command: { name, body }, actor }: Tap): string {
  const about = ['traineeId', 'sessionId', 'mark', 'part', 'attempt', 'result']
  const said = Object.entries(body).filter(([key]) => about.includes(key))
  return `${actor.actorId} ${name} ${said.map(([, value]) => JSON.stringify(value)).join(' ')}`
}

/** Where there are new kinds, people like to use them. */
function preferred({ random, plan }: Play, tablet: SimulatedTablet): Tap {
  const isNew = ({ command }: Tap) => plan.newKinds.some((kind) => kind === KIND_OF_COMMAND[command.name])
  let given = randomTap(random, tablet)
  for (let tries = plan.newKinds.length > 0 ? random.integer(0, 6) : 0; tries > 0 && !isNew(given); tries -= 1)
    given = randomTap(random, tablet)
  return given
}

function tap(play: Play, tablet: SimulatedTablet): Stepped {
  const { versions } = play
  const given = preferred(play, tablet)
  // An older program has no such command.
  if (!versions.knows(tablet.version, KIND_OF_COMMAND[given.command.name] ?? ''))
    return { line: `${tablet.name} is too old for ${given.command.name}`, touched: [] }
  tablet.tap(given.command, given.actor)
  return { line: `${tablet.name}: ${wordsOf(given)}`, touched: [tablet] }
}

function sync(_: Play, tablet: SimulatedTablet): Stepped {
  tablet.syncInBackground()
  return { line: `${tablet.name} begins a round`, touched: [tablet] }
}

function moveDisk(_: Play, tablet: SimulatedTablet): Stepped {
  const isSlow = tablet.disk.slowWrites > 0
  tablet.disk.step()
  return { line: `${tablet.name}: ${isSlow ? 'a slow write takes place' : 'no write is slow'}`, touched: [tablet] }
}

/** Now and then one of the two stores is lost with the window. What a copied tablet lost nobody could tell from what its copy wrote. */
function lossOf(play: Play, tablet: SimulatedTablet): 'first' | 'second' | 'tail' | undefined {
  const what = play.random.pick([undefined, undefined, undefined, 'first', 'second', 'tail'] as const)
  if (what === undefined || tablet.disk.slowWrites > 0 || isCopied(play, tablet)) return undefined
  play.counts.losses += 1
  return what
}

async function reload(play: Play, tablet: SimulatedTablet): Promise<Stepped> {
  const lost = lossOf(play, tablet)
  play.counts.reloads += 1
  if (lost !== undefined) play.standings.delete(tablet.name)
  await tablet.reload(lost)
  return { line: `${tablet.name} opens anew${lost === undefined ? '' : `, ${lost} store lost`}`, touched: [tablet] }
}

// A transaction of the office may fail like any other: the person sees it, and nothing was written.
async function act({ site, random }: Play): Promise<Stepped> {
  try {
    return { line: `the office: ${await randomAct(site, random)}`, touched: [] }
  } catch (thrown) {
    if (!(thrown instanceof StoreFault)) throw thrown
    return { line: 'the office: the store failed', touched: [] }
  }
}

function setClock({ random, skewsMs }: Play, tablet: SimulatedTablet): Stepped {
  const skew = random.pick(SKEWS_MS)
  if (skewsMs === null) tablet.setClock(skew)
  return { line: `the clock of ${tablet.name} is wrong by ${String(skew / 1000)} s`, touched: [] }
}

function cutOrMend({ random, wire, counts }: Play, { name }: SimulatedTablet): Stepped {
  if (wire.cuts.delete(name)) return { line: `${name} is reached again`, touched: [] }
  const cut = random.pick(['out', 'back', 'both'] as const satisfies readonly Cut[])
  wire.cuts.set(name, cut)
  counts.cuts += 1
  return { line: `${name} is cut off (${cut})`, touched: [] }
}

async function carry({ random, medium, tablets, versions }: Play, tablet: SimulatedTablet): Promise<Stepped> {
  const dice = random.next()
  if (dice < 0.35) return { line: await medium.carryOut(tablet), touched: [tablet] }
  if (dice < 0.68) return { line: await medium.bringToSite(), touched: [] }
  let reader = tablet
  const line = await medium.bringBack(tablets, (next) => {
    reader = next
    versions.enter(next.version)
  })
  return { line, touched: [reader] }
}

async function backUpOrRestore(play: Play): Promise<Stepped> {
  const { random, site, counts } = play
  if (play.backup === null || random.chance(0.4)) {
    play.backup = site.store.backUp()
    return { line: 'the site is backed up', touched: [] }
  }
  // What was sealed after the backup is sealed no longer; what was before it is.
  play.sealed = checkSealed(play.sealed, await siteEntries(site)).filter(
    ({ position }) => position <= (play.backup?.head.now.position ?? 0),
  )
  await site.restore(play.backup)
  counts.restores += 1
  return { line: 'the site is restored from its backup', touched: [] }
}

async function copy(play: Play, tablet: SimulatedTablet): Promise<Stepped> {
  if (play.counts.copies >= COPIES_MAX || tablet.disk.rows.state === null)
    return { line: `${tablet.name} is not copied`, touched: [] }
  play.counts.copies += 1
  const copied = await tablet.copy(`${tablet.name}*`)
  copied.disk.trouble()
  play.tablets.push(copied)
  return { line: `${tablet.name} is copied, key and all, to ${copied.name}`, touched: [tablet, copied] }
}

async function upgrade(play: Play, tablet: SimulatedTablet): Promise<Stepped> {
  const { random, site, versions, counts } = play
  if (random.chance(0.5) && (await site.upgrade())) {
    counts.upgrades += 1
    return { line: 'an instance of the site starts as the newer program', touched: [] }
  }
  if (tablet.version === 'newer') return { line: 'nobody is upgraded', touched: [] }
  versions.enter('newer')
  counts.upgrades += 1
  await tablet.upgrade()
  return { line: `${tablet.name} opens as the newer program`, touched: [tablet] }
}

/** Steps with their weights; those of a kind of trouble come only in histories that have it. */
function weighted({
  hasFiles,
  hasCuts,
  hasRestores,
  hasCopies,
  newKinds,
}: Play['plan']): readonly (readonly [number, Step])[] {
  const only = (has: boolean, weight: number) => (has ? weight : 0)
  return [
    [46, moveLetter],
    [28, tap],
    [10, sync],
    [7, moveDisk],
    [4, reload],
    [4, act],
    [1.5, setClock],
    [only(hasFiles, 12), carry],
    [only(hasCuts, 3), cutOrMend],
    [only(hasRestores, 3), backUpOrRestore],
    [only(hasCopies, 3), copy],
    [only(newKinds.length > 0, 2), upgrade],
  ]
}

/** Takes the next step. */
export async function takeStep(play: Play): Promise<Stepped> {
  const { random, tablets, versions, site } = play
  const tablet = random.pick(tablets)
  const steps = weighted(play.plan)
  let dice = random.next() * steps.reduce((sum, [weight]) => sum + weight, 0)
  site.advance(1000)
  versions.enter(tablet.version)
  for (const [weight, step] of steps) {
    if (dice < weight) return step(play, tablet)
    dice -= weight
  }
  return sync(play, tablet)
}
