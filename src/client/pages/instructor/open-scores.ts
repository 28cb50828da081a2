// Nobody goes away from a score sheet with a field that looks filled in and is written nowhere, without being asked.
import { computed, ref } from 'vue'
import { onBeforeRouteLeave, type RouteLocationNormalized, useRouter } from 'vue-router'
import type { ScoreEntry } from '#client/stores/score-sheet-entry.ts'
import type { ScoreSheet } from '#client/stores/score-sheet.ts'

/** Holds up going away while a field is open; `back` leads to the first of them, `leave` goes on to where he wanted. */
export function useOpenScores(sheet: ScoreSheet, entry: ScoreEntry) {
  const router = useRouter()
  const leavingTo = ref<RouteLocationNormalized | null>(null)
  const open = computed(() => sheet.openCells.value)

  onBeforeRouteLeave((to) => {
    if (leavingTo.value !== null) return true
    entry.release()
    if (entry.current.value !== null) entry.leave(entry.current.value)
    if (open.value.length === 0) return true
    leavingTo.value = to
    return false
  })
  return {
    open,
    asks: computed(() => leavingTo.value !== null),
    back(): void {
      leavingTo.value = null
      const [first] = open.value
      if (first) entry.go(first.cell.key)
    },
    leave(): void {
      if (leavingTo.value) void router.push(leavingTo.value)
    },
  }
}
