// What every decider of the classroom asks first: is there such a lesson, does it take place, is the class running, may this person speak of it.
import type { StreamId } from '#contract/envelope.ts'
import type { ClassId, SessionId } from '#contract/values.ts'
import type { RosterState } from '../enrollment/state.ts'
import type { DecisionContext, StateReader } from '../shared/decider.ts'
import { refused } from '../shared/refusal.ts'
import type { Result } from '../shared/result.ts'
import { accepted } from '../shared/result.ts'
import type { ClassPlan, ClassState, PlannedSession } from '../training-class/state.ts'
import type { SessionState } from './state.ts'

/** The states the classroom reads. */
export interface LessonReads {
  class: ClassState
  roster: RosterState
  session: SessionState
}

/** One lesson with everything known of it. */
export interface LessonScope {
  readonly stream: StreamId
  readonly plan: ClassPlan
  readonly session: PlannedSession
  readonly state: SessionState
  readonly roster: RosterState
}

interface LessonName {
  readonly classId: ClassId
  readonly sessionId: SessionId
}

/** The streams of a lesson. */
export function lessonStreams({ classId, sessionId }: LessonName): readonly StreamId[] {
  return [`class/${classId}`, `class/${classId}/roster`, `class/${classId}/session/${sessionId}`]
}

/** Whether the context's person works in the class: instructors only in their own classes. @rule ACC-1 */
export function mayWorkIn(plan: ClassPlan, context: DecisionContext): boolean {
  return context.role !== 'instructor' || plan.instructorIds.some((staffId) => (staffId as string) === context.actorId)
}

/** The lesson, whatever its class has come to. Refuses: class/unknown, class/session-unknown, access/not-allowed. */
export function findLesson(
  name: LessonName,
  read: StateReader<LessonReads>,
  context: DecisionContext,
): Result<LessonScope> {
  const stream = `class/${name.classId}/session/${name.sessionId}`
  const { plan, sessions } = read.state('class', `class/${name.classId}`)
  if (plan === null) return refused('class/unknown')
  if (!mayWorkIn(plan, context)) return refused('access/not-allowed')
  const session = sessions.find(({ sessionId }) => sessionId === name.sessionId)
  if (session === undefined) return refused('class/session-unknown')
  const roster = read.state('roster', `class/${name.classId}/roster`)
  return accepted({ stream, plan, session, roster, state: read.state('session', stream) })
}

/**
 * The lesson of a running class, on or after its day.
 * Refuses besides: class/wrong-phase (not opened yet), attendance/class-closed, attendance/session-cancelled, attendance/session-not-yet. @rule ATT-2
 */
export function findRunningLesson(
  name: LessonName,
  read: StateReader<LessonReads>,
  context: DecisionContext,
): Result<LessonScope> {
  const found = findLesson(name, read, context)
  if (!found.ok) return found
  const { phase } = read.state('class', `class/${name.classId}`)
  if (phase === 'planned') return refused('class/wrong-phase')
  if (phase !== 'open') return refused('attendance/class-closed')
  if (found.value.session.cancelled) return refused('attendance/session-cancelled')
  if (found.value.session.on > context.today)
    return refused('attendance/session-not-yet', { on: found.value.session.on })
  return found
}
