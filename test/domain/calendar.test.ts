import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CalendarDate } from '#contract/values.ts'
import { reportingDaysLeft, reportingDueOn } from '#domain/reporting/deadlines.ts'
import {
  addDays,
  addMonths,
  addYears,
  compareDates,
  daysBetween,
  fullMonthsBetween,
  shanghaiDayOf,
  weekday,
} from '#domain/shared/calendar.ts'
import { CALENDAR_FROM, CALENDAR_THROUGH } from '#domain/shared/holiday-calendar.ts'
import { isCalendarLoaded, isWorkingDay, workingDayAfter, workingDaysBetween } from '#domain/shared/working-days.ts'

const day = (text: string) => text as CalendarDate
const aDay = fc
  .integer({ min: Date.UTC(1901, 0, 1) / 86_400_000, max: Date.UTC(2099, 11, 31) / 86_400_000 })
  .map((number) => day(new Date(number * 86_400_000).toISOString().slice(0, 10)))

describe('calendar days', () => {
  it.each([
    ['2024-02-28', 1, '2024-02-29'],
    ['2023-02-28', 1, '2023-03-01'],
    ['2024-03-01', -1, '2024-02-29'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-03-10', 0, '2026-03-10'],
  ])('[ELG-2] %s and %i days is %s', (from, days, to) => {
    expect(addDays(day(from), days)).toBe(to)
    expect(daysBetween(day(from), day(to))).toBe(days)
  })

  it.each([
    ['2024-02-29', 1, '2025-03-01'],
    ['2024-02-29', 4, '2028-02-29'],
    ['2024-02-29', -1, '2023-03-01'],
    ['2024-02-28', 1, '2025-02-28'],
    ['2023-03-01', 1, '2024-03-01'],
    ['2026-03-10', 1, '2027-03-10'],
  ])('[ELG-2] %s and %i years is %s', (from, years, to) => {
    expect(addYears(day(from), years)).toBe(to)
  })

  it.each([
    ['2026-01-31', 1, '2026-03-01'],
    ['2026-01-31', 2, '2026-03-31'],
    ['2024-01-31', 1, '2024-03-01'],
    ['2024-01-29', 1, '2024-02-29'],
    ['2026-11-30', 3, '2027-03-01'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-03-15', -3, '2025-12-15'],
  ])('[ELG-2] %s and %i months is %s', (from, months, to) => {
    expect(addMonths(day(from), months)).toBe(to)
  })

  it.each([
    ['2010-02-28', '2026-02-27', 191],
    ['2010-02-28', '2026-02-28', 192],
    ['2008-02-29', '2025-02-28', 203],
    ['2008-02-29', '2025-03-01', 204],
    ['2026-01-31', '2026-02-28', 0],
    ['2026-01-31', '2026-03-01', 1],
  ])('[ELG-2] from %s to %s are %i full months', (from, to, months) => {
    expect(fullMonthsBetween(day(from), day(to))).toBe(months)
  })

  it('[ELG-2] steps and their count agree for any day', () => {
    fc.assert(
      fc.property(aDay, fc.integer({ min: -500, max: 500 }), fc.integer({ min: 0, max: 900 }), (from, days, months) => {
        expect(addDays(addDays(from, days), -days)).toBe(from)
        expect(daysBetween(from, addDays(from, days))).toBe(days)
        expect(fullMonthsBetween(from, addMonths(from, months))).toBe(months)
        expect(fullMonthsBetween(from, addDays(addMonths(from, months), -1))).toBeLessThan(months)
        expect(Math.sign(compareDates(from, addDays(from, days)))).toBe(-Math.sign(days) + 0)
        expect(weekday(from)).toBe(new Date(from).getUTCDay() === 0 ? 7 : new Date(from).getUTCDay())
      }),
      { seed: 45, numRuns: 500 },
    )
  })

  it.each([
    ['2026-03-09T15:59:59.999Z', '2026-03-09'],
    ['2026-03-09T16:00:00.000Z', '2026-03-10'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01'],
  ])('[LED-7] the moment %s falls on %s in Asia/Shanghai', (moment, on) => {
    expect(shanghaiDayOf(moment)).toBe(on)
  })
})

const vectors = [
  ['2026-09-18', '2026-10-09'],
  ['2026-09-25', '2026-10-15'],
  ['2026-02-10', '2026-03-02'],
  ['2026-04-24', '2026-05-12'],
  ['2025-12-26', '2026-01-12'],
  ['2025-09-30', '2025-10-21'],
  ['2024-09-13', '2024-09-29'],
  ['2026-06-12', '2026-06-29'],
] as const

describe('working days', () => {
  it.each(vectors)('[REP-1] completed on %s, due on %s', (completedOn, dueOn) => {
    expect(reportingDueOn(day(completedOn))).toBe(dueOn)
    expect(workingDaysBetween(day(completedOn), day(dueOn))).toBe(10)
  })

  it.each([
    ['2026-09-30', true, 'the last working day before the National Day holiday'],
    ['2026-10-01', false, 'the first day of the holiday'],
    ['2026-10-07', false, 'the last day of the holiday'],
    ['2026-10-08', true, 'the first day after it'],
    ['2026-09-20', true, 'a Sunday that is worked'],
    ['2026-10-10', true, 'a Saturday that is worked'],
    ['2026-10-11', false, 'an ordinary Sunday'],
    ['2024-09-29', true, 'a Sunday that is worked'],
    ['2026-11-23', true, 'an ordinary Monday'],
  ])('[REP-2] %s is worked: %s (%s)', (on, answer) => {
    expect(isWorkingDay(day(on))).toBe(answer)
  })

  it('[REP-2] the table agrees with the package it was taken from, on every day of it', () => {
    const source = createRequire(import.meta.url)('chinese-days') as { isWorkday(on: string): boolean }
    const special = JSON.parse(readFileSync('node_modules/chinese-days/dist/chinese-days.json', 'utf8'))
    expect(Object.keys(special.holidays).length).toBeGreaterThan(500)
    for (let on = day(CALENDAR_FROM); on <= '2026-10-31'; on = addDays(on, 1)) {
      if (isWorkingDay(on) !== source.isWorkday(on)) throw new Error(`${on} differs`)
    }
  })

  it.each([
    ['2003-12-31', null],
    ['2004-01-01', false],
    [CALENDAR_THROUGH, true],
    ['2026-12-29', null],
    ['2027-03-10', null],
  ])('[REP-2] %s is worked: %s (null: not known)', (on, answer) => {
    expect(isWorkingDay(day(on))).toBe(answer)
    expect(isCalendarLoaded(day(on))).toBe(answer !== null)
  })

  it.each([
    ['2026-12-14', '2026-12-28'],
    ['2026-12-15', null],
    ['2027-01-05', null],
    ['2003-12-31', '2004-01-15'],
  ])('[REP-2] completed on %s is due on %s: nothing is guessed past the calendar', (completedOn, dueOn) => {
    expect(reportingDueOn(day(completedOn))).toBe(dueOn)
  })

  it('[REP-1] a count of one is the next working day, over a weekend too', () => {
    expect(workingDayAfter(day('2026-03-13'), 1)).toBe('2026-03-16')
    expect(workingDayAfter(day('2026-03-14'), 1)).toBe('2026-03-16')
  })

  it.each([
    ['2026-09-18', 10],
    ['2026-09-19', 10],
    ['2026-09-20', 9],
    ['2026-09-30', 2],
    ['2026-10-08', 1],
    ['2026-10-09', 0],
    ['2026-10-10', -1],
    ['2026-10-11', -1],
    ['2026-10-12', -2],
    ['2027-02-01', null],
  ])('[REP-3] of a class completed on 18 September 2026, on %s %s working days are left', (today, left) => {
    expect(reportingDaysLeft(day('2026-09-18'), day(today))).toBe(left)
  })

  it('[REP-3] without a due day there is no count', () => {
    expect(reportingDaysLeft(day('2026-12-20'), day('2026-12-21'))).toBeNull()
  })
})
