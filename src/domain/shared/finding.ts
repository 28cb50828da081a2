// What is recorded but odd, for a person to settle. Data of a fold, never an error.
import type { Hash, TraineeId } from '#contract/values.ts'

/** The closed list of things that can look odd. */
export const FINDING_CODES = [
  'attendance/contested',
  'attendance/not-on-roster',
  'attendance/after-withdrawal',
  'attendance/head-count-differs',
  'attendance/session-cancelled',
  'attendance/author-disabled',
  'assessment/author-disabled',
  'assessment/contested',
  'assessment/not-on-roster',
  'assessment/after-completion',
  'attendance/after-completion',
  'enrollment/term-ends-before-class',
  'device/key-unconfirmed',
  'device/entries-missing',
  'device/chain-forked',
] as const
export type FindingCode = (typeof FINDING_CODES)[number]

/** One finding: what, about whom, and the ids of the entries that disagree (two testimonies, in order of position). */
export interface Finding {
  readonly code: FindingCode
  readonly traineeId: TraineeId | null
  readonly entryIds: readonly Hash[]
  readonly settled: boolean
}
