// Whether a roll call may be opened here as the storage stands, and the administrator's word that it may all the same.
import { computed, ref } from 'vue'
import { deviceStream } from '#contract/streams.ts'
import { FREE_BYTES_LOW, rollCallBar } from '#domain/access/storage-standing.ts'
import { emptyState } from '#domain/stream-folds.ts'
import { clientCore } from './container.ts'
import { useDevice } from './device.ts'
import { useLiveState } from './live-state.ts'
import { type Recorded, useRecorder } from './record.ts'
import { useSignIn } from './sign-in.ts'

export function useStorageGate() {
  const core = clientCore()
  const device = useDevice()
  const signIn = useSignIn()
  const recorder = useRecorder()
  const own = useLiveState('device', () => (device.deviceId === null ? null : deviceStream(device.deviceId)))
  const busy = ref(false)
  const no = ref<Extract<Recorded, { readonly ok: false }> | null>(null)

  const bar = computed(() =>
    rollCallBar(own.value ?? emptyState('device'), {
      persisted: core.storagePersisted.value,
      demonstration: device.demonstration,
      epoch: core.joined.value?.device.epoch ?? '',
      grantedSeq: core.grantedSeq.value,
      freeBytes: core.freeBytes.value,
    }),
  )
  /** Lets roll calls be held although the browser does not promise to keep the data; only an administrator may. */
  async function allow(): Promise<void> {
    if (device.deviceId === null) return
    busy.value = true
    const answer = await recorder.record({ name: 'overrideStorage', body: { deviceId: device.deviceId } })
    busy.value = false
    no.value = answer.ok ? null : answer
  }
  return {
    /** Whether it is known yet. */
    ready: computed(() => own.value !== undefined),
    bar,
    isLow: computed(() => core.freeBytes.value !== null && core.freeBytes.value < FREE_BYTES_LOW),
    freeMb: computed(() => Math.floor((core.freeBytes.value ?? 0) / 1_000_000)),
    mayAllow: computed(() => signIn.staff?.role === 'administrator'),
    busy,
    no,
    allow,
    /** Asks the browser again. */
    look: (): Promise<void> => core.lookAtStorage(),
  }
}
