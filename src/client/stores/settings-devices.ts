// Devices of the facility, and the one-time code by which another browser becomes one.
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { DeviceList, DevicePurpose, JoinCodeAnswer } from '#contract/device.ts'
import { useNow } from '#client/stores/clock.ts'
import { useOfficeCalls } from '#client/stores/office-calls.ts'
import { type OfficeNo, useOfficeDesk } from '#client/stores/office-desk.ts'
import { useDevice } from '#client/stores/device.ts'

const SECOND_MS = 1000
/** A code holds ten minutes; a clock of this device that is behind never promises more. */
const LIFE_SECONDS = 600

/** Counts down to the end of a code: by seconds in between, by the clock whenever it moves. */
function useCountdown(code: () => JoinCodeAnswer | null) {
  const now = useNow()
  const seconds = ref(0)
  const measure = (): void => {
    const current = code()
    const left = current === null ? 0 : Math.floor((Date.parse(current.expiresAt) - Date.parse(now.value)) / SECOND_MS)
    seconds.value = Math.max(0, Math.min(LIFE_SECONDS, left))
  }
  watch([code, now], measure, { immediate: true })
  const ticking = setInterval(() => {
    seconds.value = Math.max(0, seconds.value - 1)
  }, SECOND_MS)
  onScopeDispose(() => clearInterval(ticking))
  return seconds
}

export function useDevices() {
  const desk = useOfficeDesk()
  const calls = useOfficeCalls()
  const device = useDevice()
  const list = shallowRef<DeviceList['devices'] | undefined>()
  const code = shallowRef<JoinCodeAnswer | null>(null)
  const no = shallowRef<OfficeNo | null>(null)
  const busy = ref(false)
  const secondsLeft = useCountdown(() => code.value)

  async function load(): Promise<void> {
    const answer = await desk.call(() => calls.listDevices())
    no.value = answer.ok ? null : answer.no
    if (answer.ok)
      list.value = [...answer.value.devices].sort((one, other) =>
        (one.lastSeenAt ?? one.joinedAt) < (other.lastSeenAt ?? other.joinedAt) ? 1 : -1,
      )
  }
  async function makeCode(purpose: DevicePurpose): Promise<void> {
    busy.value = true
    const answer = await desk.call(() => calls.makeJoinCode(purpose))
    busy.value = false
    no.value = answer.ok ? null : answer.no
    if (answer.ok) code.value = answer.value
  }
  return { list, code, no, busy, secondsLeft, load, makeCode, ownId: computed(() => device.deviceId) }
}
