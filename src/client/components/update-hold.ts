// While somebody takes roll or enters scores, no new version may be offered: the page holds it back.
import { computed, onScopeDispose, ref } from 'vue'

const holders = ref(0)

export const updatesHeld = computed(() => holders.value > 0)

/** Holds updates back from now until the calling component is gone, or until `release` is called. */
export function useUpdateHold(): { release: () => void } {
  let holding = true
  holders.value += 1
  const release = () => {
    if (!holding) return
    holding = false
    holders.value -= 1
  }
  onScopeDispose(release)
  return { release }
}
