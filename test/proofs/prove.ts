// `npm run prove`: tries what nobody has tried before and keeps account of it in test/proof-ledger.json.
//   -- --small         every proof in the size of npm test
//   -- --minutes N     goes on where the last run stopped, for N minutes; the proofs take turns
//   -- --only a,b      these proofs and no others; without a size each is played whole once, where that is possible
//   -- --seed N        plays one simulated history again; one that fails is made short, told and kept
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { playHistory } from '#test/simulation/history.ts'
import { keepFailedSeed } from '#test/simulation/regressions.ts'
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

function tell(name: string, { tries, figures, broken, told }: BlockResult): void {
  for (const line of told ?? []) console.log(`${name}: ${line}`)
  for (const sentence of broken) console.log(`${name}: ${sentence}`)
  console.log(`${name}: ${JSON.stringify({ tries, ...figures, broken: broken.length })}`)
}

async function playOnce(names: readonly string[], size: 'small' | 'whole'): Promise<boolean> {
  let isKept = true
  for (const name of names) {
    const proof = PROOFS[name]
    const tries = (size === 'whole' ? proof?.whole : undefined) ?? proof?.small ?? 1
    const result = await playApart(name, SEEDS_OF_TESTS, tries)
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

async function proveAll(names: readonly string[], minutes: number, size: 'small' | 'whole'): Promise<void> {
  process.env[POSTGRES_FOLDER] = mkdtempSync(join(tmpdir(), 'xincheng-postgres-'))
  try {
    const isKept = minutes > 0 ? await playFor(names, minutes) : await playOnce(names, size)
    if (minutes > 0) tellAccount(names)
    if (!isKept) process.exitCode = 1
  } finally {
    await stopPostgres()
  }
}

async function playAgain(seed: number): Promise<void> {
  const story = await withSynchronousSignatures(() => keepFailedSeed(seed))
  if (story.length === 0) console.log(await withSynchronousSignatures(() => playHistory(seed)))
  else console.log(story.join('\n'))
  if (story.length > 0) process.exitCode = 1
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
const size = values.small === true ? 'small' : values.only === undefined ? null : 'whole'
if (values.seed !== undefined) await playAgain(Number(values.seed))
else if (values.block !== undefined)
  console.log(JSON.stringify(await PROOFS[values.block]?.play(Number(values.from), Number(values.tries))))
else if (unknown.length > 0 || !(minutes > 0 || size !== null)) {
  console.error(`say --small, --minutes N, --only NAMES or --seed N; the proofs are ${Object.keys(PROOFS).join(', ')}`)
  process.exitCode = 1
} else await proveAll(names, minutes, size ?? 'small')
