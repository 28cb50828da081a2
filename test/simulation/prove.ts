// `npm run prove`: plays histories nobody has played before and keeps account of them in test/proof-ledger.json.
//   -- --small       the histories of npm test
//   -- --minutes N   goes on where the last run stopped, for N minutes, on every core
//   -- --seed N      plays one history again
import { execFile, execFileSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { parseArgs } from 'node:util'
import { playHistory } from './history.ts'
import { addTotals, type FailedSeed, NOTHING, playSeeds, range, replayCommand, type Totals } from './play-seeds.ts'
import { FIRST_SEED, readProofLedger, writeProofLedger } from './proof-ledger.ts'
import { withSynchronousSignatures } from './synchronous-signatures.ts'

const SMALL = 2000
const BLOCK = 200
const SELF = fileURLToPath(import.meta.url)
const run = promisify(execFile)

interface Played {
  readonly totals: Totals
  readonly failed: readonly FailedSeed[]
}

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

/** A block of seeds in a process of its own, so that every core has one. */
async function playApart(first: number, last: number): Promise<Played> {
  const { stdout } = await run(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    SELF,
    '--from',
    String(first),
    '--to',
    String(last),
  ])
  return JSON.parse(stdout) as Played
}

function tell({ totals, failed }: Played): void {
  for (const { seed, reason } of failed)
    console.log(`seed ${String(seed)}: ${reason}; play it again: ${replayCommand(seed)}`)
  console.log(JSON.stringify({ ok: failed.length === 0, ...totals, failed: failed.map(({ seed }) => seed) }))
  if (failed.length > 0) process.exitCode = 1
}

async function playFor(minutes: number): Promise<void> {
  const endsAt = Date.now() + minutes * 60_000
  const ledger = readProofLedger()
  let next = Math.max(FIRST_SEED, ledger.nextSeed)
  let played: Played = { totals: NOTHING, failed: [] }
  const lane = async (): Promise<void> => {
    while (Date.now() < endsAt) {
      const first = next
      next += BLOCK
      const block = await playApart(first, first + BLOCK - 1)
      played = { totals: addTotals(played.totals, block.totals), failed: [...played.failed, ...block.failed] }
      console.log(`${String(played.totals.histories)} histories, ${String(played.failed.length)} failed`)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, lane))
  writeProofLedger(ledger, {
    commit: commit(),
    nextSeed: next,
    totals: played.totals,
    failedSeeds: played.failed.map(({ seed }) => seed),
  })
  tell(played)
}

const { values } = parseArgs({
  options: {
    small: { type: 'boolean' },
    minutes: { type: 'string' },
    seed: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
  },
})
const minutes = Number(values.minutes ?? Number.NaN)
if (values.seed !== undefined) console.log(await withSynchronousSignatures(() => playHistory(Number(values.seed))))
else if (values.from !== undefined)
  console.log(JSON.stringify(await playSeeds(range(Number(values.from), Number(values.to)))))
else if (minutes > 0) await playFor(minutes)
else if (values.small === true) tell(await playSeeds(range(1, SMALL)))
else {
  console.error('say --small, --minutes N or --seed N')
  process.exitCode = 1
}
