import { useI18n } from 'vue-i18n'
import type { CalendarDate } from '#contract/values.ts'
import { useDayWords } from '#client/pages/day-words.ts'
import { useToday } from '#client/stores/clock.ts'
import { lightOf } from '#client/stores/people-list.ts'
import type { Eligibility } from '#domain/trainee/eligibility.ts'

/** Shapes of the light: a disc for yes, a diamond for a day to wait for, a ring where waiting does not help. */
const LIGHTS = { now: 'ok', later: 'soon', never: 'wait' } as const

/** How the office says whether somebody may be trained, and days with the year only where it is another. */
export function usePeopleWords() {
  const { t } = useI18n({ useScope: 'global' })
  const today = useToday()
  const { day, fullDay } = useDayWords()
  const reasons = ({ reasons: codes }: Eligibility) =>
    codes.map((code) => t(`people.reason.${code}`)).join(t('common.comma'))
  return {
    day,
    fullDay,
    reasons,
    light: (eligibility: Eligibility) => LIGHTS[lightOf(eligibility)],
    /** The short word of the light. */
    verdict: (eligibility: Eligibility, on?: CalendarDate) => {
      const light = lightOf(eligibility)
      if (light === 'later') return t('people.light.from', { day: day(eligibility.eligibleFrom ?? '') })
      return t(
        light === 'now' && on !== undefined && on !== today.value ? 'people.light.nowOn' : `people.light.${light}`,
      )
    },
  }
}
