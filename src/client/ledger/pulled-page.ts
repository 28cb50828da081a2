// What a page of a pull says, line by line. A line that is no entry of this version is kept as it came and folded by a later version.
import { Entry } from '#contract/envelope.ts'
import type { RecordedEntry } from '#contract/envelope.ts'
import { isKnownKind, kindRegistry } from '#contract/kind-registry.ts'
import { Hash } from '#contract/values.ts'
import { Fault } from '#client/storage/fault.ts'

/** One line of a page. `recorded` is null when this version cannot read the entry; `foldable` when it knows its kind and shape. */
export interface PulledLine {
  readonly position: number
  readonly id: Hash
  readonly line: string
  readonly recorded: RecordedEntry | null
  readonly foldable: boolean
}

function readEntry(text: string): Entry | null {
  try {
    const parsed = Entry.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** Reads `position id text`. Faults: offline when the line has not this form, for then it was not the facility server that answered. */
export function readPulledLine(line: string): PulledLine {
  const first = line.indexOf(' ')
  const second = line.indexOf(' ', first + 1)
  const position = Number(line.slice(0, first))
  const id = Hash.safeParse(line.slice(first + 1, second))
  if (first < 1 || second < 0 || !Number.isSafeInteger(position) || position < 1 || !id.success)
    throw new Fault('offline', new TypeError('not a line of the ledger'))
  const entry = readEntry(line.slice(second + 1))
  const foldable = entry !== null && isKnownKind(entry.kind) && kindRegistry[entry.kind].safeParse(entry.body).success
  return { position, id: id.data, line, recorded: entry === null ? null : { id: id.data, position, entry }, foldable }
}
