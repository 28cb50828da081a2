// The kiosk forgets: 30 seconds without a touch close the card, drop the ranking and go back to the start. Ten seconds before, it asks.
import { onScopeDispose, ref, type Ref } from 'vue'

const QUIET_SECONDS = 30
const ASK_SECONDS = 10
const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'scroll', 'touchmove'] as const

/** Counts quiet seconds; `secondsLeft` is null until it asks. Calls `forget` when nobody answers. */
export function useQuietReset(isWanted: () => boolean, forget: () => void): { secondsLeft: Ref<number | null>; stay: () => void } {
  const secondsLeft = ref<number | null>(null)
  let quiet = 0
  const stay = () => {
    quiet = 0
    secondsLeft.value = null
  }
  const timer = setInterval(() => {
    if (!isWanted()) return stay()
    quiet += 1
    if (quiet >= QUIET_SECONDS) {
      stay()
      forget()
    } else if (quiet >= QUIET_SECONDS - ASK_SECONDS) {
      secondsLeft.value = QUIET_SECONDS - quiet
    }
  }, 1000)
  for (const sign of SIGNS_OF_LIFE) addEventListener(sign, stay, { passive: true, capture: true })
  onScopeDispose(() => {
    clearInterval(timer)
    for (const sign of SIGNS_OF_LIFE) removeEventListener(sign, stay, { capture: true })
  })
  return { secondsLeft, stay }
}
