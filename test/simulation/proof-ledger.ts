// The account of histories played: totals by commit, and where to go on, so that no seed is spent twice.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Totals } from './play-seeds.ts'
import { addTotals, NOTHING } from './play-seeds.ts'

/** Seeds below belong to `npm test`. */
export const FIRST_SEED = 10_001

/** What one version of the program was put through. */
interface CommitProof {
  readonly commit: string
  readonly totals: Totals
  readonly failedSeeds: readonly number[]
}

export interface ProofLedger {
  readonly nextSeed: number
  readonly commits: readonly CommitProof[]
}

const FILE = fileURLToPath(new URL('../proof-ledger.json', import.meta.url))

/** Reads the account; an empty one when there is none. */
export function readProofLedger(): ProofLedger {
  if (!existsSync(FILE)) return { nextSeed: FIRST_SEED, commits: [] }
  return (JSON.parse(readFileSync(FILE, 'utf8')) as { simulation: ProofLedger }).simulation
}

/** Adds a run and writes the account, whole or not at all. */
export function writeProofLedger(before: ProofLedger, run: CommitProof & { readonly nextSeed: number }): void {
  const { commit, nextSeed, failedSeeds } = run
  const same = before.commits.find((one) => one.commit === commit)
  const totals = addTotals(same?.totals ?? NOTHING, run.totals)
  const entry = { commit, totals, failedSeeds: [...(same?.failedSeeds ?? []), ...failedSeeds] }
  const commits = [...before.commits.filter((one) => one.commit !== commit), entry]
  const json = JSON.stringify({ simulation: { nextSeed, commits } }, null, 2)
  // Numbers in one line, as the formatter of the house wants them.
  const text = json.replace(/\[\s+([\d,\s]+?)\s+\]/g, (_, seeds: string) => `[${seeds.split(/,\s*/).join(', ')}]`)
  writeFileSync(`${FILE}.new`, `${text}\n`)
  renameSync(`${FILE}.new`, FILE)
}
