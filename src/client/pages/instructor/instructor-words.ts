import { useI18n } from 'vue-i18n'
import type { Occupation } from '#contract/kinds/catalogue.ts'
import { useWords } from '#client/components/both-words.ts'
import { useDayWords } from '#client/pages/day-words.ts'
import { clockAfter } from '#client/stores/day-list.ts'
import type { Refusal } from '#domain/shared/refusal.ts'
import type { ClassPlan, PlannedSession } from '#domain/training-class/state.ts'

const DAY_MINUTES = 1440
const HOUR_MINUTES = 60

interface Named {
  readonly plan: ClassPlan
  readonly occupation: Occupation | null
}

/** How classes, lessons and ages are named on the instructor's pages, and what a no reads like. */
export function useInstructorWords() {
  const { t, te, n } = useI18n({ useScope: 'global' })
  const days = useDayWords()
  const words = useWords()
  // A code without a sentence of its own still says what is safe.
  const sentence = (key: string, params: Readonly<Record<string, string | number>>) =>
    te(key, 'zh-CN') ? t(key, params) : t('instructor.no.unknown')
  const subject = ({ plan, occupation }: Named) => (occupation ? words(occupation.name) : plan.occupationId)
  return {
    words,
    minutes: (count: number) => t('records.unit.minutes', { count: n(count) }),
    /** Occupation and level: what a class is about. */
    subject: (of: Named) =>
      t('instructor.classSubject', { occupation: subject(of), level: t(`records.skillLevel.${of.plan.skillLevel}`) }),
    className: (of: Named) =>
      t('instructor.className', {
        occupation: subject(of),
        level: t(`records.skillLevel.${of.plan.skillLevel}`),
        number: of.plan.classNumber,
      }),
    day: (on: string) => days.day(on),
    weekday: (on: string) => days.weekday(on),
    span: ({ startsAt, minutes }: Pick<PlannedSession, 'startsAt' | 'minutes'>) =>
      `${startsAt}–${clockAfter(startsAt, minutes)}`,
    /** How long ago, without the word ago: two hours and ten minutes. */
    age(from: string, now: string): string {
      const minutes = Math.max(1, Math.floor((Date.parse(now) - Date.parse(from)) / 60_000))
      if (minutes < HOUR_MINUTES) return t('instructor.age.minutes', { count: minutes })
      if (minutes >= 2 * DAY_MINUTES) return t('instructor.age.days', { count: Math.floor(minutes / DAY_MINUTES) })
      const hours = Math.floor(minutes / HOUR_MINUTES)
      return minutes % HOUR_MINUTES === 0
        ? t('instructor.age.hours', { count: hours })
        : t('instructor.age.hoursMinutes', { hours, minutes: minutes % HOUR_MINUTES })
    },
    refusal: (no: Refusal) => sentence(`refusals.${no.code}`, no.details),
    fault: (code: string) => sentence(`faults.${code}`, {}),
    /** The sentence of whatever code an entry was refused with, by the law or by the server. */
    code: (code: string) =>
      te(`refusals.${code}`, 'zh-CN') ? t(`refusals.${code}`) : sentence(`problems.${code}`, {}),
  }
}
