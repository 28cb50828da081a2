// A history while it is played: its parts, what happened so far, and what is remembered from outside to be compared later.
import type { HistoryPlan } from './history-plan.ts'
import { planHistory } from './history-plan.ts'
import { makeVersions, type Versions } from './program-version.ts'
import type { SealedClass } from './ended-class.ts'
import type { Standing } from './promises-on-the-way.ts'
import { makeSimulatedMedium, type SimulatedMedium } from './simulated-medium.ts'
import { type SimulatedSite, startSimulatedSite } from './simulated-site.ts'
import type { Backup } from './simulated-store.ts'
import { joinSimulatedTablet, type SimulatedTablet } from './simulated-tablet.ts'
import { makeSimulatedWire, type SimulatedWire } from './simulated-wire.ts'
import { type StepRandom, stepRandom } from './step-random.ts'

/** What may be put into a history besides its seed. */
export interface HistoryOptions {
  /** Fixed errors of the tablets' clocks instead of drawn ones. */
  readonly skewsMs?: readonly number[]
  /** These steps alone; they stay what they are. */
  readonly only?: ReadonlySet<number>
  /** Hears what happens, line by line. */
  readonly tell?: (line: string) => void
}

/** How much there was to lose, and how much happened. */
export interface Counts {
  reloads: number
  restores: number
  losses: number
  copies: number
  upgrades: number
  cuts: number
}

export interface Play {
  readonly plan: HistoryPlan
  readonly random: StepRandom
  readonly versions: Versions
  readonly site: SimulatedSite
  readonly wire: SimulatedWire
  readonly medium: SimulatedMedium
  readonly tablets: SimulatedTablet[]
  readonly peace: { isMade: boolean }
  readonly skewsMs: readonly number[] | null
  readonly counts: Counts
  /** Where each tablet stood when it was last looked at, by name. */
  readonly standings: Map<string, Standing>
  /** Sealed classes seen so far. */
  sealed: readonly SealedClass[]
  backup: Backup | null
}

const TRANSACTION_FAILS = 0.02

/** Founds the site and joins the tablets. */
export async function beginPlay(seed: number, { skewsMs }: HistoryOptions): Promise<Play> {
  const random = stepRandom(seed)
  const plan = planHistory(random)
  const versions = makeVersions(plan.newKinds)
  const peace = { isMade: true }
  const fails = () => !peace.isMade && random.chance(TRANSACTION_FAILS)
  const site = await startSimulatedSite(random, { fails, versions, instances: plan.instances, isLong: plan.isLong })
  // Two versions share one registry in here and take turns, so they cannot be at work at the same time.
  const together = () => plan.instances.length > 1 && plan.newKinds.length === 0 && random.chance(0.5)
  const wire = makeSimulatedWire(random, site.handle, together)
  const tablets: SimulatedTablet[] = []
  for (const [index, planned] of plan.tablets.entries()) {
    versions.enter(planned.version)
    const tablet = await joinSimulatedTablet({ site, wire, random }, planned)
    tablet.setClock(skewsMs?.[index] ?? 0)
    tablets.push(tablet)
  }
  return {
    ...{ plan, random, versions, site, wire, tablets, peace },
    medium: makeSimulatedMedium(random, site),
    skewsMs: skewsMs ?? null,
    counts: { reloads: 0, restores: 0, losses: 0, copies: 0, upgrades: 0, cuts: 0 },
    standings: new Map(),
    sealed: [],
    backup: null,
  }
}

/** Lets everything run that can run: nothing in a history waits for anything but the network and the disk, which only a step moves. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
