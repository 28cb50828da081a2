// Where the app begins: the one place of the client that reads the clock and the random source. Everything else is handed them.
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from '#client/app/App.vue'
import { i18n, startI18n } from '#client/app/i18n.ts'
import { createAppRouter } from '#client/app/router.ts'
import { startServiceWorker } from '#client/app/service-worker-update.ts'
import { startTheme } from '#client/app/theme.ts'
import type { ClientSurroundings } from '#client/client-core.ts'
import { openWindowChannel } from '#client/ledger/window-channel.ts'

const IDLE_MS = 3000
const LOCAL_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

// Outside a secure context (https, or this very machine) browsers have neither keys nor locks.
const surroundings: ClientSurroundings = {
  clock: () => Date.now(),
  random: () => Math.random(),
  randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  origin: location.origin,
  databases: () => indexedDB,
  locks: { request: (name, options, work) => navigator.locks.request(name, options, work) },
  openChannel: openWindowChannel,
  persisted: async () => (await navigator.storage?.persisted?.()) ?? null,
  textBox: () => localStorage,
  async freeBytes() {
    const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {}
    return quota === undefined ? null : quota - (usage ?? 0)
  },
  persist: async () => (await navigator.storage?.persist?.()) ?? null,
  after(ms, work) {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
  onOnline(work) {
    addEventListener('online', work)
    return () => removeEventListener('online', work)
  },
  autoSync: true,
}

// Store, contract and rules are half of the program and not needed to paint the entrance: they come right after it.
async function openCore(router: ReturnType<typeof createAppRouter>): Promise<void> {
  const [{ createClientCore }, { provideClientCore }, { keepKioskApart }, { opfsSource }] = await Promise.all([
    import('#client/client-core.ts'),
    import('#client/stores/container.ts'),
    import('#client/stores/kiosk-boundary.ts'),
    import('#client/storage/opfs-files.ts'),
  ])
  const core = createClientCore(isSecureContext ? { ...surroundings, secondStore: opfsSource } : surroundings)
  provideClientCore(core)
  keepKioskApart(router)
  const isLocal = LOCAL_HOSTS.includes(location.hostname)
  void core.start(isLocal ? i18n.global.t('common.demonstrationDevice') : null)
}

async function start(): Promise<void> {
  startTheme()
  await startI18n()
  const router = createAppRouter()
  const core = openCore(router)
  router.beforeEach(async (to) => {
    if (to.path !== '/') await core
  })
  createApp(App).use(createPinia()).use(router).use(i18n).mount('#app')
  await core
  await router.isReady()
  // What keeps the app for later may wait until the page is there.
  requestIdleCallback(() => void startServiceWorker(), { timeout: IDLE_MS })
}

void start()
