// Lessons proposed from a weekly rhythm: exactly the hours of the syllabus, never on a public holiday that is known.
import { describe, expect, it } from 'vitest'
import type { CalendarDate } from '#contract/values.ts'
import { lessonsOf, nextMonday } from '#client/stores/class-rhythm.ts'

const rhythm = {
  startsOn: '2026-09-28',
  weekdays: [1, 2, 3, 4, 5],
  startsAt: '08:30',
  minutes: 180 as number | null,
  skipHolidays: true,
  lessonCount: null as number | null,
}
const ids = () => {
  let next = 0
  return () => `S${(next += 1)}`
}

describe('lessons from a rhythm', () => {
  it('reach the planned minutes exactly: the last one is as long as what is left', () => {
    const lessons = lessonsOf(rhythm, 1000, ids())
    expect(lessons.map(({ minutes }) => minutes)).toEqual([180, 180, 180, 180, 180, 100])
    expect(lessonsOf(rhythm, 900, ids()).map(({ minutes }) => minutes)).toEqual([180, 180, 180, 180, 180])
  })

  it('are as many as somebody asks for, each of full length, and never none or hundreds by a slip', () => {
    const count = (lessonCount: number) =>
      lessonsOf({ ...rhythm, lessonCount }, 1000, ids()).map(({ minutes }) => minutes)
    expect(count(2)).toEqual([180, 180])
    expect(count(7)).toHaveLength(7)
    expect(count(0)).toEqual([])
    expect(count(401)).toEqual([])
  })

  it('leave out the National Day holidays only where asked', () => {
    const days = (skipHolidays: boolean) => lessonsOf({ ...rhythm, skipHolidays }, 900, ids()).map(({ on }) => on)
    expect(days(false)).toEqual(['2026-09-28', '2026-09-29', '2026-09-30', '2026-10-01', '2026-10-02'])
    expect(days(true).slice(0, 3)).toEqual(['2026-09-28', '2026-09-29', '2026-09-30'])
    expect(days(true).some((on) => on >= '2026-10-01' && on <= '2026-10-07')).toBe(false)
  })

  it('are none while the rhythm is not complete', () => {
    for (const part of [{ startsOn: '' }, { startsAt: '' }, { minutes: null }, { minutes: 0 }, { weekdays: [] }])
      expect(lessonsOf({ ...rhythm, ...part }, 900, ids())).toEqual([])
    expect(lessonsOf(rhythm, 0, ids())).toEqual([])
  })

  it('begin on the Monday after today unless somebody says otherwise', () => {
    expect(nextMonday('2026-11-22' as CalendarDate)).toBe('2026-11-23')
    expect(nextMonday('2026-11-23' as CalendarDate)).toBe('2026-11-30')
  })
})
