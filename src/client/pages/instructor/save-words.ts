import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { SaveRung } from '#client/components/save-rung.ts'
import { useDayWords } from '#client/pages/day-words.ts'
import { useInstructorWords } from '#client/pages/instructor/instructor-words.ts'
import { useNow } from '#client/stores/clock.ts'
import { useSyncStatus } from '#client/stores/sync-status.ts'

/** How many entries of one screen are where. `writing`, `unsaved` and `mend`, which somebody has to change first, are in no journal yet. */
export interface ScreenSaving {
  readonly total: number
  readonly pending: number
  readonly writing: number
  readonly unsaved: number
  readonly mend?: number
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
  const { t } = useI18n({ useScope: 'global' })
  const days = useDayWords()
  const sync = useSyncStatus()
  const oldest = useOldestAge()
  const upper = useUpperRungs()
  const rungs = computed<SaveRung[]>(() => {
    const { saved, arrived } = sync.ladder.counts
    const waits = sync.pendingCount > 0
    const lastSync =
      sync.lastSyncAt === null ? undefined : t('instructor.save.lastSync', { at: days.moment(sync.lastSyncAt) })
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
    const { total, pending, writing, unsaved, mend = 0 } = saving()
    const open = writing + unsaved + mend
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
    const { writing, unsaved, mend = 0 } = saving()
    const words = [
      ...(mend > 0 ? [t('instructor.save.mendWord', { count: mend })] : []),
      ...(unsaved > 0 ? [t('instructor.save.unsavedWord', { count: unsaved })] : []),
    ]
    if (words.length > 0) return words.join(t('instructor.listComma'))
    return writing > 0 ? t('instructor.save.writingWord') : undefined
  })
  return { rungs, word }
}
