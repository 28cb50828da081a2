// The kiosk forgets: 30 seconds without a touch close the card, drop the ranking and go back to the start. Ten seconds before, it asks.
import { onScopeDispose, watch } from 'vue'
import type { Ref } from 'vue'
import { clientCore } from './container.ts'
import { createIdleWatch } from './idle-watch.ts'

const QUIET_SECONDS = 30

/** When the kiosk counts, and what it does at the end. */
export interface QuietReset {
  /** Somebody has left something here that the next one should not find. */
  readonly wanted: () => boolean
  /** Something is being read aloud: whoever listens is there. */
  readonly listening: () => boolean
  readonly forget: () => void
}

/** Counts quiet seconds, time asleep too; `secondsLeft` is null until it asks. Calls `forget` when nobody answers. */
export function useQuietReset({ wanted, listening, forget }: QuietReset): {
  readonly secondsLeft: Readonly<Ref<number | null>>
  readonly stay: () => void
} {
  const idle = createIdleWatch(QUIET_SECONDS, clientCore().clock, forget)
  watch(
    () => wanted() && !listening(),
    (counts) => (counts ? idle.start() : idle.stop()),
    { immediate: true },
  )
  onScopeDispose(idle.stop)
  return { secondsLeft: idle.secondsLeft, stay: idle.stay }
}
