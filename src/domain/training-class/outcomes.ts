// What trainees ended a class with, supplements included.
import type { TraineeOutcome } from '#contract/kinds/training-class.ts'
import type { TraineeId } from '#contract/values.ts'
import type { ClassState } from './state.ts'

/** The outcomes that hold now: those of completion in roster order, each replaced by its latest supplement. Empty before completion. @rule CLS-12 */
export function currentOutcomes(classState: ClassState): readonly TraineeOutcome[] {
  const latest = new Map<TraineeId, TraineeOutcome>()
  for (const { outcomes } of classState.supplements)
    for (const outcome of outcomes) latest.set(outcome.traineeId, outcome)
  return (classState.completion?.outcomes ?? []).map((outcome) => latest.get(outcome.traineeId) ?? outcome)
}

/** The outcome of one trainee, or undefined when he ended without one. */
export function currentOutcomeOf(classState: ClassState, traineeId: TraineeId): TraineeOutcome | undefined {
  return currentOutcomes(classState).find((outcome) => outcome.traineeId === traineeId)
}
