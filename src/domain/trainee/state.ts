// What the ledger knows of one trainee, and his wishes.
import type { CorrectedField, CorrectionReason, TraineeFacts, Wish } from '#contract/kinds/trainee.ts'
import type { ActorId, CalendarDate, ImportId, TraineeId } from '#contract/values.ts'

/**
 * Folded from `trainee/<id>`. `facts` is null before admission; `factsHistory` oldest first, each with the import it came by;
 * `identityCorrections` oldest first: that the vault was corrected, never what it says.
 */
export interface TraineeState {
  readonly traineeId: TraineeId | null
  readonly facts: TraineeFacts | null
  readonly factsHistory: readonly {
    readonly facts: TraineeFacts
    readonly importId: ImportId | null
    readonly reason: string
    readonly on: CalendarDate
  }[]
  readonly identityCorrections: readonly {
    readonly fields: readonly CorrectedField[]
    readonly reason: CorrectionReason
    readonly on: CalendarDate
    readonly actorId: ActorId
  }[]
  readonly presence: 'unknown' | 'present' | 'removed' | 'left'
  readonly leftOn: CalendarDate | null
  readonly hasCode: boolean
}

/** Folded from `trainee/<id>/wishes`; the list is the ranking. `changes` counts how often it was set. */
export interface WishesState {
  readonly wishes: readonly Wish[]
  readonly registeredOn: CalendarDate | null
  readonly changes: number
}
