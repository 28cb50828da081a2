// One joined device put together over its database.
import type { JoinedDevice } from '#client/stores/container.ts'
import { openClientLedger } from '#client/ledger/client-ledger.ts'
import type { ClientLedger, LedgerSync } from '#client/ledger/client-ledger.ts'
import type { JournalLock, LockSource, WindowChannel } from '#client/ledger/journal-lock.ts'
import type { JournalKeeps } from '#client/ledger/prune-journals.ts'
import { instantOf } from '#client/ledger/time.ts'
import type { RecordingActor } from '#client/ledger/record-entry.ts'
import { levelCopy } from '#client/recovery/level-copy.ts'
import type { OpenedDevice } from '#client/recovery/open-stores.ts'
import { createDeviceFiles } from '#client/files/device-files.ts'
import { createAttemptStore } from '#client/storage/attempt-store.ts'
import type { CanaryBox } from '#client/storage/canary.ts'
import { createConfirmedStore, withKeptCopy } from '#client/storage/confirmed-store.ts'
import type { DeviceDatabase } from '#client/storage/database.ts'
import { updateDevice } from '#client/storage/device-store.ts'
import { Fault, faultCodeOf } from '#client/storage/fault.ts'
import { createIndexedDbJournal } from '#client/storage/journal.ts'
import { createFileStore } from '#client/storage/file-store.ts'
import type { Journal } from '#client/storage/journal.ts'
import { createPrivateStore } from '#client/storage/private-store.ts'
import type { SealedListener } from '#client/storage/private-store.ts'
import type { SecondStore } from '#client/storage/second-store.ts'
import { createSigner } from '#client/sync/device-signer.ts'
import { renewalOf as keyRenewalOf } from '#client/sync/renew-key.ts'
import { createSiteFileKey } from '#client/sync/site-file-key.ts'
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
  /** How much of the chain stays however safe it is; as in prune-journals.ts unless given. */
  readonly journalKeeps?: JournalKeeps
  /** Every journal an entry must lie in before it counts as recorded; those of the stores there are unless others are given. */
  readonly openJournals?: (database: DeviceDatabase) => readonly [Journal, ...Journal[]]
}

/** What a device is put together with besides. */
export interface DeviceParts {
  readonly around: DeviceSurroundings
  readonly transport: Transport
  readonly actor: () => RecordingActor | null
  readonly privateRowsChanged: () => void
  readonly canary: CanaryBox
  /** The server takes nothing more of this epoch. */
  readonly epochClosed: (fromSeq: number) => Promise<void>
  /** Another window has begun another epoch. */
  readonly epochBegun: () => void
}

const NOTE_PATIENCE_MS = 2000

// A window that does not hold the journal may not write into the files: it takes the journal over first, as for a tap.
function keeper({ kept }: SecondStore, lock: () => JournalLock): SealedListener {
  return {
    sealed: kept.sealed,
    notesSent: kept.notesSent,
    async note(row, step) {
      if (!(await lock().take(NOTE_PATIENCE_MS))) throw new Fault('another-window')
      await kept.note(row, step)
    },
  }
}

// What the copies lack is written while nobody waits; a window that ends meanwhile leaves it to the next.
async function levelStores({ database, second, device }: OpenedDevice, ledger: LedgerSync): Promise<void> {
  try {
    await Promise.all([ledger.levelJournals(), second === null ? null : levelCopy(database, second.kept, device)])
  } catch (thrown) {
    if (faultCodeOf(thrown) === null) throw thrown
    console.error(thrown)
  }
}

function renewalOf({ database, device }: OpenedDevice) {
  let current = device
  return {
    isDue: () => current.renewalDue === true,
    async done() {
      current = { ...current, renewalDue: false }
      await updateDevice(database, current)
    },
  }
}

// What this window does when it takes the journal, and when another one has begun another epoch.
function followWindows(opened: OpenedDevice, ledger: LedgerSync, channel: WindowChannel, epochBegun: () => void): void {
  channel.listen((message) => {
    if (message.kind === 'epoch-begun') epochBegun()
  })
  ledger.lock.onChange((held) => {
    if (held) void levelStores(opened, ledger)
  })
}

/** Opens ledger, vault, cards and sync of a device. Faults: storage-full, storage-broken. */
export async function openJoinedDevice(
  opened: OpenedDevice,
  { around, transport, actor, privateRowsChanged, canary, epochClosed, epochBegun }: DeviceParts,
): Promise<JoinedDevice> {
  const { database, second, device } = opened
  const { deviceId, epoch } = device
  const listener = second === null ? undefined : keeper(second, () => ledger.lock)
  const privateStore = createPrivateStore(database, listener)
  const confirmedStore = createConfirmedStore(database)
  const attempts = createAttemptStore(database)
  const channel = around.openChannel(database.name)
  const own = createIndexedDbJournal(database)
  const ledger: ClientLedger & LedgerSync = await openClientLedger({
    device,
    store: second === null ? confirmedStore : withKeptCopy(confirmedStore, second.kept),
    journals: around.openJournals?.(database) ?? (second === null ? [own] : [own, second.journal]),
    clock: around.clock,
    actor,
    locks: around.locks,
    channel,
    lockName: database.name,
    keeps: around.journalKeeps,
    removed: async () => (second === null ? undefined : levelCopy(database, second.kept, device)),
    reached: ({ seq, id }) =>
      canary.write({ deviceId, epoch, lastSeq: seq, head: id, granted: canary.read()?.granted ?? null }),
  })
  followWindows(opened, ledger, channel, epochBegun)
  if (ledger.lock.held) void levelStores(opened, ledger)
  else await second?.journal.release()
  const sign = createSigner(device.privateKey)
  const renewal = renewalOf(opened)
  const fileStore = createFileStore(database)
  return {
    device,
    ledger,
    files: createDeviceFiles({
      ...{ device, sign, ledger, privateStore, fileStore, privateRowsChanged },
      now: () => instantOf(around.clock()),
      renewal: {
        pending: async () => (renewal.isDue() ? keyRenewalOf(device, ledger) : null),
        done: async () => (renewal.isDue() ? renewal.done() : undefined),
      },
    }),
    vault: createVault({ store: privateStore, attempts, randomBytes: around.randomBytes }),
    cards: createTraineeCards({ store: privateStore, attempts, deviceSecret: device.deviceSecret }),
    sync: createSyncLoop({
      device,
      sign,
      ledger,
      transport,
      privateStore,
      surroundings: around,
      channel,
      privateRowsChanged,
      renewal,
      epochClosed,
      keepFileKey: createSiteFileKey({ device, transport, fileStore }),
    }),
  }
}
