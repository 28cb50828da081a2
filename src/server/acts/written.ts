// What an act answers about the entries it wrote.
import type { RecordedEntry } from '#contract/envelope.ts'
import type { ActWritten } from '#server/ledger/server-context.ts'

/** The positions of entries the server just wrote. */
export function writtenBy(recorded: readonly RecordedEntry[]): ActWritten {
  return { positions: recorded.flatMap(({ position }) => (position === null ? [] : [position])) }
}
