// Days and moments: the year is said wherever leaving it out could mislead.
import { describe, expect, it } from 'vitest'
import { formatDay, formatInstant } from '#client/components/format-time.ts'

const today = '2026-11-23'

describe('a day', () => {
  it.each([
    ['2026-11-30', '11月30日'],
    ['2026-01-01', '1月1日'],
    ['2025-12-31', '2025年12月31日'],
    ['2027-01-01', '2027年1月1日'],
  ])('%s is %s', (day, words) => {
    expect(formatDay(day, 'zh-CN', { today })).toBe(words)
  })

  it('has its year and weekday where asked', () => {
    expect(formatDay('2026-11-23', 'zh-CN', { year: true })).toBe('2026年11月23日')
    expect(formatDay('2020-01-06', 'zh-CN', { today, weekday: true })).toBe('2020年1月6日星期一')
    expect(formatDay('2020-01-06', 'en', { today })).toBe('Jan 6, 2020')
  })
})

describe('a moment', () => {
  it('belongs to the year it has in Shanghai', () => {
    expect(formatInstant('2026-06-01T00:30:00Z', 'zh-CN', today)).toBe('6月1日 08:30')
    expect(formatInstant('2025-12-31T15:59:00Z', 'zh-CN', today)).toBe('2025年12月31日 23:59')
    expect(formatInstant('2025-12-31T16:00:00Z', 'zh-CN', today)).toBe('1月1日 00:00')
  })
})
