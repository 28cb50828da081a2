// One class with everything recorded of it, and what it comes to.
import type { HouseRules } from '#contract/kinds/facility.ts'
import type { TraineeOutcome } from '#contract/kinds/training-class.ts'
import type { TraineeId } from '#contract/values.ts'
import { assessmentFindings } from '../assessment/findings.ts'
import { hasAnyScore, outcomeOf } from '../assessment/outcome.ts'
import type { AssessmentState } from '../assessment/state.ts'
import { sessionFindings } from '../attendance/findings.ts'
import type { HeldSession } from '../attendance/hours.ts'
import { attendedMinutes, hasReachedMinimumHours, taughtMinutes } from '../attendance/hours.ts'
import { activeMembers } from '../enrollment/roster.ts'
import type { RosterState } from '../enrollment/state.ts'
import type { Finding } from '../shared/finding.ts'
import { lookup } from '../shared/lookup.ts'
import type { ClassState } from '../training-class/state.ts'
import { lessonAuthorFindings, scoreAuthorFindings, type Staff } from './author-findings.ts'

/** `sessions`: every lesson of the class, cancelled ones too, in order of day. */
export interface ClassRecord {
  readonly classState: ClassState
  readonly roster: RosterState
  readonly sessions: readonly HeldSession[]
  readonly assessment: AssessmentState
  readonly rules: HouseRules
}

/** A class with everybody who works here: what looks odd depends on who said it. */
export interface JudgedClass extends ClassRecord {
  readonly staff: Staff
}

/** A class that is to end: `syllabusMinutes` is what its syllabus plans, null while that is not known. */
export interface EndingClass extends JudgedClass {
  readonly syllabusMinutes: number | null
}

/** Minutes of all lessons that are not cancelled. */
export function plannedMinutes(sessions: readonly HeldSession[]): number {
  return sessions.filter(({ plan }) => !plan.cancelled).reduce((sum, { plan }) => sum + plan.minutes, 0)
}

/** The outcomes the class would end with today, of the members in roster order. @rule CLS-9 */
export function computeOutcomes({ roster, sessions, assessment }: ClassRecord): readonly TraineeOutcome[] {
  return activeMembers(roster).map(({ traineeId, enrolledOn }) =>
    outcomeOf(traineeId, assessment, attendedMinutes(traineeId, sessions, enrolledOn)),
  )
}

/** Whether a member was admitted to the assessment with a reason. */
export function isAdmitted({ assessment }: ClassRecord, traineeId: TraineeId): boolean {
  return lookup(assessment.admissions, traineeId) !== undefined
}

/** Whether a member attended as much of what was taught as the house asks for. @rule ASM-3 */
export function hasEnoughHours(record: ClassRecord, traineeId: TraineeId): boolean {
  const enrolledOn = record.roster.members.find((member) => member.traineeId === traineeId)?.enrolledOn
  const attended = attendedMinutes(traineeId, record.sessions, enrolledOn)
  return hasReachedMinimumHours(attended, taughtMinutes(record.sessions), record.rules.attendanceThresholdPercent)
}

/** Whether a member may be assessed: enough hours, or admitted with a reason. @rule ASM-3 */
export function mayBeAssessed(record: ClassRecord, traineeId: TraineeId): boolean {
  return isAdmitted(record, traineeId) || hasEnoughHours(record, traineeId)
}

/**
 * Whether a member takes no part in the assessment: too few hours, no admission, and no points all the same. Everybody else in the class is
 * expected at it. @rule ASM-3 @rule ASM-12
 */
export function isBarred(record: ClassRecord, traineeId: TraineeId): boolean {
  return !mayBeAssessed(record, traineeId) && !hasAnyScore(record.assessment, traineeId)
}

/** Everything that looks odd in the class and that nobody has settled. @rule CLS-8 */
export function openFindings({ classState, roster, sessions, assessment, staff }: JudgedClass): readonly Finding[] {
  const lessons = sessions.flatMap(({ plan, state }) => [
    ...sessionFindings(classState, roster, plan.sessionId, state),
    ...lessonAuthorFindings(classState, state, staff),
  ])
  const scores = [...assessmentFindings(classState, roster, assessment), ...scoreAuthorFindings(assessment, staff)]
  return [...lessons, ...scores].filter(({ settled }) => !settled)
}
