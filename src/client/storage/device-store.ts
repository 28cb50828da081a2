// Which device this browser is. One row, written at joining.
import type { JoinAnswer } from '#contract/device.ts'
import type { DeviceDatabase } from './database.ts'
import { guardStorage } from './fault.ts'

/**
 * What joining left behind. The private key cannot be exported; `epoch` names this device's chain. `publicKey` is its other half; `renewalDue` says
 * that the server has not been told of it yet, since the first key was lost with its store.
 */
export interface DeviceRecord extends JoinAnswer {
  readonly epoch: string
  readonly label: string
  readonly privateKey: CryptoKey
  readonly publicKey?: string
  readonly renewalDue?: boolean
}

/** What of a device may be copied: everything but its key. */
export type KeylessDevice = Omit<DeviceRecord, 'privateKey' | 'publicKey' | 'renewalDue'>

/** The copy without the key. */
export function withoutKey(device: DeviceRecord): KeylessDevice {
  const { privateKey: _private, publicKey: _public, renewalDue: _due, ...keyless } = device
  return keyless
}

/** Where the device's record lies. */
export const DEVICE_KEY = 'device'

/** The device's record, or null before joining. Faults: storage-broken. */
export function loadDevice(database: DeviceDatabase): Promise<DeviceRecord | null> {
  return guardStorage(async () => {
    const row = await database.meta.get(DEVICE_KEY)
    return row === undefined ? null : (row.value as DeviceRecord)
  })
}

/** Writes the device's record once; a database that belongs to a device is never given to another. Faults: storage-full, storage-broken. */
export function saveDevice(database: DeviceDatabase, device: DeviceRecord): Promise<void> {
  return guardStorage(() =>
    database.transaction('rw', database.meta, async () => {
      await database.meta.add({ key: DEVICE_KEY, value: device })
    }),
  )
}

/** Replaces the key part of the device's own record, e.g. once the server knows the new key. Faults: storage-full, storage-broken. */
export function updateDevice(database: DeviceDatabase, device: DeviceRecord): Promise<void> {
  return guardStorage(() =>
    database.transaction(
      'rw',
      database.meta,
      async () => void (await database.meta.put({ key: DEVICE_KEY, value: device })),
    ),
  )
}
