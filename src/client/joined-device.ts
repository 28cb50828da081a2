// One joined device put together over its database.
import type { JoinedDevice } from '#client/stores/container.ts'
import { openClientLedger } from '#client/ledger/client-ledger.ts'
import type { LockSource, WindowChannel } from '#client/ledger/journal-lock.ts'
import type { RecordingActor } from '#client/ledger/record-entry.ts'
import { createAttemptStore } from '#client/storage/attempt-store.ts'
import { createConfirmedStore } from '#client/storage/confirmed-store.ts'
import type { DeviceDatabase } from '#client/storage/database.ts'
import type { DeviceRecord } from '#client/storage/device-store.ts'
import { createIndexedDbJournal } from '#client/storage/journal.ts'
import type { Journal } from '#client/storage/journal.ts'
import { createPrivateStore } from '#client/storage/private-store.ts'
import { createSigner } from '#client/sync/device-signer.ts'
import { createSyncLoop } from '#client/sync/sync-loop.ts'
import type { SyncSurroundings } from '#client/sync/sync-loop.ts'
import type { Transport } from '#client/sync/transport.ts'
import { createTraineeCards } from '#client/vault/trainee-card.ts'
import { createVault } from '#client/vault/vault.ts'

/** What a device takes from the world. */
export interface DeviceSurroundings extends SyncSurroundings {
  readonly clock: () => number
  readonly randomBytes: (length: number) => Uint8Array<ArrayBuffer>
  readonly locks: LockSource
  readonly openChannel: (name: string) => WindowChannel
  /** Every journal an entry must lie in before it counts as recorded; IndexedDB's alone unless others are given. */
  readonly openJournals?: (database: DeviceDatabase) => readonly [Journal, ...Journal[]]
}

/** What a device is put together with besides. */
export interface DeviceParts {
  readonly around: DeviceSurroundings
  readonly transport: Transport
  readonly actor: () => RecordingActor | null
  readonly privateRowsChanged: () => void
}

/** Opens ledger, vault, cards and sync of a device. Faults: storage-full, storage-broken. */
export async function openJoinedDevice(
  database: DeviceDatabase,
  device: DeviceRecord,
  { around, transport, actor, privateRowsChanged }: DeviceParts,
): Promise<JoinedDevice> {
  const privateStore = createPrivateStore(database)
  const attempts = createAttemptStore(database)
  const channel = around.openChannel(database.name)
  const ledger = await openClientLedger({
    device,
    store: createConfirmedStore(database),
    journals: around.openJournals?.(database) ?? [createIndexedDbJournal(database)],
    clock: around.clock,
    actor,
    locks: around.locks,
    channel,
    lockName: database.name,
  })
  return {
    device,
    ledger,
    vault: createVault({ store: privateStore, attempts, randomBytes: around.randomBytes }),
    cards: createTraineeCards({ store: privateStore, attempts, deviceSecret: device.deviceSecret }),
    sync: createSyncLoop({
      device,
      sign: createSigner(device.privateKey),
      ledger,
      transport,
      privateStore,
      surroundings: around,
      channel,
      privateRowsChanged,
    }),
  }
}
