// Lessons against the calendar of the class, the room and the instructors. @rule CLS-4
import type { SessionPlan } from '#contract/kinds/training-class.ts'
import { minutesOfDay } from '../shared/calendar.ts'
import { refused } from '../shared/refusal.ts'
import type { Result } from '../shared/result.ts'
import type { ClassPlan, ClassState, PlannedSession } from './state.ts'

const MINUTES_OF_A_DAY = 24 * 60

/** Whether two lessons share a minute; one that starts when the other ends does not. */
function doOverlap(first: SessionPlan, second: SessionPlan): boolean {
  if (first.on !== second.on) return false
  const firstStart = minutesOfDay(first.startsAt)
  const secondStart = minutesOfDay(second.startsAt)
  return firstStart < secondStart + second.minutes && secondStart < firstStart + first.minutes
}

/**
 * Why a lesson does not fit its class, or null. Refuses: class/session-past-midnight (it ends on another day than it began; midnight itself is
 * still that day), class/session-outside-dates. @rule CLS-4
 */
export function refuseLesson(
  { on, startsAt, minutes }: SessionPlan,
  plan: Pick<ClassPlan, 'startsOn' | 'endsOn'>,
): Result<never> | null {
  if (minutesOfDay(startsAt) + minutes > MINUTES_OF_A_DAY)
    return refused('class/session-past-midnight', { on, startsAt, minutes })
  return on < plan.startsOn || on > plan.endsOn ? refused('class/session-outside-dates', { on }) : null
}

/** Whether two lessons of one list overlap or share an id. */
export function hasClashWithin(sessions: readonly SessionPlan[]): boolean {
  return sessions.some((one, index) =>
    sessions.slice(index + 1).some((other) => other.sessionId === one.sessionId || doOverlap(one, other)),
  )
}

type Place = Pick<ClassPlan, 'classId' | 'roomId' | 'instructorIds'>

/** The number of the other class that holds the same room or an instructor at the time of one of these lessons, or null. */
export function clashingClassNumber(
  place: Place,
  sessions: readonly SessionPlan[],
  classes: readonly ClassState[],
): string | null {
  for (const other of classes) {
    if (other.plan === null || other.plan.classId === place.classId) continue
    const sharesRoom = other.plan.roomId === place.roomId
    const sharesInstructor = other.plan.instructorIds.some((staffId) => place.instructorIds.includes(staffId))
    if (!sharesRoom && !sharesInstructor) continue
    const taken = other.sessions.filter((session: PlannedSession) => !session.cancelled)
    if (taken.some((session) => sessions.some((one) => doOverlap(one, session)))) return other.plan.classNumber
  }
  return null
}
