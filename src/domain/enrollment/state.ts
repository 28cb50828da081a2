// Who is in a class, as folded from `class/<id>/roster`.
import type { CalendarDate, TraineeId } from '#contract/values.ts'

/** One place in the roster; the order of enrollment is the paper's order and never changes. */
export interface RosterMember {
  readonly traineeId: TraineeId
  readonly enrolledOn: CalendarDate
  readonly wishRank: number | null
  readonly withdrawnOn: CalendarDate | null
  readonly withdrawalReason: string | null
}

export interface RosterState {
  readonly members: readonly RosterMember[]
}
