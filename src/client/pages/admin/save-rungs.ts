import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { SaveRung } from '#client/components/save-rung.ts'
import { useDayWords } from '#client/pages/day-words.ts'
import { useNow } from '#client/stores/clock.ts'
import { useSyncStatus } from '#client/stores/sync-status.ts'

const MINUTE_MS = 60_000

/** How far the work of this device has come, as rungs and with the age of the oldest entry that waits. */
export function useSaveRungs() {
  const { t } = useI18n({ useScope: 'global' })
  const days = useDayWords()
  const sync = useSyncStatus()
  const now = useNow()

  const oldestAge = computed(() => {
    if (sync.oldestPendingAt === null) return undefined
    const minutes = Math.max(0, Math.floor((Date.parse(now.value) - Date.parse(sync.oldestPendingAt)) / MINUTE_MS))
    if (minutes < 60) return t('office.frame.ageMinutes', { count: Math.max(1, minutes) })
    return minutes < 48 * 60
      ? t('office.frame.ageHours', { count: Math.floor(minutes / 60) })
      : t('office.frame.ageDays', { count: Math.floor(minutes / 1440) })
  })
  const rungs = computed<SaveRung[]>(() => {
    const { saved, arrived } = sync.ladder.counts
    const waiting = sync.pendingCount > 0
    return [
      { state: 'reached', count: t('records.unit.entries', { count: saved }) },
      {
        state: waiting ? (arrived > 0 ? 'part' : 'ahead') : 'reached',
        count: t('records.unit.entries', { count: arrived }),
        detail: oldestAge.value
          ? t('office.frame.oldest', { age: oldestAge.value })
          : sync.lastSyncAt
            ? t('office.frame.syncedAt', { at: days.moment(sync.lastSyncAt) })
            : undefined,
      },
      { state: 'ahead', count: t('office.frame.perClass') },
      { state: 'ahead', count: t('office.frame.noProvince') },
    ]
  })
  const word = computed(() =>
    sync.pendingCount > 0 ? t('instructor.save.pendingWord', { count: sync.pendingCount }) : undefined,
  )
  return { rungs, word, oldestAge }
}
