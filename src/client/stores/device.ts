// This browser as a device of a facility.
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { facilityStream } from '#contract/streams.ts'
import { joinCodeOf } from '#client/acts/join-device.ts'
import { clientCore } from './container.ts'
import type { JoinResult } from './container.ts'
import { useLiveState } from './live-state.ts'

/** How joining ended; `code-malformed`: what was typed cannot be a code. */
export type DeviceJoinResult = JoinResult | { readonly ok: false; readonly code: 'code-malformed' }

export const useDevice = defineStore('device', () => {
  const core = clientCore()
  const facility = useLiveState('facility', () => facilityStream)
  const record = computed(() => core.joined.value?.device ?? null)

  // Before the first records are here the site itself says what it is.
  const siteIsDemonstration = shallowRef(false)
  watch(
    core.joined,
    async () => {
      if (facility.value?.founded === true) return
      const health = await core.calls.health()
      if (health.ok) siteIsDemonstration.value = health.value.demonstration
    },
    { immediate: true },
  )

  /** Joins with a typed code. */
  async function join(typed: string, label: string): Promise<DeviceJoinResult> {
    const code = joinCodeOf(typed)
    return code === null ? { ok: false, code: 'code-malformed' } : core.join(code, label)
  }
  return {
    /** False outside a secure context, where a browser has neither keys nor locks and nothing can be recorded. */
    secure: globalThis.isSecureContext !== false,
    starting: core.starting,
    joined: computed(() => record.value !== null),
    facilityName: computed(() =>
      facility.value?.founded === true ? facility.value.name : (record.value?.facilityName ?? ''),
    ),
    facilityKind: computed(() => facility.value?.facilityKind ?? null),
    demonstration: computed(() =>
      facility.value?.founded === true ? facility.value.demonstration : siteIsDemonstration.value,
    ),
    purpose: computed(() => record.value?.purpose ?? null),
    deviceId: computed(() => record.value?.deviceId ?? null),
    label: computed(() => record.value?.label ?? ''),
    storagePersisted: core.storagePersisted,
    storageFault: core.storageFault,
    /** Asks the browser to promise that it keeps the data; `storagePersisted` tells the answer. */
    askToKeep: (): Promise<void> => core.lookAtStorage(),
    join,
  }
})
