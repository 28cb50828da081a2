// Whether a class may end yet, and whether its end has to be explained: lessons that are still to come, and hours that were never taught.
import { taughtMinutes } from '../attendance/hours.ts'
import { minutesOfDay } from '../shared/calendar.ts'
import type { Moment } from '../shared/decider.ts'
import type { PlannedSession } from '../training-class/state.ts'
import type { ClassRecord, EndingClass } from './class-record.ts'

type PlannedLessons = Pick<ClassRecord, 'sessions'>

/** Lessons on a later day that are not cancelled, in order. @rule CLS-13 */
export function lessonsToCome({ sessions }: PlannedLessons, { today }: Moment): readonly PlannedSession[] {
  return sessions.map(({ plan }) => plan).filter(({ cancelled, on }) => !cancelled && on > today)
}

/** Lessons of today that are not cancelled and that the clock says are not over, in order. @rule CLS-14 */
export function lessonsNotOver({ sessions }: PlannedLessons, { today, time }: Moment): readonly PlannedSession[] {
  if (time === undefined) return []
  const now = minutesOfDay(time)
  return sessions
    .map(({ plan }) => plan)
    .filter(
      ({ cancelled, on, startsAt, minutes }) => !cancelled && on === today && minutesOfDay(startsAt) + minutes > now,
    )
}

/** Minutes the syllabus plans beyond those taught; 0 where enough was taught or the syllabus is not known. @rule CLS-14 */
export function minutesShort({ sessions, syllabusMinutes }: Pick<EndingClass, 'sessions' | 'syllabusMinutes'>): number {
  return Math.max(0, (syllabusMinutes ?? 0) - taughtMinutes(sessions))
}

/** Whether completing now needs a reason. @rule CLS-14 */
export function needsShortfall(record: EndingClass, moment: Moment): boolean {
  return minutesShort(record) > 0 || lessonsNotOver(record, moment).length > 0
}
