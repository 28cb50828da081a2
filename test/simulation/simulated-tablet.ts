// A tablet of a history: production ledger and sync loop over a disk that outlives reloads, with a person who taps and a clock that may be wrong.
import { openClientLedger } from '#client/ledger/client-ledger.ts'
import type { ClientLedger, LedgerSync } from '#client/ledger/client-ledger.ts'
import type { LockSource, WindowChannel } from '#client/ledger/journal-lock.ts'
import type { RecordingActor } from '#client/ledger/record-entry.ts'
import { levelJournals } from '#client/ledger/record-entry.ts'
import { levelKept } from '#client/recovery/level-copy.ts'
import { restoreConfirmed } from '#client/recovery/restore-confirmed.ts'
import { withKeptCopy } from '#client/storage/confirmed-store.ts'
import type { DeviceRecord } from '#client/storage/device-store.ts'
import { faultCodeOf } from '#client/storage/fault.ts'
import type { PrivateStore } from '#client/storage/private-store.ts'
import type { SecondStore } from '#client/storage/second-store.ts'
import { createSyncLoop } from '#client/sync/sync-loop.ts'
import type { SyncLoop } from '#client/sync/sync-loop.ts'
import type { Transport } from '#client/sync/transport.ts'
import type { TestimonyCommand } from '#contract/commands/testimony.ts'
import type { DevicePurpose } from '#contract/device.ts'
import type { SeededRandom } from '#test/support/seeded-random.ts'
import type { Mutant } from './mutant.ts'
import { makeSimulatedDisk, type SimulatedDisk } from './simulated-disk.ts'
import { deviceKey, type SimulatedSite } from './simulated-site.ts'
import type { SimulatedWire } from './simulated-wire.ts'

export interface SimulatedTablet {
  readonly name: string
  readonly purpose: DevicePurpose
  readonly device: DeviceRecord
  readonly disk: SimulatedDisk
  readonly ledger: ClientLedger & LedgerSync
  readonly sync: SyncLoop
  /** Signs as this device. */
  readonly sign: (text: string) => string
  /** Ids of entries somebody was told are saved. */
  readonly acknowledged: Set<string>
  /** What was thrown that is not a fault of the world. */
  readonly bugs: unknown[]
  /** Taps; the answer comes when the disk is done, or never. */
  tap(command: TestimonyCommand, actor: RecordingActor): void
  syncInBackground(): void
  setClock(skewMs: number): void
  /** The window ends without a word and another one opens over the same disk, of which a store may have been lost meanwhile. */
  reload(lost?: Parameters<SimulatedDisk['lose']>[0]): Promise<void>
}

const LOCKS: LockSource = { request: (_, __, work) => work({}) }
const CHANNEL: WindowChannel = { post: () => undefined, listen: () => () => undefined }

/** Sealed rows have tests of their own: this tablet holds none and is never given any. */
const NO_PRIVATE_ROWS: PrivateStore = {
  held: async () => [],
  exchange: async () => undefined,
  vaultRows: async () => [],
  staffKeys: async () => [],
  cardOf: async () => null,
  cardCount: async () => 0,
  addNote: async () => undefined,
  unsentNotes: async () => [],
  notesSent: async () => undefined,
  manifestHash: async () => null,
  setManifestHash: async () => undefined,
  clear: async () => undefined,
}

interface TabletParts {
  readonly site: SimulatedSite
  readonly wire: SimulatedWire
  readonly random: SeededRandom
  readonly mutant: Mutant
}

interface Window {
  readonly ledger: ClientLedger & LedgerSync
  readonly sync: SyncLoop
}

interface WindowParts {
  readonly device: DeviceRecord
  readonly disk: SimulatedDisk
  readonly transport: Transport
  readonly sign: (text: string) => Promise<string>
  readonly clock: () => number
  readonly actor: () => RecordingActor | null
}

const NOTHING_SEALED = async () => ({ rows: [], notes: [], hash: null, privateStep: 0 })

// What opening does on a tablet, with the same parts: a store that lost something is built anew from the other.
async function rebuild(device: DeviceRecord, disk: SimulatedDisk, { journal, kept }: SecondStore): Promise<void> {
  const first = disk.atOnce()
  const content = await kept.load()
  const state = await first.store.loadState()
  const isAhead = content.state !== null && content.state.cursor > (state?.cursor ?? -1)
  const isSame = state === null || state.serverEpoch === content.state?.serverEpoch
  if (content.device !== null && isAhead && isSame) await restoreConfirmed(first.store, kept, content, device)
  await levelJournals([first.journal, journal], device.epoch)
  await levelKept(kept, first.store, NOTHING_SEALED, device)
}

async function openWindow({ random, mutant }: TabletParts, parts: WindowParts): Promise<Window> {
  const { device, disk, clock, actor } = parts
  const opened = disk.open()
  const journal = mutant.journal?.(opened.journal, disk.rows) ?? opened.journal
  const store = withKeptCopy(mutant.store?.(opened.store, disk.rows) ?? opened.store, opened.second.kept)
  await rebuild(device, disk, opened.second)
  const opening = await openClientLedger({
    device,
    store,
    // A journal that makes a mistake stands alone: the other one would make it good.
    journals: mutant.journal === undefined ? [journal, opened.second.journal] : [journal],
    clock,
    actor,
    locks: LOCKS,
    channel: CHANNEL,
    lockName: device.deviceId,
  })
  disk.begun()
  const ledger = mutant.ledger?.(opening) ?? opening
  const sync = createSyncLoop({
    device,
    sign: parts.sign,
    ledger,
    transport: mutant.transport?.(parts.transport) ?? parts.transport,
    privateStore: NO_PRIVATE_ROWS,
    surroundings: { after: () => () => undefined, random: random.next, onOnline: () => () => undefined },
    channel: CHANNEL,
    privateRowsChanged: () => undefined,
  })
  return { ledger, sync }
}

/** Joins a tablet to the site and opens its first window. */
export async function joinSimulatedTablet(
  parts: TabletParts,
  name: string,
  purpose: DevicePurpose,
): Promise<SimulatedTablet> {
  const { site, wire, random } = parts
  const key = deviceKey(random)
  const joined = await site.join(purpose, key.publicKey)
  const device: DeviceRecord = { ...joined, epoch: `epoch-of-${name}`, label: name, privateKey: {} as CryptoKey }
  const disk = makeSimulatedDisk(random)
  const acknowledged = new Set<string>()
  const bugs: unknown[] = []
  let skewMs = 0
  let actor: RecordingActor | null = null
  const windowParts: WindowParts = {
    device,
    disk,
    transport: wire.transportOf(device.deviceId),
    sign: async (text) => key.sign(text),
    clock: () => site.nowMs() + skewMs,
    actor: () => actor,
  }
  let window = await openWindow(parts, windowParts)
  const noteBug = (thrown: unknown): void => {
    if (faultCodeOf(thrown) === null) bugs.push(thrown)
  }
  return {
    name,
    purpose,
    device,
    disk,
    acknowledged,
    bugs,
    sign: key.sign,
    get ledger() {
      return window.ledger
    },
    get sync() {
      return window.sync
    },
    tap(command, by) {
      actor = by
      window.ledger.record(command).then((answer) => {
        for (const { id } of answer.ok ? answer.value : []) acknowledged.add(id)
      }, noteBug)
    },
    syncInBackground() {
      if (!window.sync.status.syncing) window.sync.syncNow().catch(noteBug)
    },
    setClock(skew) {
      skewMs = skew
    },
    async reload(lost) {
      disk.cut()
      if (lost !== undefined) disk.lose(lost)
      window = await openWindow(parts, windowParts)
    },
  }
}
