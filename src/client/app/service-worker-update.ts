// The only user of workbox-window. A new version waits until a person takes it: nothing ever reloads by itself.
import { computed, ref, watch } from 'vue'
import type { Workbox } from 'workbox-window'
import { updatesHeld } from '#client/components/update-hold.ts'

const waiting = ref(false)
let worker: Workbox | undefined

/** A new version is there and no page is in the middle of a roll call or of scores. */
export const updateReady = computed(() => waiting.value && !updatesHeld.value)

/** Registers the worker that keeps the app on this device. Where there is none (no HTTPS, an old browser) the app works online only. */
export async function startServiceWorker(address = '/service-worker.js'): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const { Workbox } = await import('workbox-window')
  worker = new Workbox(address)
  worker.addEventListener('waiting', () => {
    waiting.value = true
  })
  try {
    await worker.register()
  } catch {
    // Registration is refused on plain http other than localhost. The page says nothing: it works while the site is there.
    worker = undefined
  }
}

/** The old version gives way when its last call is answered; should that take longer, the page opens again all the same. */
const GIVES_WAY_WITHIN_MS = 8_000

/** Hands over to the new version and opens the page again with it. Called only by a person's tap; a roll call begun since holds it back. */
export function applyUpdate(): void {
  if (!worker) return
  waiting.value = false
  worker.addEventListener('controlling', reopenWhenFree)
  setTimeout(reopenWhenFree, GIVES_WAY_WITHIN_MS)
  worker.messageSkipWaiting()
}

function reopenWhenFree(): void {
  watch(updatesHeld, (held) => held || location.reload(), { immediate: true })
}

/** Puts the offer away until the next start. */
export function postponeUpdate(): void {
  waiting.value = false
}
