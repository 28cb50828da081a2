// A tablet of a history: production ledger, sync loop and carried files over a disk that outlives reloads, with a person who taps and a clock that
// may be wrong.
import { createDeviceFiles, type DeviceFiles } from '#client/files/device-files.ts'
import { openClientLedger } from '#client/ledger/client-ledger.ts'
import type { ClientLedger, LedgerSync } from '#client/ledger/client-ledger.ts'
import type { LockSource, WindowChannel } from '#client/ledger/journal-lock.ts'
import type { RecordingActor } from '#client/ledger/record-entry.ts'
import { levelJournals } from '#client/ledger/record-entry.ts'
import { instantOf } from '#client/ledger/time.ts'
import { levelKept } from '#client/recovery/level-copy.ts'
import { restoreConfirmed } from '#client/recovery/restore-confirmed.ts'
import { withKeptCopy } from '#client/storage/confirmed-store.ts'
import type { DeviceRecord } from '#client/storage/device-store.ts'
import { faultCodeOf } from '#client/storage/fault.ts'
import type { PrivateStore } from '#client/storage/private-store.ts'
import type { SecondStore } from '#client/storage/second-store.ts'
import { createSyncLoop } from '#client/sync/sync-loop.ts'
import type { SyncLoop, SyncStatus } from '#client/sync/sync-loop.ts'
import type { Transport } from '#client/sync/transport.ts'
import type { TestimonyCommand } from '#contract/commands/testimony.ts'
import type { DevicePurpose } from '#contract/device.ts'
import type { SeededRandom } from '#test/support/seeded-random.ts'
import type { ProgramVersion } from './program-version.ts'
import { makeSimulatedDisk, type SimulatedDisk } from './simulated-disk.ts'
import { deviceKey, type SimulatedSite } from './simulated-site.ts'
import type { SimulatedWire } from './simulated-wire.ts'

export interface SimulatedTablet {
  readonly name: string
  readonly purpose: DevicePurpose
  readonly device: DeviceRecord
  readonly version: ProgramVersion
  /** The name of the tablet this one was copied from; they are one device to everybody else. */
  readonly copyOf: string | null
  readonly disk: SimulatedDisk
  readonly ledger: ClientLedger & LedgerSync
  readonly sync: SyncLoop
  /** What the last round and the last answer said went wrong. */
  readonly troubles: readonly SyncStatus['trouble'][]
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
  /** The window ends and the newer program opens. */
  upgrade(): Promise<void>
  /** A file of what was not handed in; null when the disk failed. */
  exportFile(): Promise<Uint8Array | null>
  /** Reads an answer; false when it was not taken. */
  readAnswer(bytes: Uint8Array): Promise<boolean>
  /** A second tablet with this one's key and whatever lies on its disk. */
  copy(name: string): Promise<SimulatedTablet>
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

/** What every tablet of a history shares. */
export interface TabletSurroundings {
  readonly site: SimulatedSite
  readonly wire: SimulatedWire
  readonly random: SeededRandom
}

interface Window {
  readonly ledger: ClientLedger & LedgerSync
  readonly sync: SyncLoop
  readonly files: DeviceFiles
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

async function openWindow({ random }: TabletSurroundings, parts: WindowParts): Promise<Window> {
  const { device, disk, clock, actor, sign } = parts
  const { journal, store, second } = disk.open()
  await rebuild(device, disk, second)
  const ledger = await openClientLedger({
    device,
    store: withKeptCopy(store, second.kept),
    journals: [journal, second.journal],
    clock,
    actor,
    locks: LOCKS,
    channel: CHANNEL,
    lockName: device.deviceId,
  })
  disk.begun()
  const shared = { device, sign, ledger, privateStore: NO_PRIVATE_ROWS, privateRowsChanged: () => undefined }
  const sync = createSyncLoop({
    ...shared,
    transport: parts.transport,
    surroundings: { after: () => () => undefined, random: random.next, onOnline: () => () => undefined },
    channel: CHANNEL,
  })
  const files = createDeviceFiles({
    ...shared,
    fileStore: disk.fileStore(),
    now: () => instantOf(clock()),
    renewal: { pending: async () => null, done: async () => undefined },
  })
  return { ledger, sync, files }
}

/** What makes a tablet this one. */
interface Identity {
  readonly name: string
  readonly purpose: DevicePurpose
  readonly copyOf: string | null
  readonly version: ProgramVersion
  readonly device: DeviceRecord
  readonly sign: (text: string) => string
  readonly disk: SimulatedDisk
  readonly acknowledged: ReadonlySet<string>
}

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

async function finishWrites(disk: SimulatedDisk): Promise<void> {
  while (disk.slowWrites > 0) {
    disk.step()
    await breathe()
  }
}

async function makeTablet(surroundings: TabletSurroundings, identity: Identity): Promise<SimulatedTablet> {
  const { site, wire } = surroundings
  const { name, device, disk, sign } = identity
  const acknowledged = new Set(identity.acknowledged)
  const bugs: unknown[] = []
  let { version } = identity
  let skewMs = 0
  let actor: RecordingActor | null = null
  let fileTrouble: SyncStatus['trouble'] = null
  const windowParts: WindowParts = {
    device,
    disk,
    transport: wire.transportOf({ name, deviceId: device.deviceId }),
    sign: async (text) => sign(text),
    clock: () => site.nowMs() + skewMs,
    actor: () => actor,
  }
  let window = await openWindow(surroundings, windowParts)
  const noteBug = (thrown: unknown): void => {
    if (faultCodeOf(thrown) === null) bugs.push(thrown)
  }
  // Files are read and made while nobody steps the disk: what is slow there has to be done before.
  async function withFiles<Value>(work: (files: DeviceFiles) => Promise<Value>): Promise<Value | null> {
    await finishWrites(disk)
    try {
      return await disk.unhurried(() => work(window.files))
    } catch (thrown) {
      noteBug(thrown)
      return null
    }
  }
  return {
    ...identity,
    acknowledged,
    bugs,
    get version() {
      return version
    },
    get ledger() {
      return window.ledger
    },
    get sync() {
      return window.sync
    },
    get troubles() {
      return [window.sync.status.trouble, fileTrouble]
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
      window = await openWindow(surroundings, windowParts)
    },
    async upgrade() {
      version = 'newer'
      disk.cut()
      // The newer folds have a newer number: what the older ones folded is not read any more.
      if (disk.rows.state !== null) disk.rows.state = { ...disk.rows.state, foldVersion: 0 }
      window = await openWindow(surroundings, windowParts)
    },
    exportFile: () =>
      withFiles(async (files) => {
        const file = await files.export({ what: 'all' })
        return file.ok ? file.bytes : null
      }),
    async readAnswer(bytes) {
      const read = await withFiles((files) => files.readAnswer(bytes))
      if (read?.ok === true) fileTrouble = read.problem
      return read?.ok === true
    },
    copy: (copyName) =>
      makeTablet(surroundings, { ...identity, name: copyName, copyOf: name, version, disk: disk.copy(), acknowledged }),
  }
}

/** Joins a tablet to the site and opens its first window. */
export async function joinSimulatedTablet(
  surroundings: TabletSurroundings,
  { name, purpose, version }: Pick<Identity, 'name' | 'purpose' | 'version'>,
): Promise<SimulatedTablet> {
  const key = deviceKey(surroundings.random)
  const joined = await surroundings.site.join(purpose, key.publicKey)
  const device: DeviceRecord = { ...joined, epoch: `epoch-of-${name}`, label: name, privateKey: {} as CryptoKey }
  const disk = makeSimulatedDisk(surroundings.random)
  return makeTablet(surroundings, {
    ...{ name, purpose, version, device, disk, sign: key.sign },
    ...{ copyOf: null, acknowledged: new Set<string>() },
  })
}
