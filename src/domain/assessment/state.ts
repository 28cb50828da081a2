// Scores of one class as folded from `class/<id>/assessment`.
import type { AssessmentPart, ScoreResult, ScoreSettlementReason } from '#contract/kinds/lesson.ts'
import type { ActorId, DeviceId, Hash, TraineeId } from '#contract/values.ts'
import type { Finding } from '../shared/finding.ts'

/** One result as it now counts for an attempt; history oldest first. `settledFor`: the reason of a settlement. */
export interface ScoreRecord {
  readonly part: AssessmentPart
  readonly attempt: number
  readonly result: ScoreResult
  readonly entryId: Hash
  readonly actorId: ActorId
  readonly deviceId: DeviceId
  readonly basedOn: Hash | null
  readonly settlement: boolean
  readonly settledFor: ScoreSettlementReason | null
  readonly recordedAt: string
  readonly position: number | null
  readonly pending: boolean
}

/** `scores[traineeId]` holds the counting record of each part and attempt, ascending by part then attempt. */
export interface AssessmentState {
  readonly scores: Readonly<Record<TraineeId, readonly ScoreRecord[]>>
  readonly history: Readonly<Record<TraineeId, readonly ScoreRecord[]>>
  readonly admissions: Readonly<
    Record<TraineeId, { readonly reason: string; readonly actorId: ActorId; readonly entryId: Hash }>
  >
  readonly findings: readonly Finding[]
}
