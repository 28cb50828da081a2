import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { ActBody } from '#contract/commands/acts.ts'
import type { Choice } from '#client/components/choice.ts'

export type LessonReason = ActBody<'changeSession'>['reason']
const reasons: readonly LessonReason[] = ['rescheduled', 'lockdown', 'instructor-ill', 'room', 'holiday', 'other']

/** Why a lesson is moved or called off. */
export function useLessonReasons(): ComputedRef<readonly Choice<LessonReason>[]> {
  const { t } = useI18n({ useScope: 'global' })
  return computed(() => reasons.map((value) => ({ value, label: t(`records.sessionChange.${value}`) })))
}
