// Lessons made from a weekly rhythm. The result is a proposal; every lesson can be changed afterwards.
import type { SessionPlan } from '#contract/kinds/training-class.ts'
import type { CalendarDate, ClockTime } from '#contract/values.ts'
import { addDays, weekday } from '../shared/calendar.ts'

/** No class has more lessons than its plan can hold. */
const SESSIONS_MAX = 400
/** A rhythm whose days are nearly all skipped ends here: three years. */
const DAYS_MAX = 3 * 366

/** `weekdays` 1 (Monday) to 7; give `count`, `endsOn` (inclusive) or both; `skipping` are days without lessons, such as holidays. */
export interface SessionRhythm {
  readonly startsOn: CalendarDate
  readonly weekdays: readonly number[]
  readonly startsAt: ClockTime
  readonly minutes: number
  readonly count?: number
  readonly endsOn?: CalendarDate
  readonly skipping?: readonly CalendarDate[]
  readonly newId: () => SessionPlan['sessionId']
}

/** Lessons in order of day, at most 400; none when no weekday is named. @rule CLS-6 */
export function makeSessions(rhythm: SessionRhythm): SessionPlan[] {
  const { startsOn, weekdays, startsAt, minutes, endsOn, skipping = [], newId } = rhythm
  const wanted = Math.min(rhythm.count ?? SESSIONS_MAX, SESSIONS_MAX)
  const lastDay = endsOn ?? addDays(startsOn, DAYS_MAX)
  const sessions: SessionPlan[] = []
  if (weekdays.length === 0) return sessions
  for (let on = startsOn; on <= lastDay && sessions.length < wanted; on = addDays(on, 1)) {
    if (weekdays.includes(weekday(on)) && !skipping.includes(on))
      sessions.push({ sessionId: newId(), on, startsAt, minutes })
  }
  return sessions
}
