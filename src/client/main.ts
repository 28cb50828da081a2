// Where the app begins: the one place of the client that reads the clock and the random source. Everything else is handed them.
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from '#client/app/App.vue'
import { i18n, loadJourneyWords, startI18n } from '#client/app/i18n.ts'
import { createAppRouter } from '#client/app/router.ts'
import { startServiceWorker } from '#client/app/service-worker-update.ts'
import { startTheme } from '#client/app/theme.ts'
import type { ClientSurroundings } from '#client/client-core.ts'
import { openWindowChannel } from '#client/ledger/window-channel.ts'

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

async function demonstrationLabel(): Promise<string | null> {
  if (!LOCAL_HOSTS.includes(location.hostname)) return null
  await loadJourneyWords()
  return i18n.global.t('join.demonstrationLabel')
}

// Store, contract and rules are half of the program and not needed to paint the entrance: they come right after it.
async function openCore(router: ReturnType<typeof createAppRouter>): Promise<void> {
  const [{ createClientCore }, { provideClientCore }, { keepKioskApart }] = await Promise.all([
    import('#client/client-core.ts'),
    import('#client/stores/container.ts'),
    import('#client/stores/kiosk-boundary.ts'),
  ])
  const core = createClientCore(surroundings)
  provideClientCore(core)
  keepKioskApart(router)
  void demonstrationLabel().then((label) => core.start(label))
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
  await startServiceWorker()
}

void start()
