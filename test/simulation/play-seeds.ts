// Plays many histories one after the other and adds up what they came to.
import { type HistoryTally, playHistory } from './history.ts'
import { withSynchronousSignatures } from './synchronous-signatures.ts'

/** Sums over histories. */
export type Totals = Omit<HistoryTally, 'said'> & { readonly histories: number }

/** A history that broke a promise. */
export interface FailedSeed {
  readonly seed: number
  readonly reason: string
}

export const NOTHING: Totals = {
  ...{ histories: 0, tablets: 0, acknowledged: 0, recorded: 0, refused: 0, calls: 0, files: 0, reloads: 0, losses: 0 },
  ...{ restores: 0, copies: 0, forks: 0, settled: 0, upgrades: 0, cuts: 0, sealed: 0, contested: 0 },
}

/** Adds two sums. */
export function addTotals(first: Totals, second: Totals): Totals {
  const names = Object.keys(NOTHING) as (keyof Totals)[]
  return Object.fromEntries(names.map((name) => [name, (first[name] ?? 0) + (second[name] ?? 0)])) as Totals
}

/** What was thrown, in words. */
export function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  return thrown.cause === undefined ? thrown.message : `${thrown.message}: ${reasonOf(thrown.cause)}`
}

/** How a person plays a failing history again. */
export function replayCommand(seed: number): string {
  return `npm run prove -- --seed ${String(seed)}`
}

/** Plays each seed; a failing one stops nobody. */
export function playSeeds(seeds: Iterable<number>): Promise<{ totals: Totals; failed: readonly FailedSeed[] }> {
  return withSynchronousSignatures(async () => {
    let totals = NOTHING
    const failed: FailedSeed[] = []
    for (const seed of seeds) {
      try {
        totals = addTotals(totals, { ...(await playHistory(seed)), histories: 1 })
      } catch (thrown) {
        failed.push({ seed, reason: reasonOf(thrown) })
      }
    }
    return { totals, failed }
  })
}

/** The whole numbers from first to last, both included. */
export function* range(first: number, last: number): Iterable<number> {
  for (let seed = first; seed <= last; seed += 1) yield seed
}
