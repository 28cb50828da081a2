// Arithmetic on calendar days written as text. No clock is read here: a Date is only made from numbers that were handed in.
import type { CalendarDate, ClockTime, Instant } from '#contract/values.ts'

const DAY_MILLISECONDS = 86_400_000
/** Asia/Shanghai is UTC+8 all year round since 1992. */
const SHANGHAI_MILLISECONDS = 8 * 3_600_000

function dayNumber(date: CalendarDate): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / DAY_MILLISECONDS
}

function dateOfMilliseconds(milliseconds: number): CalendarDate {
  return new Date(milliseconds).toISOString().slice(0, 10) as CalendarDate
}

const EVERY_MONTH_HAS = 28

function dateOfParts(year: number, month: number, day: number): CalendarDate {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  return text as CalendarDate
}

function daysOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** The day so many days later (earlier when negative). */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  const day = Number(date.slice(8, 10)) + days
  // Most steps stay inside a month, and ten thousand people are judged at once: no Date is made for those.
  if (day >= 1 && day <= EVERY_MONTH_HAS) return `${date.slice(0, 8)}${String(day).padStart(2, '0')}` as CalendarDate
  return dateOfMilliseconds((dayNumber(date) + days) * DAY_MILLISECONDS)
}

/**
 * The same day of the month so many months later. Where that month has no such day the answer is the first of the next month, so a
 * span that began on 29 February is complete on 1 March of a common year, and a month that began on the 31st on the 1st.
 * @rule ELG-2
 */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const count = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months
  const [year, month] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1]
  const day = Number(date.slice(8, 10))
  if (day <= daysOfMonth(year, month)) return dateOfParts(year, month, day)
  return month === 12 ? dateOfParts(year + 1, 1, 1) : dateOfParts(year, month + 1, 1)
}

/** The same day of another year; 29 February becomes 1 March in a common year. @rule ELG-2 */
export function addYears(date: CalendarDate, years: number): CalendarDate {
  return addMonths(date, years * 12)
}

/** Negative when the first day is earlier, 0 when it is the same day, positive when it is later. */
export function compareDates(first: CalendarDate, second: CalendarDate): number {
  return first < second ? -1 : first > second ? 1 : 0
}

/** Days from the first day to the second; 0 for the same day, negative when the second is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return dayNumber(to) - dayNumber(from)
}

/** 1 is Monday, 7 is Sunday. */
export function weekday(date: CalendarDate): number {
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1
}

/** The later of two days. */
export function laterOf(first: CalendarDate, second: CalendarDate): CalendarDate {
  return first < second ? second : first
}

/** The calendar day in Asia/Shanghai on which a moment falls. */
export function shanghaiDayOf(instant: Instant | string): CalendarDate {
  return dateOfMilliseconds(Date.parse(instant) + SHANGHAI_MILLISECONDS)
}

/** The time of day in Asia/Shanghai at which a moment falls, whole minutes. */
export function shanghaiTimeOf(instant: Instant | string): ClockTime {
  return new Date(Date.parse(instant) + SHANGHAI_MILLISECONDS).toISOString().slice(11, 16) as ClockTime
}

/** Full months from a birth (or start) to a day: a month counts from the same day of the month on. */
export function fullMonthsBetween(from: CalendarDate, to: CalendarDate): number {
  const months =
    (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7))
  return addMonths(from, months) <= to ? months : months - 1
}

/** Minutes since midnight of a time of day `HH:MM`. */
export function minutesOfDay(clockTime: string): number {
  return Number(clockTime.slice(0, 2)) * 60 + Number(clockTime.slice(3, 5))
}
