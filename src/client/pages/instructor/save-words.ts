import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { SaveRung } from '#client/components/save-rung.ts'
import { useDayWords } from '#client/pages/day-words.ts'
import { useInstructorWords } from '#client/pages/instructor/instructor-words.ts'
import { useNow } from '#client/stores/clock.ts'
import { useSyncStatus } from '#client/stores/sync-status.ts'

/** How many entries of one screen are saved here. `writing`, `unsaved` and `mend`, which somebody has to change first, are in no journal yet. */
export interface ScreenSaving {
  readonly total: number
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

/**
 * The ladder of a page with marks or scores: that of the device, so that it says the same on every page, and below it what this page has
 * not written yet.
 */
export function useScreenRungs(saving: () => ScreenSaving | undefined): {
  rungs: ComputedRef<SaveRung[]>
  word: ComputedRef<string | undefined>
} {
  const { t } = useI18n({ useScope: 'global' })
  const device = useDeviceRungs()
  const open = computed(() => {
    const { writing = 0, unsaved = 0, mend = 0 } = saving() ?? {}
    return { writing, unsaved, mend, sum: writing + unsaved + mend }
  })
  const held = (rung: SaveRung): SaveRung => (rung.state === 'reached' ? { ...rung, state: 'part' } : rung)
  const rungs = computed<SaveRung[]>(() => {
    const total = saving()?.total ?? 0
    return device.rungs.value.map((rung, index): SaveRung => {
      const told = index === 0 && total > 0 ? { ...rung, detail: t('instructor.save.here', { count: total }) } : rung
      return open.value.sum > 0 && index < 2 ? held(told) : told
    })
  })
  const word = computed(() => {
    const { writing, unsaved, mend } = open.value
    const words = [
      ...(mend > 0 ? [t('instructor.save.mendWord', { count: mend })] : []),
      ...(unsaved > 0 ? [t('instructor.save.unsavedWord', { count: unsaved })] : []),
    ]
    if (words.length > 0) return words.join(t('instructor.listComma'))
    return writing > 0 ? t('instructor.save.writingWord') : device.word.value
  })
  return { rungs, word }
}
