// The only time source of pages: it moves every 30 seconds, so that a day that ends is noticed without a reload.
import { computed, shallowRef } from 'vue'
import type { Ref } from 'vue'
import type { CalendarDate, Instant } from '#contract/values.ts'
import { calendarDateOf, instantOf } from '#client/ledger/time.ts'
import { clientCore } from './container.ts'

const TICK_MS = 30_000
const milliseconds = shallowRef<number | null>(null)
let ticking: ReturnType<typeof setInterval> | undefined

function current(): number {
  ticking ??= setInterval(() => {
    milliseconds.value = clientCore().clock()
  }, TICK_MS)
  milliseconds.value ??= clientCore().clock()
  return milliseconds.value
}

/** Reads the clock again now, and stops the ticking of a core that is no longer there. */
export function resetClock(): void {
  clearInterval(ticking)
  ticking = undefined
  milliseconds.value = null
}

/** The present moment, at most 30 seconds old. */
export function useNow(): Readonly<Ref<Instant>> {
  current()
  return computed(() => instantOf(current()))
}

/** Today in Asia/Shanghai. */
export function useToday(): Readonly<Ref<CalendarDate>> {
  current()
  return computed(() => calendarDateOf(current()))
}
