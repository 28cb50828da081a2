// The 3,000 histories of the small run, in halves that two cores play side by side.
import { describe, expect, it } from 'vitest'
import { addTotals, NOTHING, playSeeds, range, type Totals } from './play-seeds.ts'
import { PROMISES, type PromiseId, timesChecked } from './promises.ts'
import { keepFailedSeed } from './regressions.ts'
import { withSynchronousSignatures } from './synchronous-signatures.ts'

const BLOCK = 250
const PATIENCE_MS = 600_000
/** Of more failures than this, the first few tell what is wrong. */
const STORIES_MAX = 3
/** I15 compares histories with one another and has a test of its own. */
const HELD_TO = (Object.keys(PROMISES) as PromiseId[])
  .filter((promise) => promise !== 'I15')
  .map((promise) => [promise, PROMISES[promise]] as const)

async function playAll(seeds: Iterable<number>): Promise<Totals> {
  const { totals, failed } = await playSeeds(seeds)
  const stories: string[] = []
  for (const { seed } of failed.slice(0, STORIES_MAX))
    stories.push(...(await withSynchronousSignatures(() => keepFailedSeed(seed))))
  expect([...failed.map(({ seed, reason }) => `seed ${String(seed)}: ${reason}`), ...stories].join('\n')).toBe('')
  return totals
}

function hadSomethingToLose(all: Totals, histories: number): void {
  expect(all.histories).toBe(histories)
  for (const much of [all.acknowledged, all.calls, all.recorded]) expect(much).toBeGreaterThan(histories * 10)
  for (const some of [all.reloads, all.contested, all.losses]) expect(some).toBeGreaterThan(histories / 2)
  for (const few of [all.refused, all.restores, all.cuts, all.upgrades, all.settled, all.files, all.sealed])
    expect(few).toBeGreaterThan(histories / 20)
  expect(all.forks).toBeGreaterThan(histories / 100)
}

/** Declares the tests of the histories from `first` to `last`. */
export function testHistories(first: number, last: number): void {
  describe(`two to six tablets and a site, histories ${String(first)} to ${String(last)}`, () => {
    let all = NOTHING
    for (let from = first; from <= last; from += BLOCK) {
      const to = from + BLOCK - 1
      it(
        `[LED-1] [LED-2] [LED-7] [LED-8] keep ${HELD_TO.map(([promise]) => promise).join(', ')} in the histories of seeds ${String(from)} to ${String(to)}`,
        async () => {
          all = addTotals(all, await playAll(range(from, to)))
        },
        PATIENCE_MS,
      )
    }

    it.each(HELD_TO)('were held to %s: %s', (promise) => {
      expect(timesChecked(promise)).toBeGreaterThan((last - first) / 10)
    })

    it('had something to lose in these histories', () => hadSomethingToLose(all, last - first + 1))
  })
}
