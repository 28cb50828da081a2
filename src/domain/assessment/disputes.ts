// A score two people recorded differently without knowing of one another: nobody has passed by it, and neither of the two decides it.
import type { AssessmentPart } from '#contract/kinds/lesson.ts'
import type { ActorId, TraineeId } from '#contract/values.ts'
import type { Finding } from '../shared/finding.ts'
import { lookup } from '../shared/lookup.ts'
import type { AssessmentState } from './state.ts'

/** One attempt at one part by one person. */
interface Attempt {
  readonly traineeId: TraineeId
  readonly part: AssessmentPart
  readonly attempt: number
}

/** Those who recorded one of the words of a dispute; who settled an earlier one is not among them. */
interface DisputeAuthors {
  readonly authors: ReadonlySet<ActorId>
  readonly settled: boolean
}

function disputesOf(assessment: AssessmentState, traineeId: TraineeId): readonly Finding[] {
  return assessment.findings.filter((one) => one.code === 'assessment/contested' && one.traineeId === traineeId)
}

/** Whether any result of a trainee is in dispute and not settled. @rule ASM-11 */
export function isInDispute(assessment: AssessmentState, traineeId: TraineeId): boolean {
  return disputesOf(assessment, traineeId).some(({ settled }) => !settled)
}

/**
 * Who recorded the results that are or were in dispute for an attempt, and whether all of it is settled; null when there never was a dispute.
 * @rule ASM-11
 */
export function disputeAuthors(
  assessment: AssessmentState,
  { traineeId, part, attempt }: Attempt,
): DisputeAuthors | null {
  const said = (lookup(assessment.history, traineeId) ?? []).filter(
    (record) => record.part === part && record.attempt === attempt,
  )
  const disputes = disputesOf(assessment, traineeId).filter(({ entryIds }) =>
    said.some(({ entryId }) => entryIds.includes(entryId)),
  )
  if (disputes.length === 0) return null
  const named = new Set(disputes.flatMap(({ entryIds }) => entryIds))
  const authors = said.filter(({ entryId, settlement }) => named.has(entryId) && !settlement)
  return {
    authors: new Set(authors.map(({ actorId }) => actorId)),
    settled: disputes.every(({ settled }) => settled),
  }
}
