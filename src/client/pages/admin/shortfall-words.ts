import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { ClassCompletionStore } from '#client/stores/class-completion.ts'
import { usePeople } from '#client/stores/people.ts'

/** The reason recorded for missing hours when the class was completed, with its words while the vault is open; null where none was given. */
export function useShortfallWords({ detail }: ClassCompletionStore): ComputedRef<string | null> {
  const { t } = useI18n({ useScope: 'global' })
  const people = usePeople()
  return computed(() => {
    const shortfall = detail.state.value.completion?.shortfall ?? null
    if (shortfall === null) return null
    const reason = t(`records.shortfall.${shortfall.reason}`)
    const words = people.noteText(shortfall.noteId)
    return words === undefined ? reason : t('office.check.because', { reason, words })
  })
}
