// Whether a roll call may be opened on a device, as its storage stands.
import type { DeviceState } from './state.ts'

/** What the device knows of its storage. `persisted`: the browser promises to keep the data, null when it cannot say; `grantedSeq`: where its own chain ended when it last promised; `freeBytes`: what is left, null when unknown. */
export interface StorageFacts {
  readonly persisted: boolean | null
  readonly demonstration: boolean
  readonly epoch: string
  readonly grantedSeq: number | null
  readonly freeBytes: number | null
}

/** Below this nothing new is begun, and below the second a person is told in time. */
export const FREE_BYTES_LEAST = 20_000_000
export const FREE_BYTES_LOW = 200_000_000

/** Whether an administrator's permission still counts: it is of this chain and was given after the browser last promised to keep the data. */
function isOverridden({ storageOverride }: Pick<DeviceState, 'storageOverride'>, facts: StorageFacts): boolean {
  if (storageOverride === null || storageOverride.epoch !== facts.epoch) return false
  return facts.grantedSeq === null || storageOverride.seq > facts.grantedSeq
}

/** Why no roll call may be opened; null when one may. @rule ACC-12 */
export function rollCallBar(
  device: Pick<DeviceState, 'storageOverride'>,
  facts: StorageFacts,
): 'no-space' | 'not-kept' | null {
  if (facts.freeBytes !== null && facts.freeBytes < FREE_BYTES_LEAST) return 'no-space'
  if (facts.persisted !== false || facts.demonstration) return null
  return isOverridden(device, facts) ? null : 'not-kept'
}
