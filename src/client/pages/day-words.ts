import { useI18n } from 'vue-i18n'
import { formatDay, formatInstant } from '#client/components/format-time.ts'
import { useToday } from '#client/stores/clock.ts'

/** Days and moments as people read them: the year is said wherever it is not this year. */
export function useDayWords() {
  const { locale } = useI18n({ useScope: 'global' })
  const today = useToday()
  return {
    day: (on: string) => formatDay(on, locale.value, { today: today.value }),
    weekday: (on: string) => formatDay(on, locale.value, { today: today.value, weekday: true }),
    fullDay: (on: string) => formatDay(on, locale.value, { year: true }),
    moment: (at: string) => formatInstant(at, locale.value, today.value),
  }
}
