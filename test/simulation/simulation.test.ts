// Two to six tablets, a site and everything that can go wrong between them: see steps.ts for what happens and promises.ts for what must hold.
import { describe, expect, it } from 'vitest'
import { playHistory } from './history.ts'
import { playSeeds, range } from './play-seeds.ts'
import { PROMISES } from './promises.ts'
import { readRegressions } from './regressions.ts'
import { shrinkHistory } from './shrink.ts'
import { withSynchronousSignatures } from './synchronous-signatures.ts'

const PATIENCE_MS = 600_000
const HOURS_MS = 3_600_000

describe('tablets and a site', () => {
  it(
    'keep every promise in the histories that failed once',
    () =>
      withSynchronousSignatures(async () => {
        for (const { seed, steps, found } of readRegressions()) {
          const played = await playHistory(seed, { only: new Set(steps) }).catch((thrown: unknown) => thrown)
          expect(played, `seed ${String(seed)} once found: ${found}`).not.toBeInstanceOf(Error)
        }
      }),
    PATIENCE_MS,
  )

  it(
    `[LED-7] I15: ${PROMISES.I15}: they say the same in the same order whatever their clocks show`,
    () =>
      withSynchronousSignatures(async () => {
        for (const seed of range(1, 20)) {
          const skews = [
            [0, 0, 0, 0, 0, 0],
            [5 * HOURS_MS, -5 * HOURS_MS, 1, -1, 2 * HOURS_MS, 3 * HOURS_MS],
            [-7 * HOURS_MS, 2 * HOURS_MS, 4 * HOURS_MS, 7 * HOURS_MS, -1 * HOURS_MS, 0],
          ]
          const said = new Set<string>()
          for (const skewsMs of skews) said.add((await playHistory(seed, { skewsMs })).said)
          expect(said.size, `seed ${String(seed)}`).toBe(1)
        }
      }),
    PATIENCE_MS,
  )

  it(
    'play the same history for the same seed, and one without some of its steps goes on as it was',
    () =>
      withSynchronousSignatures(async () => {
        for (const seed of range(21, 30)) expect(await playHistory(seed)).toEqual(await playHistory(seed))
        const storyOf = async (steps: number) => {
          const lines: string[] = []
          const only = new Set([...range(1, steps)].filter((step) => step !== 40))
          await playHistory(31, { tell: (line) => lines.push(line), ...(steps > 0 ? { only } : {}) })
          return lines
        }
        const [whole, shorter] = [await storyOf(0), await storyOf(200)]
        expect(shorter.slice(0, 39)).toEqual(whole.slice(0, 39))
        expect(shorter).not.toEqual(whole)
      }),
    PATIENCE_MS,
  )

  it('have nothing to shrink where nothing fails', () =>
    withSynchronousSignatures(async () => {
      expect(await shrinkHistory(1)).toBe(null)
      expect((await playSeeds([1, 2])).failed).toEqual([])
    }))
})
