// One training class as folded from `class/<id>`.
import type { CompletionShortfall, SealSigner, SessionPlan, TraineeOutcome } from '#contract/kinds/training-class.ts'
import type {
  CalendarDate,
  CertificateKind,
  ClassId,
  Hash,
  Instant,
  OccupationId,
  ProviderId,
  RoomId,
  SkillLevel,
  StaffId,
  SyllabusId,
} from '#contract/values.ts'

export type ClassPhase = 'unknown' | 'planned' | 'open' | 'completed' | 'sealed'

/** What a class's plan says; null before it was planned. */
export interface ClassPlan {
  readonly classId: ClassId
  readonly classNumber: string
  readonly occupationId: OccupationId
  readonly skillLevel: SkillLevel
  readonly syllabusId: SyllabusId
  readonly providerId: ProviderId
  readonly instructorIds: readonly StaffId[]
  readonly roomId: RoomId
  readonly startsOn: CalendarDate
  readonly endsOn: CalendarDate
  readonly seatCap: number
  readonly certificateKind: CertificateKind
}

/** A lesson as it now stands. */
export interface PlannedSession extends SessionPlan {
  readonly cancelled: boolean
}

/** How the class ended; `shortfall`: why with fewer hours than planned, null when nothing had to be said; `position` is its place in the ledger. */
export interface ClassCompletion {
  readonly completedOn: CalendarDate
  readonly plannedMinutes: number
  readonly taughtMinutes: number
  readonly outcomes: readonly TraineeOutcome[]
  readonly shortfall: CompletionShortfall | null
  readonly position: number | null
}

/** `sessions` ascending by day and time. Outcomes in roster order; `supplements` oldest first. */
export interface ClassState {
  readonly phase: ClassPhase
  readonly plan: ClassPlan | null
  readonly sessions: readonly PlannedSession[]
  readonly openedOn: CalendarDate | null
  readonly completion: ClassCompletion | null
  readonly seal: {
    readonly contentHash: Hash
    readonly signers: readonly SealSigner[]
    readonly sealedAt: Instant
    readonly position: number | null
  } | null
  readonly supplements: readonly {
    readonly supplementedOn: CalendarDate
    readonly outcomes: readonly TraineeOutcome[]
  }[]
}
