import { useI18n } from 'vue-i18n'
import type { Occupation } from '#contract/kinds/catalogue.ts'
import { useWords } from '#client/components/both-words.ts'
import { useDayWords } from '#client/pages/day-words.ts'
import type { ClassPlan } from '#domain/training-class/state.ts'

/** How the office names classes, spans of days, hours and scores. */
export function useClassWords() {
  const { t, n } = useI18n({ useScope: 'global' })
  const days = useDayWords()
  const words = useWords()
  return {
    title: (plan: ClassPlan, occupation: Occupation | null) =>
      t('office.class.title', {
        occupation: occupation ? words(occupation.name) : plan.occupationId,
        level: t(`records.skillLevel.${plan.skillLevel}`),
        number: plan.classNumber,
      }),
    day: (day: string) => days.day(day),
    fullDay: (day: string) => days.fullDay(day),
    weekday: (day: string) => days.weekday(day),
    span: (from: string, to: string) =>
      from === to ? days.day(from) : t('office.class.span', { from: days.day(from), to: days.day(to) }),
    /** Minutes as class hours, with one decimal only where there is one. */
    hours: (minutes: number, classHourMinutes: number) => n(Math.round((minutes / classHourMinutes) * 10) / 10),
    score: (tenths: number) => n(tenths / 10),
  }
}
