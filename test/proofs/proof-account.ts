// The account of what was proved: for each proof where to go on, and what each version of the program was put through.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { BlockResult } from './registry.ts'

/** Seeds below belong to `npm test`. */
const FIRST_SEED = 10_001

interface CommitAccount extends BlockResult {
  readonly commit: string
}

/** One proof's part of the account. */
export interface ProofAccount {
  readonly nextSeed: number
  readonly commits: readonly CommitAccount[]
}

type Account = Readonly<Record<string, ProofAccount>>

const FILE = fileURLToPath(new URL('../proof-ledger.json', import.meta.url))

/** The sum of two results. */
export function addResults(first: BlockResult, second: BlockResult): BlockResult {
  const names = [...new Set([...Object.keys(first.figures), ...Object.keys(second.figures)])]
  return {
    tries: first.tries + second.tries,
    figures: Object.fromEntries(names.map((name) => [name, (first.figures[name] ?? 0) + (second.figures[name] ?? 0)])),
    broken: [...first.broken, ...second.broken],
  }
}

function readAccount(): Account {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Account) : {}
}

/** What is known of a proof; a fresh account when it was never played. */
export function accountOf(name: string): ProofAccount {
  return readAccount()[name] ?? { nextSeed: FIRST_SEED, commits: [] }
}

/** Tries and broken promises over all versions. */
export function sumOf({ commits }: ProofAccount): { readonly tries: number; readonly broken: number } {
  return {
    tries: commits.reduce((sum, { tries }) => sum + tries, 0),
    broken: commits.reduce((sum, { broken }) => sum + broken.length, 0),
  }
}

/** Adds one block, which began at `seed` and took `seeds` of them, and writes the account whole or not at all. */
export function enterBlock(name: string, commit: string, seed: number, seeds: number, block: BlockResult): void {
  const { told: _, ...result } = block
  const before = accountOf(name)
  const same = before.commits.find((one) => one.commit === commit)
  const entry = { commit, ...(same === undefined ? result : addResults(same, result)) }
  const commits = [...before.commits.filter((one) => one.commit !== commit), entry]
  const after = { ...readAccount(), [name]: { nextSeed: Math.max(before.nextSeed, seed + seeds), commits } }
  writeFileSync(`${FILE}.new`, `${JSON.stringify(after, null, 2)}\n`)
  renameSync(`${FILE}.new`, FILE)
}
