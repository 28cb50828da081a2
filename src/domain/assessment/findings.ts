// What looks odd about scores once class, roster and assessment are seen together.
import type { TraineeId } from '#contract/values.ts'
import { memberOf } from '../enrollment/roster.ts'
import type { RosterState } from '../enrollment/state.ts'
import type { Finding } from '../shared/finding.ts'
import { lookup } from '../shared/lookup.ts'
import type { ClassState } from '../training-class/state.ts'
import type { AssessmentState, ScoreRecord } from './state.ts'

/** Whether the record reached the ledger after the class was completed with this trainee passed. */
function isAfterPassing(record: ScoreRecord, traineeId: TraineeId, { completion }: ClassState): boolean {
  if (completion === null || completion.position === null || record.position === null || record.settlement) return false
  const hadPassed = completion.outcomes.some(
    (outcome) => outcome.traineeId === traineeId && outcome.outcome === 'passed',
  )
  return hadPassed && record.position > completion.position
}

/**
 * All findings of one class's assessment: contested scores from its fold, scores of people who were never in the class, and scores that
 * arrived after the class was completed for somebody who had passed. A settlement settles each of them. @rule ASM-10
 */
export function assessmentFindings(
  classState: ClassState,
  roster: RosterState,
  assessment: AssessmentState,
): readonly Finding[] {
  const traineeIds = Object.keys(assessment.scores) as TraineeId[]
  const odd = traineeIds.flatMap((traineeId): Finding[] => {
    const records = lookup(assessment.scores, traineeId) ?? []
    if (memberOf(roster, traineeId) === undefined) {
      const entryIds = records.filter((record) => !record.settlement).map(({ entryId }) => entryId)
      return entryIds.length === 0 ? [] : [{ code: 'assessment/not-on-roster', traineeId, entryIds, settled: false }]
    }
    return records
      .filter((record) => isAfterPassing(record, traineeId, classState))
      .map(({ entryId }) => ({ code: 'assessment/after-completion', traineeId, entryIds: [entryId], settled: false }))
  })
  return [...assessment.findings, ...odd]
}
