// Stores over a real core, outside any page.
import { createPinia, setActivePinia } from 'pinia'
import { effectScope } from 'vue'
import type { EffectScope } from 'vue'
import { resetClock } from '#client/stores/clock.ts'
import { provideClientCore } from '#client/stores/container.ts'
import type { ClientCore } from '#client/stores/container.ts'

/** A fresh set of stores over a core; run composables inside `scope` and stop it at the end. */
export function openStores(core: ClientCore): EffectScope {
  provideClientCore(core)
  setActivePinia(createPinia())
  resetClock()
  return effectScope(true)
}
