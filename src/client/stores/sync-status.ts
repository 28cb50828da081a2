// How far this device's work has come, as people see it: saved here, arrived at the site, and further.
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { Entry } from '#contract/envelope.ts'
import type { OwnWork } from '#client/ledger/client-ledger.ts'
import { receiptsOf } from '#client/ledger/receipts-file.ts'
import type { SyncStatus } from '#client/sync/sync-loop.ts'
import { clientCore } from './container.ts'
import type { JoinedDevice } from './container.ts'

/** An own entry the server refused, with the reason's code. */
export interface RefusedEntry {
  readonly entry: Entry
  readonly code: string
}

/** How many own entries reached each rung. Sealed and province come with later steps of the road. */
export interface LadderCounts {
  readonly saved: number
  readonly arrived: number
  readonly sealed: number
  readonly province: number
}

async function loadRefused(joined: JoinedDevice): Promise<RefusedEntry[]> {
  const found: RefusedEntry[] = []
  for (const { seq, code, dismissedAt } of joined.ledger.ownWork().refused) {
    if (dismissedAt !== undefined) continue
    const row = await joined.ledger.ownEntry(seq)
    if (row !== null) found.push({ entry: Entry.parse(JSON.parse(row.text)), code })
  }
  return found
}

export const useSyncStatus = defineStore('sync-status', () => {
  const core = clientCore()
  const work = shallowRef<OwnWork | null>(null)
  const status = shallowRef<SyncStatus | null>(null)
  const refused = shallowRef<readonly RefusedEntry[]>([])

  function follow(joined: JoinedDevice): () => void {
    const readWork = (): void => {
      const before = work.value?.refused
      work.value = joined.ledger.ownWork()
      if (work.value.refused !== before)
        void loadRefused(joined).then((entries) => {
          refused.value = entries
        })
    }
    const readStatus = (): void => {
      status.value = joined.sync.status
    }
    readWork()
    readStatus()
    const stops = [
      joined.ledger.subscribe(readWork),
      joined.sync.subscribe(readStatus),
      joined.sync.subscribe(readWork),
    ]
    return () => stops.forEach((stop) => stop())
  }
  watch(
    core.joined,
    (joined, _before, onCleanup) => {
      if (joined !== null) onCleanup(follow(joined))
    },
    { immediate: true },
  )
  const pendingCount = computed(() => work.value?.unsentCount ?? 0)
  const counts = computed((): LadderCounts => {
    const own = work.value?.ownCount ?? 0
    return { saved: own, arrived: own - pendingCount.value - (work.value?.refused.length ?? 0), sealed: 0, province: 0 }
  })
  return {
    online: computed(() => status.value?.online ?? false),
    syncing: computed(() => status.value?.syncing ?? false),
    paused: computed(() => status.value?.paused ?? false),
    progress: computed(() => status.value?.progress ?? null),
    /** The code of what went wrong in the last round (a problem's or a fault's), or null. */
    trouble: computed(() => status.value?.trouble ?? null),
    pendingCount,
    refused,
    oldestPendingAt: computed(() => work.value?.oldestUnsentAt ?? null),
    /** The last entry of the ledger this device holds: what it shows is true there. Own entries on their way come on top. */
    proof: computed(() => work.value?.state.last ?? null),
    /** Own entries the site has and holds until it knows their kind, by seq. */
    heldRuns: computed(() => (work.value?.state.acked ?? []).filter(({ position }) => position === null)),
    /** All receipts kept, oldest first. */
    receipts: computed(() => (work.value === null ? [] : receiptsOf(work.value.state))),
    lastSyncAt: computed(() => work.value?.state.syncedAt ?? null),
    position: computed(() => work.value?.state.cursor ?? 0),
    ladder: computed(() => ({
      rung: (pendingCount.value > 0 ? 'saved' : 'arrived') as 'saved' | 'arrived' | 'sealed' | 'province',
      counts: counts.value,
    })),
    syncNow: async (): Promise<void> => core.joined.value?.sync.syncNow(),
    pause: (paused: boolean): void => core.joined.value?.sync.pause(paused),
  }
})
