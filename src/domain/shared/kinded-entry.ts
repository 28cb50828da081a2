// An entry seen by a fold: its kind tells the shape of its body. The gate parsed it with the contract before it was recorded.
import type { Entry, RecordedEntry } from '#contract/envelope.ts'
import type { KindedBody } from '#contract/kind-registry.ts'

/** An entry narrowed by `kind`; a kind this version does not know simply matches no case. */
export type KindedEntry = Entry & KindedBody

/** The entry inside a recorded entry, ready to be narrowed. */
export function kindedEntry(recorded: RecordedEntry): KindedEntry {
  return recorded.entry as KindedEntry
}
