// Working days of the State Council's calendar. A day the calendar does not speak for is not known, never guessed.
import type { CalendarDate } from '#contract/values.ts'
import { addDays, weekday } from './calendar.ts'
import { CALENDAR_FROM, CALENDAR_THROUGH, HOLIDAY_YEARS } from './holiday-calendar.ts'

function names(days: string, date: CalendarDate): boolean {
  return days.split(' ').includes(date.slice(5, 7) + date.slice(8, 10))
}

/** Whether the calendar speaks for the day. */
export function isCalendarLoaded(date: CalendarDate): boolean {
  return date >= CALENDAR_FROM && date <= CALENDAR_THROUGH
}

/** Whether the day is worked; null for a day without calendar. @rule REP-2 */
export function isWorkingDay(date: CalendarDate): boolean | null {
  if (!isCalendarLoaded(date)) return null
  const year = HOLIDAY_YEARS[Number(date.slice(0, 4))]
  if (year === undefined) return null
  return weekday(date) > 5 ? names(year.on, date) : !names(year.off, date)
}

/**
 * The n-th working day after a day; the day itself never counts. `count` is 1 or more.
 * Answers null when the count would run past the loaded calendar.
 * @clause 4 @rule REP-1
 */
export function workingDayAfter(date: CalendarDate, count: number): CalendarDate | null {
  let day = date
  let left = count
  while (left > 0) {
    day = addDays(day, 1)
    const working = isWorkingDay(day)
    if (working === null) return null
    if (working) left -= 1
  }
  return day
}

/** Working days after the first day up to and including the second (0 when it is not later); null past the loaded calendar. */
export function workingDaysBetween(after: CalendarDate, through: CalendarDate): number | null {
  let count = 0
  for (let day = addDays(after, 1); day <= through; day = addDays(day, 1)) {
    const working = isWorkingDay(day)
    if (working === null) return null
    if (working) count += 1
  }
  return count
}
