// The scores of one class as the law reads them: the latest attempt counts, a word is never a number.
import { computed } from 'vue'
import type { AssessmentPart } from '#contract/kinds/lesson.ts'
import type { TraineeOutcome } from '#contract/kinds/training-class.ts'
import type { TraineeId } from '#contract/values.ts'
import { isPartPassed, latestAttempt } from '#domain/assessment/outcome.ts'
import type { ScoreRecord } from '#domain/assessment/state.ts'
import { mayBeAssessed } from '#domain/completion/class-record.ts'
import { lookup } from '#domain/shared/lookup.ts'
import { useClassCompletion } from '#client/stores/class-completion.ts'

/** One part of one person: what counts now, and which attempt could come next. */
export interface ScoreCell {
  readonly part: AssessmentPart
  readonly record: ScoreRecord | undefined
  readonly passed: boolean
  readonly nextAttempt: number
}

/** One person. `mayBeAssessed` false: below the threshold of hours and not admitted. */
export interface ScoreRow {
  readonly traineeId: TraineeId
  readonly theory: ScoreCell
  readonly practical: ScoreCell
  readonly outcome: TraineeOutcome['outcome']
  readonly mayBeAssessed: boolean
  readonly history: readonly ScoreRecord[]
}

export function useClassScores() {
  const completion = useClassCompletion()
  const { detail } = completion
  const outcomeOf = computed(
    () => new Map(completion.outcomes.value.map(({ traineeId, outcome }) => [traineeId, outcome])),
  )
  function cellOf(traineeId: TraineeId, part: AssessmentPart): ScoreCell {
    const record = latestAttempt(detail.assessment.value, traineeId, part)
    return {
      part,
      record,
      passed: isPartPassed(detail.assessment.value, traineeId, part),
      nextAttempt: (record?.attempt ?? 0) + 1,
    }
  }
  const rows = computed(() =>
    detail.members.value.map(
      ({ traineeId }): ScoreRow => ({
        traineeId,
        theory: cellOf(traineeId, 'theory'),
        practical: cellOf(traineeId, 'practical'),
        outcome: outcomeOf.value.get(traineeId) ?? 'notAssessed',
        mayBeAssessed: mayBeAssessed(completion.record.value, traineeId),
        history: lookup(detail.assessment.value.history, traineeId) ?? [],
      }),
    ),
  )
  return { completion, rows }
}
