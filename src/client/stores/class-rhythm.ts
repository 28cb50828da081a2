// Proposes the lessons of a class from its weekly rhythm: as many as the syllabus needs, no lesson on a public holiday.
import type { SessionPlan } from '#contract/kinds/training-class.ts'
import type { CalendarDate, ClockTime, SessionId } from '#contract/values.ts'
import { addDays, weekday } from '#domain/shared/calendar.ts'
import { isCalendarLoaded, isWorkingDay } from '#domain/shared/working-days.ts'
import { makeSessions } from '#domain/training-class/make-sessions.ts'

/** The rhythm as it is chosen in the form. */
interface Rhythm {
  readonly startsOn: string
  readonly weekdays: readonly number[]
  readonly startsAt: string
  readonly minutes: number | null
  readonly skipHolidays: boolean
  /** How many lessons; null for as many as the syllabus needs. */
  readonly lessonCount: number | null
}

const LOOK_AHEAD_DAYS = 730
/** The most lessons one class may have. */
const LESSONS_MAX = 400

/** Working days of the week on which the calendar gives a holiday. */
function holidaysFrom(startsOn: CalendarDate): CalendarDate[] {
  const days: CalendarDate[] = []
  let day = startsOn
  for (let index = 0; index < LOOK_AHEAD_DAYS && isCalendarLoaded(day); index += 1) {
    if (weekday(day) <= 5 && isWorkingDay(day) === false) days.push(day)
    day = addDays(day, 1)
  }
  return days
}

/** The lessons asked for, or lessons until the planned minutes are reached, the last as long as what is left. Empty while the rhythm is not complete. */
export function lessonsOf(rhythm: Rhythm, plannedMinutes: number, newId: () => string): SessionPlan[] {
  const { startsOn, startsAt, minutes, weekdays } = rhythm
  if (startsOn === '' || startsAt === '' || minutes === null || minutes < 1 || plannedMinutes === 0) return []
  if (rhythm.lessonCount !== null && (rhythm.lessonCount < 1 || rhythm.lessonCount > LESSONS_MAX)) return []
  const day = startsOn as CalendarDate
  const sessions = makeSessions({
    startsOn: day,
    weekdays,
    startsAt: startsAt as ClockTime,
    minutes,
    count: rhythm.lessonCount ?? Math.ceil(plannedMinutes / minutes),
    skipping: rhythm.skipHolidays ? holidaysFrom(day) : [],
    newId: () => newId() as SessionId,
  })
  if (rhythm.lessonCount !== null) return sessions
  const rest = plannedMinutes - minutes * (sessions.length - 1)
  const last = sessions.at(-1)
  return last && rest > 0 && rest < minutes ? [...sessions.slice(0, -1), { ...last, minutes: rest }] : sessions
}

/** The next Monday after a day: the day a class starts unless somebody says otherwise. */
export function nextMonday(today: CalendarDate): CalendarDate {
  return addDays(today, 8 - weekday(today))
}
