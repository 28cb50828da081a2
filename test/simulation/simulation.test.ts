// Three tablets, a site and everything that can go wrong between them: see history.ts for what happens and invariants.ts for what must hold.
import { describe, expect, it } from 'vitest'
import { FIXED_SEEDS } from './fixed-seeds.ts'
import { playHistory } from './history.ts'
import { addTotals, NOTHING, playSeeds, range, replayCommand, type Totals } from './play-seeds.ts'
import { withSynchronousSignatures } from './synchronous-signatures.ts'

const HISTORIES = 3000
const BLOCK = 250
const PATIENCE_MS = 600_000
const HOURS_MS = 3_600_000

async function playAll(seeds: Iterable<number>): Promise<Totals> {
  const { totals, failed } = await playSeeds(seeds)
  expect(
    failed.map(({ seed, reason }) => `seed ${String(seed)}: ${reason}; play it again: ${replayCommand(seed)}`),
  ).toEqual([])
  return totals
}

describe('three tablets and a site', () => {
  it(
    'keep every promise in the histories that failed once',
    () => playAll(FIXED_SEEDS.map(({ seed }) => seed)),
    PATIENCE_MS,
  )

  let all = NOTHING
  for (let first = 1; first <= HISTORIES; first += BLOCK) {
    const last = first + BLOCK - 1
    it(
      `[LED-1] [LED-2] [LED-7] [LED-8] lose nothing, double nothing and agree in the histories of seeds ${String(first)} to ${String(last)}`,
      async () => {
        all = addTotals(all, await playAll(range(first, last)))
      },
      PATIENCE_MS,
    )
  }

  it('had something to lose in these histories', () => {
    expect(all.histories).toBe(HISTORIES)
    for (const much of [all.acknowledged, all.calls, all.recorded]) expect(much).toBeGreaterThan(HISTORIES * 10)
    for (const some of [all.refused, all.reloads, all.contested]) expect(some).toBeGreaterThan(HISTORIES / 5)
    expect(all.restores).toBeGreaterThan(HISTORIES / 50)
  })

  it(
    '[LED-7] say the same in the same order whatever their clocks show',
    () =>
      withSynchronousSignatures(async () => {
        for (const seed of range(1, 20)) {
          const skews = [
            [0, 0, 0],
            [5 * HOURS_MS, -5 * HOURS_MS, 1],
            [-7 * HOURS_MS, 2 * HOURS_MS, 4 * HOURS_MS],
          ]
          const said = new Set<string>()
          for (const skewsMs of skews) said.add((await playHistory(seed, { skewsMs })).said)
          expect(said.size, `seed ${String(seed)}`).toBe(1)
        }
      }),
    PATIENCE_MS,
  )

  it(
    'play the same history for the same seed',
    () =>
      withSynchronousSignatures(async () => {
        for (const seed of range(21, 30)) expect(await playHistory(seed)).toEqual(await playHistory(seed))
      }),
    PATIENCE_MS,
  )
})
