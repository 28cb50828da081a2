// Tests of the simulation itself: it must notice mistakes. Each is built in, and must be found within 500 histories.
import { describe, expect, it } from 'vitest'
import { MUTANTS } from './mutants.ts'
import { playSeeds } from './play-seeds.ts'

const WITHIN = 500
const PATIENCE_MS = 600_000

describe('the simulation finds a program that', () => {
  it.each(MUTANTS.map((make) => [make().name, make] as const))(
    '%s',
    async (_, make) => {
      let seed = 0
      let reasons: readonly string[] = []
      while (reasons.length === 0 && seed < WITHIN) {
        seed += 1
        const { failed } = await playSeeds([seed], () => ({ mutant: make() }))
        reasons = failed.map(({ reason }) => reason)
      }
      // By a broken promise, not because the simulation itself fell over.
      expect(reasons).toEqual([
        expect.stringMatching(
          /^(acknowledged-is-durable|everything-arrives|refused-with-reason|queues-drain|same-order|scope|chain|rebuild|shown|push-twice|no-silent-winner): /,
        ),
      ])
    },
    PATIENCE_MS,
  )
})
