// Arithmetic on calendar days written as text. No clock is read here: a Date is only made from numbers that were handed in.
import type { CalendarDate, Instant } from '#contract/values.ts'

const DAY_MILLISECONDS = 86_400_000
/** Asia/Shanghai is UTC+8 all year round since 1992. */
const SHANGHAI_MILLISECONDS = 8 * 3_600_000

function dayNumber(date: CalendarDate): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / DAY_MILLISECONDS
}

function dateOfMilliseconds(milliseconds: number): CalendarDate {
  return new Date(milliseconds).toISOString().slice(0, 10) as CalendarDate
}

/** The day so many days later (earlier when negative). */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return dateOfMilliseconds((dayNumber(date) + days) * DAY_MILLISECONDS)
}

/**
 * The same day of the month so many months later. Where that month has no such day the answer is the first of the next month, so a
 * span that began on 29 February is complete on 1 March of a common year, and a month that began on the 31st on the 1st.
 * @rule ELG-2
 */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const year = Number(date.slice(0, 4))
  const month = Number(date.slice(5, 7)) - 1 + months
  const day = Number(date.slice(8, 10))
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return dateOfMilliseconds(day <= lastDay ? Date.UTC(year, month, day) : Date.UTC(year, month + 1, 1))
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
