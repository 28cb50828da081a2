// What reached the ledger after its author was disabled: authentic, so it is recorded; odd, so a person looks at it. @rule ACC-9
import type { ActorId, TraineeId } from '#contract/values.ts'
import type { StaffState } from '../access/state.ts'
import type { AssessmentState } from '../assessment/state.ts'
import type { SessionState } from '../attendance/state.ts'
import { lookup } from '../shared/lookup.ts'
import type { Finding } from '../shared/finding.ts'
import type { ClassState } from '../training-class/state.ts'

/** Everybody who works here, as folded. */
export type Staff = readonly StaffState[]

interface Said {
  readonly actorId: ActorId
  readonly position: number | null
}

/** Whether the author was disabled when his word got its position. What has none yet is not judged. */
function wasDisabled(staff: Staff, { actorId, position }: Said): boolean {
  const author = staff.find(({ staffId }) => (staffId as string | null) === actorId)
  if (position === null || author === undefined) return false
  return author.disabledSpans.some(({ from, until }) => from < position && (until === null || position < until))
}

/**
 * Standing marks and the head count of one lesson whose author had been disabled before they arrived. A settlement settles a mark, confirming
 * again a head count; one that came after the completion decides nothing any more. @rule ACC-9
 */
export function lessonAuthorFindings(classState: ClassState, state: SessionState, staff: Staff): readonly Finding[] {
  const code = 'attendance/author-disabled'
  const traineeIds = Object.keys(state.marks) as TraineeId[]
  const marks = traineeIds.flatMap((traineeId): Finding[] => {
    const record = lookup(state.marks, traineeId)
    if (record === undefined || record.settlement || !wasDisabled(staff, record)) return []
    return [{ code, traineeId, entryIds: [record.entryId], settled: false }]
  })
  const { headCount } = state
  const completedAt = classState.completion?.position ?? null
  const isTooLate = headCount?.position != null && completedAt !== null && headCount.position > completedAt
  if (headCount === null || isTooLate || !wasDisabled(staff, headCount)) return marks
  return [...marks, { code, traineeId: null, entryIds: [headCount.entryId], settled: false }]
}

/** Standing results whose author had been disabled before they arrived; a settlement settles each. @rule ACC-9 */
export function scoreAuthorFindings({ scores }: AssessmentState, staff: Staff): readonly Finding[] {
  const traineeIds = Object.keys(scores) as TraineeId[]
  return traineeIds.flatMap((traineeId) =>
    (lookup(scores, traineeId) ?? [])
      .filter((record) => !record.settlement && wasDisabled(staff, record))
      .map(
        ({ entryId }): Finding => ({
          code: 'assessment/author-disabled',
          traineeId,
          entryIds: [entryId],
          settled: false,
        }),
      ),
  )
}
