// `npm run prove`: tries what nobody has tried before and keeps account of it in test/proof-ledger.json.
//   -- --small         every proof in the size of npm test
//   -- --minutes N     goes on where the last run stopped, for N minutes; the proofs take turns
//   -- --only a,b      these proofs and no others
//   -- --seed N        plays one simulated history again
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { playHistory } from '#test/simulation/history.ts'
import { withSynchronousSignatures } from '#test/simulation/synchronous-signatures.ts'
import { POSTGRES_FOLDER, stopPostgres } from '#test/support/postgres.ts'
import { accountOf, enterBlock, sumOf } from './proof-account.ts'
import { type BlockResult, PROOFS } from './registry.ts'

const SELF = fileURLToPath(import.meta.url)
const SEEDS_OF_TESTS = 1
/** With no failure in n tries the true share lies below 3/n with 95 % confidence. */
const BOUND = 3
const run = promisify(execFile)

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return 'unknown'
  }
}

/** A block in a process of its own: what it leaves behind ends with it. */
async function playApart(name: string, seed: number, tries: number): Promise<BlockResult> {
  const args = ['--disable-warning=ExperimentalWarning', SELF, '--block', name]
  try {
    const { stdout } = await run(process.execPath, [...args, '--from', String(seed), '--tries', String(tries)], {
      maxBuffer: 64 * 1024 * 1024,
    })
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as BlockResult
  } catch (thrown) {
    const said =
      thrown instanceof Error && 'stderr' in thrown ? String(thrown.stderr).trim().slice(-400) : String(thrown)
    return { tries: 0, figures: {}, broken: [`seed ${String(seed)}: the proof itself broke: ${said}`] }
  }
}

function tell(name: string, { tries, figures, broken }: BlockResult): void {
  for (const sentence of broken) console.log(`${name}: ${sentence}`)
  console.log(`${name}: ${JSON.stringify({ tries, ...figures, broken: broken.length })}`)
}

async function playSmall(names: readonly string[]): Promise<boolean> {
  let isKept = true
  for (const name of names) {
    const result = await playApart(name, SEEDS_OF_TESTS, PROOFS[name]?.small ?? 1)
    tell(name, result)
    isKept &&= result.broken.length === 0
  }
  return isKept
}

async function playFor(names: readonly string[], minutes: number): Promise<boolean> {
  const endsAt = Date.now() + minutes * 60_000
  const version = commit()
  let isKept = true
  for (let turn = 0; Date.now() < endsAt; turn += 1) {
    const name = names[turn % names.length] ?? ''
    const proof = PROOFS[name]
    if (proof === undefined) break
    const seed = accountOf(name).nextSeed
    const result = await playApart(name, seed, proof.block)
    enterBlock(name, version, seed, proof.block, result)
    tell(name, result)
    isKept &&= result.broken.length === 0
  }
  return isKept
}

function tellAccount(names: readonly string[]): void {
  const rows = names.map((name) => {
    const { tries, broken } = sumOf(accountOf(name))
    const bound = tries === 0 || broken > 0 ? null : BOUND / tries
    return [name, { tries, aim: PROOFS[name]?.aim ?? 0, broken, below95: bound }] as const
  })
  console.log(JSON.stringify({ ok: rows.every(([, { broken }]) => broken === 0), proofs: Object.fromEntries(rows) }))
}

async function proveAll(names: readonly string[], minutes: number): Promise<void> {
  process.env[POSTGRES_FOLDER] = mkdtempSync(join(tmpdir(), 'xincheng-postgres-'))
  try {
    const isKept = minutes > 0 ? await playFor(names, minutes) : await playSmall(names)
    if (minutes > 0) tellAccount(names)
    if (!isKept) process.exitCode = 1
  } finally {
    await stopPostgres()
  }
}

const { values } = parseArgs({
  options: {
    small: { type: 'boolean' },
    minutes: { type: 'string' },
    only: { type: 'string' },
    seed: { type: 'string' },
    block: { type: 'string' },
    from: { type: 'string' },
    tries: { type: 'string' },
  },
})
const names = values.only?.split(',') ?? Object.keys(PROOFS)
const unknown = names.filter((name) => !Object.hasOwn(PROOFS, name))
const minutes = Number(values.minutes ?? 0)
if (values.seed !== undefined) console.log(await withSynchronousSignatures(() => playHistory(Number(values.seed))))
else if (values.block !== undefined)
  console.log(JSON.stringify(await PROOFS[values.block]?.play(Number(values.from), Number(values.tries))))
else if (unknown.length > 0 || !(minutes > 0 || values.small === true)) {
  console.error(`say --small, --minutes N or --seed N; the proofs are ${Object.keys(PROOFS).join(', ')}`)
  process.exitCode = 1
} else await proveAll(names, minutes)
