// What was measured: rows with every sample, the load of the machine at the time, and a table to read.
import { loadavg } from 'node:os'

/** One thing measured. `ratioTo` names the row it is to be compared with; `limit` is what the issue asks for, reported only. */
export interface Row {
  readonly name: string
  readonly unit: string
  readonly samples: readonly number[]
  readonly ratioTo: string | null
  readonly limit?: number
  readonly loadAverage: number
}

export type Note = (row: {
  name: string
  unit: string
  samples: readonly number[]
  ratioTo?: string
  limit?: number
}) => void

/** One benchmark: measures and notes its rows. `repeats` is how often slow things are done. */
export interface Benchmark {
  readonly name: string
  run(note: Note, repeats: number): Promise<void>
}

export const loadNow = (): number => Number((loadavg()[0] ?? 0).toFixed(2))

/** The sample at a share of the sorted samples, 0.5 for the median. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((one, other) => one - other)
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (above - below) * (place - Math.floor(place))
}

/** Milliseconds that some work took, and what it answered. */
export async function timed<Value>(work: () => Promise<Value>): Promise<{ ms: number; value: Value }> {
  const started = performance.now()
  const value = await work()
  return { ms: performance.now() - started, value }
}

/** A new sample each time, one after another. */
export async function repeat(count: number, measure: (turn: number) => Promise<number>): Promise<number[]> {
  const samples: number[] = []
  for (let turn = 0; turn < count; turn += 1) samples.push(await measure(turn))
  return samples
}

function figure(value: number): string {
  if (!Number.isFinite(value)) return '-'
  if (Math.abs(value) >= 100) return value.toFixed(0)
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2)
}

function ratioOf(row: Row, rows: readonly Row[]): string {
  const other = rows.find(({ name }) => name === row.ratioTo)
  if (other === undefined) return ''
  const share = (at: number) => figure(quantile(row.samples, at) / quantile(other.samples, at))
  return row.samples.length >= 5 && other.samples.length >= 5 ? `${share(0.5)} (p95 ${share(0.95)})` : share(0.5)
}

const HEAD = ['what', 'unit', 'n', 'median', 'p95', 'min', 'max', 'ratio', 'limit', 'load'] as const

/** The rows as a table of plain text. */
export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map((row) => [
    row.name,
    row.unit,
    String(row.samples.length),
    ...[0.5, 0.95, 0, 1].map((share) => figure(quantile(row.samples, share))),
    ratioOf(row, rows),
    row.limit === undefined ? '' : figure(row.limit),
    figure(row.loadAverage),
  ])
  const widths = HEAD.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => (line[column] ?? '').length)),
  )
  const written = (line: readonly string[]) =>
    line
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
  const ratios = rows.flatMap(({ name, ratioTo }) => (ratioTo === null ? [] : [`  ${name}  :  ${ratioTo}`]))
  return [
    written(HEAD),
    ...lines.map(written),
    '',
    'ratio = median of a row : median of its reference (and p95 : p95)',
    ...ratios,
  ].join('\n')
}
