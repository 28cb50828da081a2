// Fold of a device: that it joined, the keys it renewed, what was lost with it, and whether roll calls may be held on it all the same.
import type { RecordedEntry } from '#contract/envelope.ts'
import type { Finding } from '../shared/finding.ts'
import { kindedEntry } from '../shared/kinded-entry.ts'
import type { DeviceState } from './state.ts'

export const emptyDevice: DeviceState = {
  deviceId: null,
  label: '',
  purpose: null,
  renewedKeys: [],
  losses: [],
  forks: [],
  storageOverride: null,
  findings: [],
}

/** A key nobody has confirmed yet, entries that were said to be saved and are not here, and two histories of one device. @rule ACC-10 @rule ACC-11 @rule ACC-15 */
function findingsOf({ renewedKeys, losses, forks }: DeviceState): readonly Finding[] {
  const keys = renewedKeys.map(({ entryId, confirmed }) => ({
    code: 'device/key-unconfirmed' as const,
    ...{ traineeId: null, entryIds: [entryId], settled: confirmed },
  }))
  const missing = losses
    .filter((loss) => loss.missing > 0)
    .map(({ entryId, accepted }) => ({
      code: 'device/entries-missing' as const,
      ...{ traineeId: null, entryIds: [entryId], settled: accepted },
    }))
  const forked = forks.map(({ entryId, lifted }) => ({
    code: 'device/chain-forked' as const,
    ...{ traineeId: null, entryIds: [entryId], settled: lifted },
  }))
  return [...keys, ...missing, ...forked]
}

function foldKinds(state: DeviceState, recorded: RecordedEntry): DeviceState {
  const entry = kindedEntry(recorded)
  switch (entry.kind) {
    case 'device.joined.v1': {
      const { deviceId, label, purpose } = entry.body
      return { ...state, deviceId, label, purpose }
    }
    case 'device.key-renewed.v1': {
      const { publicKey } = entry.body
      const renewed = { publicKey, entryId: recorded.id, confirmed: false }
      return { ...state, renewedKeys: [...state.renewedKeys, renewed] }
    }
    case 'device.key-confirmed.v1': {
      const { publicKey } = entry.body
      const renewedKeys = state.renewedKeys.map((key) =>
        key.publicKey === publicKey ? { ...key, confirmed: true } : key,
      )
      return { ...state, renewedKeys }
    }
    case 'device.replaced.v1': {
      const { byDeviceId, acknowledgedSeq, receivedSeq } = entry.body
      const missing = Math.max(0, acknowledgedSeq - receivedSeq)
      return { ...state, losses: [...state.losses, { byDeviceId, missing, entryId: recorded.id, accepted: false }] }
    }
    case 'device.loss-accepted.v1': {
      const { byDeviceId } = entry.body
      const losses = state.losses.map((loss) => (loss.byDeviceId === byDeviceId ? { ...loss, accepted: true } : loss))
      return { ...state, losses }
    }
    case 'device.quarantined.v1': {
      const { deviceId: _device, ...fork } = entry.body
      return { ...state, forks: [...state.forks, { ...fork, entryId: recorded.id, lifted: false }] }
    }
    case 'device.quarantine-lifted.v1': {
      const { epoch } = entry.body
      return { ...state, forks: state.forks.map((fork) => (fork.epoch === epoch ? { ...fork, lifted: true } : fork)) }
    }
    case 'device.storage-overridden.v1':
      return { ...state, storageOverride: { epoch: entry.epoch, seq: entry.seq } }
    default:
      return state
  }
}

/** Folds one entry of `device/<id>`. */
export function foldDevice(state: DeviceState, recorded: RecordedEntry): DeviceState {
  const folded = foldKinds(state, recorded)
  return folded === state ? state : { ...folded, findings: findingsOf(folded) }
}
