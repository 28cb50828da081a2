import type { ComposerTranslation } from 'vue-i18n'

/** How near a day is. `late` is told in danger; a day long past is told without alarm, since nothing records the report itself yet. */
type DeadlineLight = 'late' | 'soon' | 'wait'

const LATE_DAYS = 2
const SOON_DAYS = 6
const LONG_PAST_DAYS = -5

/** The light of a deadline by the working days left; `soonDays` is from when on it is near. */
export function deadlineLight(daysLeft: number | null, soonDays = SOON_DAYS): DeadlineLight {
  if (daysLeft === null || daysLeft < LONG_PAST_DAYS) return 'wait'
  if (daysLeft <= LATE_DAYS) return 'late'
  return daysLeft <= soonDays ? 'soon' : 'wait'
}

/** The working days left in words. */
export function deadlineWords(t: ComposerTranslation, daysLeft: number | null): string {
  if (daysLeft === null) return t('office.deadline.unknown')
  return t(daysLeft < 0 ? 'office.deadline.past' : 'office.deadline.left', { count: Math.abs(daysLeft) })
}
