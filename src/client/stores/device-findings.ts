// Devices of which something has to be confirmed: a key that was renewed, records that are missing, a chain that forked.
import { computed } from 'vue'
import type { ActBody } from '#contract/commands/acts.ts'
import type { DeviceState } from '#domain/access/state.ts'
import { useLiveFamily } from './live-state.ts'
import { useDeskAct } from './settings-act.ts'

/** One open thing. `missing` counts entries, for a loss; `here` and `branch` those of the two histories, for a fork. */
export type OpenDeviceFinding = { readonly key: string; readonly label: string; readonly missing: number } & (
  | { readonly kind: 'key'; readonly body: ActBody<'confirmDeviceKey'> }
  | { readonly kind: 'loss'; readonly body: ActBody<'acceptDeviceLoss'> }
  | {
      readonly kind: 'fork'
      readonly here: number
      readonly branch: number
      readonly body: ActBody<'liftQuarantine'>
    }
)

function openOf({ deviceId, label, renewedKeys, losses, forks }: DeviceState): OpenDeviceFinding[] {
  if (deviceId === null) return []
  const keys = renewedKeys
    .filter(({ confirmed }) => !confirmed)
    .map(({ publicKey, entryId }) => {
      const body = { deviceId, publicKey } as ActBody<'confirmDeviceKey'>
      return { kind: 'key' as const, key: entryId, label, missing: 0, body }
    })
  const gone = losses
    .filter(({ accepted, missing }) => !accepted && missing > 0)
    .map(({ byDeviceId, entryId, missing }) => ({
      kind: 'loss' as const,
      key: entryId,
      label,
      missing,
      body: { deviceId, byDeviceId },
    }))
  const forked = forks
    .filter(({ lifted }) => !lifted)
    .map(({ epoch, entryId, hereCount, branchCount }) => ({
      kind: 'fork' as const,
      ...{ key: entryId, label, missing: 0, here: hereCount, branch: branchCount, body: { deviceId, epoch } },
    }))
  return [...keys, ...gone, ...forked]
}

export function useDeviceFindings() {
  const devices = useLiveFamily('device')
  const act = useDeskAct()
  return {
    open: computed(() => (devices.value ?? []).flatMap(({ state }) => openOf(state))),
    busy: act.busy,
    no: act.no,
    async settle(one: OpenDeviceFinding): Promise<void> {
      if (one.kind === 'key') await act.run('confirmDeviceKey', one.body)
      else if (one.kind === 'fork') await act.run('liftQuarantine', one.body)
      else await act.run('acceptDeviceLoss', one.body)
    },
  }
}
