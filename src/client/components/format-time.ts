// Days and moments as people read them, always in the time of Asia/Shanghai.

function dayParts(day: string): Date {
  return new Date(`${day}T00:00:00Z`)
}

/** A calendar day `YYYY-MM-DD` as month and day; with `year` or `weekday` as asked. */
export function formatDay(day: string, locale: string, options: { year?: boolean; weekday?: boolean } = {}): string {
  return new Intl.DateTimeFormat(locale, {
    month: 'long',
    day: 'numeric',
    timeZone: 'UTC',
    ...(options.year ? { year: 'numeric' } : {}),
    ...(options.weekday ? { weekday: 'long' } : {}),
  }).format(dayParts(day))
}

/** A moment as month, day, hour and minute. */
export function formatInstant(instant: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'Asia/Shanghai',
  }).format(new Date(instant))
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
