import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { formatInstant } from '#client/components/format-time.ts'
import type { SaveRung } from '#client/components/save-rung.ts'
import { useInstructorWords } from '#client/pages/instructor/instructor-words.ts'
import { useNow } from '#client/stores/clock.ts'
import { useSyncStatus } from '#client/stores/sync-status.ts'

/** How many entries of one screen are where. `writing` and `unsaved` are in no journal yet. */
export interface ScreenSaving {
  readonly total: number
  readonly pending: number
  readonly writing: number
  readonly unsaved: number
}

/** The two upper rungs are reached by acts of the office, never by a tablet. */
function useUpperRungs() {
  const { t } = useI18n({ useScope: 'global' })
  return computed<SaveRung[]>(() => [
    { state: 'ahead', count: t('instructor.save.byOffice') },
    { state: 'ahead', count: t('instructor.save.notYet') },
  ])
}

/** The age of the oldest entry of this device that waits, or undefined when none does. */
export function useOldestAge(): ComputedRef<string | undefined> {
  const sync = useSyncStatus()
  const now = useNow()
  const { age } = useInstructorWords()
  return computed(() => (sync.oldestPendingAt === null ? undefined : age(sync.oldestPendingAt, now.value)))
}

/** How far the work of this device has come. */
export function useDeviceRungs(): { rungs: ComputedRef<SaveRung[]>; word: ComputedRef<string | undefined> } {
  const { t, locale } = useI18n({ useScope: 'global' })
  const sync = useSyncStatus()
  const oldest = useOldestAge()
  const upper = useUpperRungs()
  const rungs = computed<SaveRung[]>(() => {
    const { saved, arrived } = sync.ladder.counts
    const waits = sync.pendingCount > 0
    const lastSync =
      sync.lastSyncAt === null
        ? undefined
        : t('instructor.save.lastSync', { at: formatInstant(sync.lastSyncAt, locale.value) })
    const site: SaveRung = {
      state: waits ? (arrived > 0 ? 'part' : 'ahead') : 'reached',
      count: t('records.unit.entries', { count: arrived }),
      detail:
        waits && oldest.value !== undefined
          ? t('instructor.save.waiting', { count: sync.pendingCount, age: oldest.value })
          : lastSync,
    }
    const all: SaveRung[] = [
      { state: saved > 0 ? 'reached' : 'ahead', count: t('records.unit.entries', { count: saved }) },
      site,
    ]
    return saved === 0
      ? [...all.map((rung): SaveRung => ({ ...rung, state: 'ahead' })), ...upper.value]
      : [...all, ...upper.value]
  })
  const word = computed(() =>
    sync.pendingCount > 0 ? t('instructor.save.pendingWord', { count: sync.pendingCount }) : undefined,
  )
  return { rungs, word }
}

/** How far the entries of one screen have come: the word is that of the worst of them. */
export function useScreenRungs(saving: () => ScreenSaving): {
  rungs: ComputedRef<SaveRung[]>
  word: ComputedRef<string | undefined>
} {
  const { t } = useI18n({ useScope: 'global' })
  const upper = useUpperRungs()
  const rungs = computed<SaveRung[]>(() => {
    const { total, pending, writing, unsaved } = saving()
    const open = writing + unsaved
    const arrived = total - pending
    const local: SaveRung = {
      state: open > 0 ? (total > 0 ? 'part' : 'ahead') : total > 0 ? 'reached' : 'ahead',
      count: t('records.unit.entries', { count: total }),
    }
    const site: SaveRung = {
      state: arrived === 0 ? 'ahead' : pending + open > 0 ? 'part' : 'reached',
      count: t('records.unit.entries', { count: arrived }),
    }
    return [local, site, ...upper.value]
  })
  const word = computed(() => {
    const { writing, unsaved } = saving()
    if (unsaved > 0) return t('instructor.save.unsavedWord', { count: unsaved })
    return writing > 0 ? t('instructor.save.writingWord') : undefined
  })
  return { rungs, word }
}
