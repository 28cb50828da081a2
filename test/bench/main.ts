/**
 * `npm run bench`: measures the built program in a real browser against a real server process and writes `bench-results.json`.
 * `-- taps` (or `-- --only taps`) runs one benchmark; `-- scale` is run only when it is named (see scale.ts); `-- --repeats 5` does slow things more often than three times. Nothing here is asserted.
 */
import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { archive } from './archive.ts'
import { bytes } from './bytes.ts'
import { removeFolders } from './facility.ts'
import { type Benchmark, loadNow, type Note, type Row, tableOf } from './measure.ts'
import { offline } from './offline.ts'
import { people } from './people.ts'
import { scaleOf } from './scale.ts'
import { starts } from './starts.ts'
import { sync } from './sync.ts'
import { taps } from './taps.ts'

const BENCHMARKS: readonly Benchmark[] = [bytes, starts, taps, people, sync, archive, offline]
/** Whatever hangs, the other benchmarks still run. */
const PART_MINUTES = 8
const SCALE_MINUTES = 60
const RESULTS = join(import.meta.dirname, '..', '..', 'bench-results.json')
const NAMES = [...BENCHMARKS.map(({ name }) => name), 'scale'].join(', ')

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    repeats: { type: 'string', default: '3' },
    entries: { type: 'string', default: '400000' },
    store: { type: 'string' },
  },
})
const named = values.only ?? positionals[0]
const repeats = Number(values.repeats)
const chosen =
  named === 'scale'
    ? [scaleOf(Number(values.entries), values.store)]
    : BENCHMARKS.filter(({ name }) => named === undefined || named === name)
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

async function tooLong(): Promise<never> {
  const minutes = named === 'scale' ? SCALE_MINUTES : PART_MINUTES
  await new Promise((resolve) => setTimeout(resolve, minutes * 60_000).unref())
  throw new Error(`not done after ${minutes} minutes`)
}

const rows: Row[] = []
const failed: string[] = []
for (const { name, run } of chosen) {
  console.error(`${name} ...`)
  try {
    const note: Note = ({ ratioTo = null, ...row }) => rows.push({ ...row, ratioTo, loadAverage: loadNow() })
    await Promise.race([run(note, repeats), tooLong()])
  } catch (error) {
    // What it noted before it broke off is kept; the results name it.
    failed.push(name)
    process.exitCode = 1
    console.error(`${name} broke off:`, error)
  }
}
removeFolders()
writeFileSync(RESULTS, `${JSON.stringify({ machine, failed, rows }, null, 1)}\n`)
console.log(
  `\n${tableOf(rows)}\n\nwritten: bench-results.json${failed.length > 0 ? `; broke off: ${failed.join(', ')}` : ''}`,
)
// A benchmark that broke off may have left a browser or a server behind; they end with this program.
process.exit()
