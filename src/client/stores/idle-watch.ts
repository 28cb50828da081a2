// Counts quiet seconds on this window and calls when nobody has touched it for so long. Time asleep counts too.
import { readonly, shallowRef } from 'vue'
import type { Ref } from 'vue'

const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const
const WARN_SECONDS = 10

/** A watch that runs from `start` to `stop`. `secondsLeft` is null until the last ten seconds. */
export interface IdleWatch {
  readonly secondsLeft: Readonly<Ref<number | null>>
  start(): void
  stop(): void
  /** Somebody is here: begin again. */
  stay(): void
}

/** Makes a watch that calls `onIdle` after so many quiet seconds. */
export function createIdleWatch(seconds: number, clock: () => number, onIdle: () => void): IdleWatch {
  const secondsLeft = shallowRef<number | null>(null)
  let quietSince = 0
  let timer: ReturnType<typeof setInterval> | undefined

  function stay(): void {
    quietSince = clock()
    secondsLeft.value = null
  }
  function stop(): void {
    clearInterval(timer)
    timer = undefined
    secondsLeft.value = null
    for (const sign of SIGNS_OF_LIFE) globalThis.removeEventListener?.(sign, touched, { capture: true })
  }
  // A device that slept past the end is not kept open by the touch that wakes it.
  function touched(): void {
    if (clock() - quietSince < seconds * 1000) stay()
    else tick()
  }
  function tick(): void {
    const left = Math.ceil(seconds - (clock() - quietSince) / 1000)
    secondsLeft.value = left <= WARN_SECONDS ? Math.max(0, left) : null
    if (left > 0) return
    stop()
    onIdle()
  }
  return {
    secondsLeft: readonly(secondsLeft),
    stay,
    stop,
    start() {
      stop()
      stay()
      for (const sign of SIGNS_OF_LIFE) globalThis.addEventListener?.(sign, touched, { capture: true, passive: true })
      timer = setInterval(tick, 1000)
    },
  }
}
