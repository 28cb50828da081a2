// The health of this device in nine lights. Nothing in here names a person.
import { computed, onScopeDispose, shallowRef } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import type { Health } from '#contract/device.ts'
import { clientCore } from './container.ts'
import { useNow } from './clock.ts'
import { useDevice } from './device.ts'
import { useSyncStatus } from './sync-status.ts'

export type HealthName =
  | 'site'
  | 'lastSync'
  | 'unsent'
  | 'refused'
  | 'storage'
  | 'joined'
  | 'worker'
  | 'clock'
  | 'backup'
/** One light. `word` picks the sentence, `figures` fill it: counts, seconds, minutes, whole megabytes. */
export interface HealthLight {
  readonly name: HealthName
  readonly state: 'ok' | 'soon' | 'late' | 'wait'
  readonly word: string
  readonly figures: Readonly<Record<string, number>>
}

const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60
const FREE_LOW_MB = 200
const FREE_LEAST_MB = 20

const light = (
  name: HealthName,
  state: HealthLight['state'],
  word: string,
  figures: HealthLight['figures'] = {},
): HealthLight => ({ name, state, word, figures })
const minutesSince = (from: string, now: string): number =>
  Math.max(0, Math.round((Date.parse(now) - Date.parse(from)) / MINUTE_MS))

function siteLight(health: Health | null, checked: boolean): HealthLight {
  if (!checked) return light('site', 'wait', 'checking')
  if (health === null) return light('site', 'soon', 'unreachable')
  return health.status === 'ok' ? light('site', 'ok', 'reachable') : light('site', 'late', health.status)
}

function lastSyncLight(at: string | null, now: string): HealthLight {
  if (at === null) return light('lastSync', 'wait', 'never')
  const minutes = minutesSince(at, now)
  if (minutes < 1) return light('lastSync', 'ok', 'justNow')
  return light('lastSync', minutes > DAY_MINUTES ? 'soon' : 'ok', 'at', { minutes })
}

function unsentLight(count: number, oldest: string | null, now: string): HealthLight {
  if (count === 0 || oldest === null) return light('unsent', 'ok', 'none')
  const minutes = minutesSince(oldest, now)
  return light('unsent', minutes > 3 * DAY_MINUTES ? 'late' : 'soon', 'some', { count, minutes })
}

// The demonstration only warns: nobody's work depends on it.
function storageLight(persisted: boolean | null, freeMb: number | null, demonstration: boolean): HealthLight {
  if (freeMb !== null && freeMb < FREE_LOW_MB)
    return light('storage', freeMb < FREE_LEAST_MB ? 'late' : 'soon', 'low', { freeMb })
  if (persisted === true) return light('storage', 'ok', freeMb === null ? 'kept' : 'keptFree', { freeMb: freeMb ?? 0 })
  if (persisted === null) return light('storage', 'wait', 'unknown')
  return light('storage', demonstration ? 'soon' : 'late', freeMb === null ? 'notKept' : 'notKeptFree', {
    freeMb: freeMb ?? 0,
  })
}

function clockLight(differenceMs: number | null): HealthLight {
  if (differenceMs === null) return light('clock', 'wait', 'unknown')
  const seconds = Math.round(differenceMs / 1000)
  const minutes = Math.round(Math.abs(seconds) / 60)
  if (Math.abs(seconds) <= 60) return light('clock', 'ok', 'right')
  return light('clock', minutes > 10 ? 'late' : 'soon', seconds > 0 ? 'slow' : 'fast', { minutes })
}

// Whoever keeps this device cannot make the backup, but may be the only one to see that nobody does.
function backupLight(health: Health | null, now: string): HealthLight {
  if (health === null) return light('backup', 'wait', 'unknown')
  if (health.backup === undefined)
    return health.demonstration ? light('backup', 'ok', 'demonstration') : light('backup', 'soon', 'off')
  const { at, ok } = health.backup
  if (at === null) return ok ? light('backup', 'wait', 'first') : light('backup', 'late', 'never')
  const minutes = minutesSince(at, now)
  if (!ok) return light('backup', 'late', 'failed', { minutes })
  return light('backup', minutes > 3 * DAY_MINUTES ? 'late' : minutes > 26 * 60 ? 'soon' : 'ok', 'at', { minutes })
}

/** The nine lights, and the server's own words about itself. */
export function useDeviceHealth(): {
  lights: ComputedRef<readonly HealthLight[]>
  health: Ref<Health | null>
  refresh: () => Promise<void>
} {
  const core = clientCore()
  const device = useDevice()
  const sync = useSyncStatus()
  const now = useNow()
  const health = shallowRef<Health | null>(null)
  const checked = shallowRef(false)
  const freeMb = shallowRef<number | null>(null)
  const worker = shallowRef(false)
  const clockDifference = shallowRef<number | null>(null)
  let stopped = false

  async function refresh(): Promise<void> {
    worker.value = (await globalThis.navigator?.serviceWorker?.getRegistration?.())?.active != null
    const estimate = await globalThis.navigator?.storage?.estimate?.()
    if (estimate?.quota !== undefined) freeMb.value = Math.floor((estimate.quota - (estimate.usage ?? 0)) / 1_000_000)
    const answer = await core.calls.health()
    if (stopped) return
    health.value = answer.ok ? answer.value : null
    checked.value = true
    clockDifference.value = core.clockDifferenceMs()
  }
  onScopeDispose(() => {
    stopped = true
  })
  const lights = computed(() => [
    siteLight(health.value, checked.value),
    lastSyncLight(sync.lastSyncAt, now.value),
    unsentLight(sync.pendingCount, sync.oldestPendingAt, now.value),
    sync.refused.length === 0
      ? light('refused', 'ok', 'none')
      : light('refused', 'late', 'some', { count: sync.refused.length }),
    device.storageFault === null
      ? storageLight(device.storagePersisted, freeMb.value, device.demonstration)
      : light('storage', 'late', 'broken'),
    device.joined
      ? light('joined', 'ok', 'yes')
      : light('joined', device.starting ? 'wait' : 'soon', device.starting ? 'checking' : 'no'),
    worker.value ? light('worker', 'ok', 'ready') : light('worker', 'soon', 'missing'),
    clockLight(clockDifference.value),
    backupLight(health.value, now.value),
  ])
  return { lights, health, refresh }
}
