// One lesson as folded from `class/<id>/session/<sessionId>`.
import type { AttendanceMark, LeaveReason, MarkSettlementReason } from '#contract/kinds/lesson.ts'
import type { ActorId, CalendarDate, DeviceId, Hash, ModuleId, NoteId, TraineeId } from '#contract/values.ts'
import type { Finding } from '../shared/finding.ts'

/**
 * A mark as it now counts. `entryId` is the entry to name in `basedOn` when it is corrected. `pending` (no position yet) while only this
 * device has it. `settlement` marks the word of a person who settled a finding, `settledFor` is his reason.
 */
export interface MarkRecord {
  readonly mark: AttendanceMark
  readonly minutes: number | null
  readonly leaveReason: LeaveReason | null
  readonly entryId: Hash
  readonly actorId: ActorId
  readonly deviceId: DeviceId
  readonly basedOn: Hash | null
  readonly settlement: boolean
  readonly settledFor: MarkSettlementReason | null
  readonly recordedAt: string
  readonly position: number | null
  readonly pending: boolean
}

/** How many were counted; `differenceReason` says why the spoken number was not the marked one. */
export interface HeadCountRecord {
  readonly expectedCount: number
  readonly markedPresentCount: number
  readonly spokenCount: number
  readonly differenceReason: string | null
  readonly entryId: Hash
  readonly actorId: ActorId
  readonly recordedAt: string
  readonly position: number | null
  readonly pending: boolean
}

/** What was taught of one module; logging a module again replaces what was logged of it. */
export interface LessonRecord {
  readonly moduleId: ModuleId
  readonly theoryMinutes: number
  readonly practicalMinutes: number
  readonly noteId: NoteId | null
  readonly entryId: Hash
  readonly actorId: ActorId
  readonly pending: boolean
}

/** Missed minutes of one trainee made up later. */
export interface MakeUpRecord {
  readonly traineeId: TraineeId
  readonly madeUpOn: CalendarDate
  readonly minutes: number
  readonly entryId: Hash
}

/** `marks` holds exceptions only: a trainee without a mark was present. History oldest first. */
export interface SessionState {
  readonly marks: Readonly<Record<TraineeId, MarkRecord>>
  readonly history: Readonly<Record<TraineeId, readonly MarkRecord[]>>
  readonly headCount: HeadCountRecord | null
  readonly lessons: readonly LessonRecord[]
  readonly makeUps: readonly MakeUpRecord[]
  readonly findings: readonly Finding[]
}
