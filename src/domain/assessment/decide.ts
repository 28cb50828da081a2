// Deciders of scores and of who may be assessed.
import type { BodyOf } from '#contract/kind-registry.ts'
import type { AssessmentPart, ScoreResult } from '#contract/kinds/lesson.ts'
import type { StreamId } from '#contract/envelope.ts'
import type { ClassId, TraineeId } from '#contract/values.ts'
import type { FacilityState } from '../access/state.ts'
import type { LessonReads } from '../attendance/lesson-scope.ts'
import { mayWorkIn } from '../attendance/lesson-scope.ts'
import { attendedMinutes, hasReachedMinimumHours, taughtMinutes } from '../attendance/hours.ts'
import { isActiveMember, memberOf } from '../enrollment/roster.ts'
import type { Decider, DecisionContext, StateReader } from '../shared/decider.ts'
import { draftEntry } from '../shared/draft.ts'
import { lookup } from '../shared/lookup.ts'
import { refused } from '../shared/refusal.ts'
import type { Result } from '../shared/result.ts'
import { accepted } from '../shared/result.ts'
import { currentOutcomeOf } from '../training-class/outcomes.ts'
import { disputeAuthors } from './disputes.ts'
import { sameResult } from './fold.ts'
import { PASS_MARK_TENTHS, tenthsOf } from './outcome.ts'
import type { AssessmentState, ScoreRecord } from './state.ts'

interface Reads extends LessonReads {
  facility: FacilityState
  assessment: AssessmentState
}
type Read = StateReader<Reads>
type No = Result<never> | null
interface Sitting {
  readonly classId: ClassId
  readonly traineeId: TraineeId
  readonly part: AssessmentPart
  readonly attempt: number
  readonly result: ScoreResult
}
const SCORE_TENTHS_MAX = 1000

function recordsOf(
  read: Read,
  body: { readonly classId: ClassId; readonly traineeId: TraineeId },
): readonly ScoreRecord[] {
  return lookup(read.state('assessment', `class/${body.classId}/assessment`).scores, body.traineeId) ?? []
}

function recordOf(read: Read, body: Sitting, attempt: number): ScoreRecord | undefined {
  return recordsOf(read, body).find((record) => record.part === body.part && record.attempt === attempt)
}

/** The class runs, or it has ended and the trainee has not passed. @rule ASM-8 */
function refuseClass(
  body: { readonly classId: ClassId; readonly traineeId: TraineeId },
  read: Read,
  context: DecisionContext,
): No {
  const classState = read.state('class', `class/${body.classId}`)
  const { phase, plan } = classState
  if (plan === null) return refused('class/unknown')
  if (!mayWorkIn(plan, context)) return refused('access/not-allowed')
  if (phase === 'planned') return refused('class/wrong-phase')
  if (!isActiveMember(read.state('roster', `class/${body.classId}/roster`), body.traineeId))
    return refused('assessment/not-on-roster')
  const hasPassed = currentOutcomeOf(classState, body.traineeId)?.outcome === 'passed'
  return phase !== 'open' && hasPassed ? refused('assessment/class-closed') : null
}

/** Attempts follow one another, and nobody resits what he passed. @rule ASM-4 */
function refuseAttempt(body: Sitting, read: Read): No {
  if (body.attempt === 1) return null
  const before = recordOf(read, body, body.attempt - 1)
  if (before === undefined) return refused('assessment/attempt-out-of-order', { attempt: body.attempt })
  const hasPassed = (tenthsOf(before) ?? 0) >= PASS_MARK_TENTHS
  return hasPassed ? refused('assessment/resit-after-pass') : null
}

/** Points need the house threshold of hours or an admission with its reason; a word needs neither. @rule ASM-3 */
function refuseHours(body: Sitting, read: Read): No {
  if ('word' in body.result) return null
  const { admissions } = read.state('assessment', `class/${body.classId}/assessment`)
  if (lookup(admissions, body.traineeId) !== undefined) return null
  const { sessions } = read.state('class', `class/${body.classId}`)
  const member = memberOf(read.state('roster', `class/${body.classId}/roster`), body.traineeId)
  const held = sessions.map((plan) => ({
    plan,
    state: read.state('session', `class/${body.classId}/session/${plan.sessionId}`),
  }))
  const attended = attendedMinutes(body.traineeId, held, member?.enrolledOn)
  const taught = taughtMinutes(held)
  const percent = read.state('facility', 'facility').rules.attendanceThresholdPercent
  return hasReachedMinimumHours(attended, taught, percent)
    ? null
    : refused('assessment/hours-too-few', { attended, taught, percent })
}

/** Whoever recorded one of two results in dispute does not decide between them, nor undo what another decided. @rule ASM-11 */
function refuseOwnDispute(body: Sitting, read: Read, context: DecisionContext, onlySettled: boolean): No {
  const dispute = disputeAuthors(read.state('assessment', `class/${body.classId}/assessment`), body)
  if (dispute === null || (onlySettled && !dispute.settled)) return null
  return dispute.authors.has(context.actorId) ? refused('assessment/own-dispute') : null
}

/** The streams an assessment rests on, the lessons of the class included. */
function assessmentStreams({ classId }: { readonly classId: ClassId }, read: Read): readonly StreamId[] {
  const { sessions } = read.state('class', `class/${classId}`)
  const lessons = sessions.map(({ sessionId }) => `class/${classId}/session/${sessionId}`)
  return ['facility', `class/${classId}`, `class/${classId}/roster`, `class/${classId}/assessment`, ...lessons]
}

/**
 * Records a result of one part and attempt; another result for the same attempt is a correction and needs a reason. The same again is no entry.
 * Refuses: class/unknown, access/not-allowed, class/wrong-phase, assessment/not-on-roster, assessment/class-closed,
 * assessment/score-out-of-range, assessment/attempt-out-of-order, assessment/resit-after-pass, assessment/correction-reason-missing,
 * assessment/own-dispute (another has settled it), assessment/hours-too-few. @clause 7 @rule ASM-1 @rule ASM-11
 */
export const recordScore: Decider<BodyOf<'assessment.scored.v1'>, Reads> = {
  needs: assessmentStreams,
  decide(body, read, context) {
    const tenths = 'scoreTenths' in body.result ? body.result.scoreTenths : 0
    if (!Number.isInteger(tenths) || tenths < 0 || tenths > SCORE_TENTHS_MAX)
      return refused('assessment/score-out-of-range')
    const no = refuseClass(body, read, context) ?? refuseAttempt(body, read)
    if (no !== null) return no
    const before = recordOf(read, body, body.attempt)
    if (before !== undefined && sameResult(before.result, body.result)) return accepted([])
    if (before !== undefined && body.correctionReason === null) return refused('assessment/correction-reason-missing')
    const tooFew = refuseOwnDispute(body, read, context, true) ?? refuseHours(body, read)
    if (tooFew !== null) return tooFew
    const stream = `class/${body.classId}/assessment`
    return accepted([draftEntry('assessment.scored.v1', stream, body, context, before?.entryId ?? null)])
  },
}

/**
 * Admits a trainee below the threshold of hours to the assessment, with the reason. Admitting again is no entry.
 * Refuses: class/unknown, access/not-allowed, class/wrong-phase, assessment/not-on-roster, assessment/class-closed. @rule ASM-3
 */
export const admitToAssessment: Decider<BodyOf<'assessment.admitted.v1'>, Reads> = {
  needs: ({ classId }) => [`class/${classId}`, `class/${classId}/roster`, `class/${classId}/assessment`],
  decide(body, read, context) {
    const no = refuseClass(body, read, context)
    if (no !== null) return no
    const stream = `class/${body.classId}/assessment`
    if (lookup(read.state('assessment', stream).admissions, body.traineeId) !== undefined) return accepted([])
    return accepted([draftEntry('assessment.admitted.v1', stream, body, context)])
  },
}

/**
 * Settles which result counts for a part and attempt somebody recorded, also after the class ended. A dispute is settled by a person who
 * recorded neither result.
 * Refuses: class/unknown, assessment/not-on-roster (never scored), assessment/attempt-out-of-order (no such attempt), assessment/own-dispute.
 * @rule ASM-9 @rule ASM-11
 */
export const settleScore: Decider<BodyOf<'assessment.settled.v1'>, Reads> = {
  needs: ({ classId }) => [`class/${classId}`, `class/${classId}/assessment`],
  decide(body, read, context) {
    if (read.state('class', `class/${body.classId}`).plan === null) return refused('class/unknown')
    if (recordsOf(read, body).length === 0) return refused('assessment/not-on-roster')
    const before = recordOf(read, body, body.attempt)
    if (before === undefined) return refused('assessment/attempt-out-of-order', { attempt: body.attempt })
    const own = refuseOwnDispute(body, read, context, false)
    if (own !== null) return own
    const stream = `class/${body.classId}/assessment`
    return accepted([draftEntry('assessment.settled.v1', stream, body, context, before.entryId)])
  },
}
