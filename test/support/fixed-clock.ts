import type { CalendarDate, Instant } from '#contract/values.ts'

/** A clock that stands still until a test moves it. `today` is the day in Asia/Shanghai (UTC+8 all year). */
export interface FixedClock {
  now(): Instant
  today(): CalendarDate
  advance(step: { days?: number; hours?: number; minutes?: number; seconds?: number }): void
  setTo(moment: string): void
}

const SHANGHAI_MS = 8 * 60 * 60 * 1000

/** A clock at the given moment, any text `Date` reads exactly, such as `2026-03-02T08:00:00.000+08:00`. */
export function fixedClock(moment: string): FixedClock {
  let at = millisecondsOf(moment)
  return {
    now: () => new Date(at).toISOString() as Instant,
    today: () => new Date(at + SHANGHAI_MS).toISOString().slice(0, 10) as CalendarDate,
    advance: ({ days = 0, hours = 0, minutes = 0, seconds = 0 }) => {
      at += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000
    },
    setTo: (next) => {
      at = millisecondsOf(next)
    },
  }
}

function millisecondsOf(moment: string): number {
  const at = Date.parse(moment)
  if (Number.isNaN(at)) throw new Error(`not a moment: ${moment}`)
  return at
}
