// Days and moments as people read them, always in the time of Asia/Shanghai.

function dayParts(day: string): Date {
  return new Date(`${day}T00:00:00Z`)
}

/** How a day is said: `year` always says the year, `today` says it wherever it is another than today's. */
interface DayOptions {
  readonly year?: boolean
  readonly today?: string
  readonly weekday?: boolean
}

const isOfOtherYear = (day: string, today: string | undefined) =>
  today !== undefined && day.slice(0, 4) !== today.slice(0, 4)

// English months are long words, and a column of days is narrow.
const monthOf = (locale: string) => (locale.startsWith('zh') ? 'long' : 'short')

/** A calendar day `YYYY-MM-DD` as month and day; with the year and the weekday as asked. */
export function formatDay(day: string, locale: string, options: DayOptions = {}): string {
  return new Intl.DateTimeFormat(locale, {
    month: monthOf(locale),
    day: 'numeric',
    timeZone: 'UTC',
    ...(options.year || isOfOtherYear(day, options.today) ? { year: 'numeric' } : {}),
    ...(options.weekday ? { weekday: 'long' } : {}),
  }).format(dayParts(day))
}

const dayInShanghai = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: 'Asia/Shanghai' })

/** A moment as month, day, hour and minute; with the year where it is another than that of `today`. */
export function formatInstant(instant: string, locale: string, today?: string): string {
  const moment = new Date(instant)
  return new Intl.DateTimeFormat(locale, {
    ...(isOfOtherYear(dayInShanghai.format(moment), today) ? { year: 'numeric' } : {}),
    month: monthOf(locale),
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'Asia/Shanghai',
  }).format(moment)
}

/** Hour and minute of a moment. */
export function formatClock(instant: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'Asia/Shanghai',
  }).format(new Date(instant))
}
