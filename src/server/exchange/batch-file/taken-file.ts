// What taking a carried file did, before anybody is told.
import type { BatchAnswer } from '#contract/batch-content.ts'
import type { BatchFileOrder } from '#contract/batch-import.ts'
import type { Verdict } from '#contract/sync.ts'

/** What taking a file did. `problem` stands where it stopped; what came before it is taken. */
export interface TakenFile {
  readonly order: BatchFileOrder
  readonly verdicts: readonly Verdict[]
  readonly keptNotes: readonly string[]
  readonly problem: BatchAnswer['problem']
}
