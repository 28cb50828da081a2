// What looks odd about a lesson once class, roster and marks are seen together.
import type { SessionId, TraineeId } from '#contract/values.ts'
import { memberOf, wasMemberOn } from '../enrollment/roster.ts'
import type { RosterState } from '../enrollment/state.ts'
import { lookup } from '../shared/lookup.ts'
import type { Finding, FindingCode } from '../shared/finding.ts'
import type { ClassState, PlannedSession } from '../training-class/state.ts'
import { headCount } from './summary.ts'
import type { MarkRecord, SessionState } from './state.ts'

/** Why a standing mark is odd; null when nothing is. A settlement and a mark that says present are never odd. */
function oddMark(
  traineeId: TraineeId,
  record: MarkRecord,
  session: PlannedSession,
  roster: RosterState,
  classState: ClassState,
): FindingCode | null {
  if (record.settlement) return null
  const member = memberOf(roster, traineeId)
  if (member === undefined) return 'attendance/not-on-roster'
  if (!wasMemberOn(member, session.on))
    return session.on < member.enrolledOn ? 'attendance/not-on-roster' : 'attendance/after-withdrawal'
  if (session.cancelled) return 'attendance/session-cancelled'
  const completedAt = classState.completion?.position ?? null
  if (completedAt !== null && record.position !== null && record.position > completedAt)
    return 'attendance/after-completion'
  return null
}

function markFindings(
  session: PlannedSession,
  state: SessionState,
  roster: RosterState,
  classState: ClassState,
): readonly Finding[] {
  const traineeIds = Object.keys(state.marks) as TraineeId[]
  return traineeIds.flatMap((traineeId): Finding[] => {
    const record = lookup(state.marks, traineeId)
    const code = record === undefined ? null : oddMark(traineeId, record, session, roster, classState)
    return record === undefined || code === null
      ? []
      : [{ code, traineeId, entryIds: [record.entryId], settled: false }]
  })
}

/** Whether the spoken number still has no explanation: it differs from the marks, and the reason given was for another number or is missing. */
function countFindings(session: PlannedSession, state: SessionState, roster: RosterState): readonly Finding[] {
  const counted = state.headCount
  if (counted === null || session.cancelled) return []
  const { presentCount } = headCount(roster, state, session.on)
  const isExplained = counted.differenceReason !== null && counted.markedPresentCount === presentCount
  if (counted.spokenCount === presentCount || isExplained) return []
  return [{ code: 'attendance/head-count-differs', traineeId: null, entryIds: [counted.entryId], settled: false }]
}

/**
 * All findings of one lesson: contested marks from its fold, and marks that do not fit the roster, the plan, the head count or the end of
 * the class. A mark is settled by `attendance.settled`, a head count by confirming it again. None for a lesson the class does not know.
 * @rule ATT-11
 */
export function sessionFindings(
  classState: ClassState,
  roster: RosterState,
  sessionId: SessionId,
  state: SessionState,
): readonly Finding[] {
  const session = classState.sessions.find((one) => one.sessionId === sessionId)
  if (session === undefined) return state.findings
  return [
    ...state.findings,
    ...markFindings(session, state, roster, classState),
    ...countFindings(session, state, roster),
  ]
}
