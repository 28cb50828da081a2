// Deciders of marks: said by the person who saw it, corrected by saying it again with a reason, settled by the office.
import type { BodyOf } from '#contract/kind-registry.ts'
import { shanghaiDayOf } from '../shared/calendar.ts'
import type { Decider } from '../shared/decider.ts'
import { draftEntry } from '../shared/draft.ts'
import { lookup } from '../shared/lookup.ts'
import type { RefusalCode } from '../shared/refusal.ts'
import { refused } from '../shared/refusal.ts'
import type { Result } from '../shared/result.ts'
import { accepted } from '../shared/result.ts'
import { memberOf, wasMemberOn } from '../enrollment/roster.ts'
import { sameMark } from './fold.ts'
import type { LessonReads } from './lesson-scope.ts'
import { findLesson, findRunningLesson, lessonStreams } from './lesson-scope.ts'
import type { MarkRecord, SessionState } from './state.ts'

type Mark = Pick<BodyOf<'attendance.marked.v1'>, 'mark' | 'minutes' | 'leaveReason' | 'traineeId'>

/** The last word about a trainee in this lesson, or undefined when nothing was said. */
function lastWord(state: SessionState, mark: Mark): MarkRecord | undefined {
  return lookup(state.history, mark.traineeId)?.at(-1)
}

/**
 * Minutes belong to late and leftEarly alone and are fewer than the lesson has; a leave reason belongs to excused alone.
 * @rule ATT-3 @rule ATT-4
 */
function formOf({ mark, minutes, leaveReason }: Mark, sessionMinutes: number): Result<never> | null {
  const no = (code: RefusalCode) => refused(code, { minutes: minutes ?? 0, sessionMinutes })
  const isPartial = mark === 'late' || mark === 'leftEarly'
  if (isPartial && minutes === null) return no('attendance/minutes-missing')
  if (isPartial && minutes !== null && minutes >= sessionMinutes) return no('attendance/minutes-too-many')
  if (!isPartial && minutes !== null) return no('attendance/minutes-not-wanted')
  if (mark === 'excused' && leaveReason === null) return no('attendance/reason-missing')
  if (mark !== 'excused' && leaveReason !== null) return no('attendance/reason-not-wanted')
  return null
}

/**
 * Marks an exception, or takes one back with `present`. The same word again is no entry. The draft is based on the last word seen.
 * Refuses: those of a running lesson, attendance/not-on-roster, attendance/minutes-missing, attendance/minutes-too-many,
 * attendance/minutes-not-wanted, attendance/reason-missing, attendance/reason-not-wanted, attendance/correction-reason-missing (a mark of
 * an earlier day is changed). @rule ATT-1 @rule ATT-5
 */
export const markAttendance: Decider<BodyOf<'attendance.marked.v1'>, LessonReads> = {
  needs: lessonStreams,
  decide(body, read, context) {
    const found = findRunningLesson(body, read, context)
    if (!found.ok) return found
    const { roster, session, state, stream } = found.value
    const member = memberOf(roster, body.traineeId)
    if (member === undefined || !wasMemberOn(member, session.on)) return refused('attendance/not-on-roster')
    const malformed = formOf(body, session.minutes)
    if (malformed !== null) return malformed
    const last = lastWord(state, body)
    const standing = last ?? { mark: 'present', minutes: null, leaveReason: null }
    if (sameMark(standing, body)) return accepted([])
    const isLater = last !== undefined && shanghaiDayOf(last.recordedAt) < context.today
    if (isLater && body.correctionReason === null) return refused('attendance/correction-reason-missing')
    return accepted([draftEntry('attendance.marked.v1', stream, body, context, last?.entryId ?? null)])
  },
}

/**
 * Settles what counts for one trainee in one lesson, also after the class was completed or sealed.
 * Refuses: class/unknown, class/session-unknown, attendance/not-on-roster (neither a member nor ever marked) and those of the form of a mark.
 * @rule ATT-12
 */
export const settleAttendance: Decider<BodyOf<'attendance.settled.v1'>, LessonReads> = {
  needs: lessonStreams,
  decide(body, read, context) {
    const found = findLesson(body, read, context)
    if (!found.ok) return found
    const { roster, session, state, stream } = found.value
    const last = lastWord(state, body)
    if (last === undefined && memberOf(roster, body.traineeId) === undefined) return refused('attendance/not-on-roster')
    const malformed = formOf(body, session.minutes)
    if (malformed !== null) return malformed
    return accepted([draftEntry('attendance.settled.v1', stream, body, context, last?.entryId ?? null)])
  },
}
