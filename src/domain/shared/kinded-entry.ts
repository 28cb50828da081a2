// An entry seen by a fold: its kind tells the shape of its body. The gate parsed it with the contract before it was recorded.
import type { Entry, RecordedEntry } from '#contract/envelope.ts'
import type { KindedBody } from '#contract/kind-registry.ts'
import { upcast } from './upcasters.ts'
import type { FormerKind } from './upcasters.ts'

/** An entry narrowed by `kind`, in its newest version; a kind this version does not know simply matches no case. */
export type KindedEntry = Entry & Exclude<KindedBody, { kind: FormerKind }>

/** The entry inside a recorded entry, ready to be narrowed; what was recorded in an older version is read in today's words. @rule LED-9 */
export function kindedEntry(recorded: RecordedEntry): KindedEntry {
  return upcast(recorded.entry) as KindedEntry
}
