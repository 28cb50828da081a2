// Moments and days as the ledger writes them. The clock is handed in: only main.ts reads it.
import type { CalendarDate, Instant } from '#contract/values.ts'

/** Milliseconds since 1970 UTC, read when called. */
export type Clock = () => number

const SHANGHAI_OFFSET_MS = 8 * 3_600_000

/** A moment as ISO 8601 in UTC. */
export function instantOf(milliseconds: number): Instant {
  return new Date(milliseconds).toISOString() as Instant
}

/** The day in Asia/Shanghai, which keeps UTC+8 the whole year. */
export function calendarDateOf(milliseconds: number): CalendarDate {
  return new Date(milliseconds + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10) as CalendarDate
}
