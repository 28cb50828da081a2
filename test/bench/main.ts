/**
 * `npm run bench`: measures the built program in a real browser against a real server process and writes `bench-results.json`.
 * `-- --only taps` runs one benchmark; `-- --repeats 5` does slow things more often than three times. Nothing here is asserted.
 */
import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { archive } from './archive.ts'
import { bytes } from './bytes.ts'
import { removeFolders } from './facility.ts'
import { type Benchmark, loadNow, type Row, tableOf } from './measure.ts'
import { offline } from './offline.ts'
import { people } from './people.ts'
import { serverPush } from './server-push.ts'
import { starts } from './starts.ts'
import { sync } from './sync.ts'
import { taps } from './taps.ts'

const BENCHMARKS: readonly Benchmark[] = [bytes, starts, taps, people, sync, serverPush, archive, offline]
const RESULTS = join(import.meta.dirname, '..', '..', 'bench-results.json')
const NAMES = BENCHMARKS.map(({ name }) => name).join(', ')

const { values } = parseArgs({ options: { only: { type: 'string' }, repeats: { type: 'string', default: '3' } } })
const repeats = Number(values.repeats)
const chosen = BENCHMARKS.filter(({ name }) => values.only === undefined || values.only === name)
if (chosen.length === 0 || !Number.isInteger(repeats) || repeats < 1) {
  console.error(`--only takes one of: ${NAMES}; --repeats a whole number from 1`)
  process.exit(1)
}

const machine = {
  cores: cpus().length,
  processor: cpus()[0]?.model.trim() ?? '',
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  loadAverageAtStart: loadNow(),
  startedAt: new Date().toISOString(),
}
console.log(
  `machine: ${machine.cores} cores (${machine.processor}), ${machine.memoryGiB} GiB, Node ${machine.node}, load average ${machine.loadAverageAtStart}`,
)

const rows: Row[] = []
const failed: string[] = []
for (const { name, run } of chosen) {
  console.error(`${name} ...`)
  try {
    await run(({ ratioTo = null, ...row }) => {
      rows.push({ ...row, ratioTo, loadAverage: loadNow() })
    }, repeats)
  } catch (error) {
    failed.push(name)
    process.exitCode = 1
    console.error(`${name} broke off:`, error)
  }
}
removeFolders()
writeFileSync(RESULTS, `${JSON.stringify({ machine, failed, rows }, null, 1)}\n`)
console.log(`\n${tableOf(rows)}\n\nwritten: bench-results.json`)
// A benchmark that broke off may have left a browser or a server behind; they end with this program.
process.exit()
