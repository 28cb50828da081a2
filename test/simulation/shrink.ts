// Makes a failing history short: steps are left out as long as the same promise breaks, and what is left is told line by line.
import { playHistory } from './history.ts'
import { planHistory } from './history-plan.ts'
import { Violation } from './promises.ts'
import { stepRandom } from './step-random.ts'

/** A failing history at its shortest. `steps`: the steps that are left; `story`: what happens in them; `reason`: which promise breaks. */
export interface ShrunkHistory {
  readonly seed: number
  readonly steps: readonly number[]
  readonly reason: string
  readonly story: readonly string[]
}

interface Failure {
  readonly kind: string
  readonly reason: string
  readonly story: readonly string[]
}

const PLAYS_MAX = 160

function sentenceOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  return thrown.cause === undefined ? thrown.message : `${thrown.message}: ${sentenceOf(thrown.cause)}`
}

async function failureOf(seed: number, steps: readonly number[]): Promise<Failure | null> {
  const story: string[] = []
  try {
    await playHistory(seed, { only: new Set(steps), tell: (line) => story.push(line) })
    return null
  } catch (thrown) {
    const kind = thrown instanceof Violation ? thrown.promise : 'thrown'
    return { kind, reason: sentenceOf(thrown), story }
  }
}

/** Plays a seed. Null: every promise is kept; else the shortest history found that breaks the same one. */
export async function shrinkHistory(seed: number): Promise<ShrunkHistory | null> {
  let steps: readonly number[] = Array.from({ length: planHistory(stepRandom(seed)).steps }, (_, index) => index + 1)
  let found = await failureOf(seed, steps)
  if (found === null) return null
  const { kind } = found
  let plays = 0
  // Halves, quarters, and so on down to single steps.
  for (let size = steps.length; size > 1 && plays < PLAYS_MAX; ) {
    size = Math.ceil(size / 2)
    for (let from = 0; from < steps.length && plays < PLAYS_MAX; ) {
      const fewer = [...steps.slice(0, from), ...steps.slice(from + size)]
      const failure = await failureOf(seed, fewer)
      plays += 1
      if (failure?.kind === kind) {
        found = failure
        steps = fewer
      } else from += size
    }
  }
  return { seed, steps, reason: found.reason, story: found.story }
}
