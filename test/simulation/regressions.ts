// Histories that failed once, a file each in test/simulation/regressions/. They are played first, for ever. A seed names the same history only as
// long as the simulation draws its chances in the same order; what a file found is also held by a test of its own, which it names.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { shrinkHistory, type ShrunkHistory } from './shrink.ts'

/** A kept history: its seed, the steps that are enough, and what it found, in words. */
export interface Regression {
  readonly seed: number
  readonly steps: readonly number[]
  readonly found: string
  readonly story: readonly string[]
}

const FOLDER = fileURLToPath(new URL('regressions/', import.meta.url))

/** All of them, by seed. */
export function readRegressions(): readonly Regression[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'))
  const all = names.map((name) => JSON.parse(readFileSync(`${FOLDER}${name}`, 'utf8')) as Regression)
  return all.sort((first, second) => first.seed - second.seed)
}

/** Writes a failed history to its file. */
function keep({ seed, steps, reason, story }: ShrunkHistory): void {
  mkdirSync(FOLDER, { recursive: true })
  const regression: Regression = { seed, steps, found: reason, story }
  const text = JSON.stringify(regression, null, 2)
  // A few numbers stand in one line, as the house writes them.
  const inLine = text.replace(/"steps": \[[^\]]*\]/, `"steps": [${steps.join(', ')}]`)
  writeFileSync(`${FOLDER}seed-${String(seed)}.json`, `${inLine}\n`)
}

/** Shrinks a failing seed, keeps it as a file, and answers its story in lines; empty when it does not fail. */
export async function keepFailedSeed(seed: number): Promise<readonly string[]> {
  const shrunk = await shrinkHistory(seed)
  if (shrunk === null) return []
  keep(shrunk)
  return [
    `seed ${String(seed)}: ${shrunk.reason}`,
    ...shrunk.story.map((line) => `  ${line}`),
    `kept in test/simulation/regressions/seed-${String(seed)}.json; play it again: npm run prove -- --seed ${String(seed)}`,
  ]
}
