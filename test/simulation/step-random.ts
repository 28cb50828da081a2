// The chances of a history. Each step draws from a stream of its own, so that a history without some of its steps keeps the others as they were.
import { seededRandom, type SeededRandom } from '#test/support/seeded-random.ts'

/** A random source whose stream is begun anew for each step. */
export interface StepRandom extends SeededRandom {
  begin(step: number): void
}

/** Spreads neighbouring seeds and steps far apart. */
const STEP_PRIME = 0x9e3779b1
const SEED_PRIME = 0x85ebca6b

const mixed = (seed: number, step: number): number => (Math.imul(seed, SEED_PRIME) + Math.imul(step, STEP_PRIME)) >>> 0

/** The chances of a seed; they begin with those of step 0. */
export function stepRandom(seed: number): StepRandom {
  let current = seededRandom(mixed(seed, 0))
  return {
    seed,
    begin(step) {
      current = seededRandom(mixed(seed, step))
    },
    next: () => current.next(),
    integer: (min, max) => current.integer(min, max),
    chance: (probability) => current.chance(probability),
    pick: (items) => current.pick(items),
    shuffle: (items) => current.shuffle(items),
    bytes: (count) => current.bytes(count),
  }
}
