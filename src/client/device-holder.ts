// Which stores are open and which device they belong to: opening what this browser has, and joining as a new device.
import { GENESIS_HASH } from '#contract/canonical.ts'
import type { FormerDevice } from '#contract/device.ts'
import type { DeviceId } from '#contract/values.ts'
import { joinDevice } from '#client/acts/join-device.ts'
import { openJoinedDevice } from '#client/joined-device.ts'
import type { DeviceParts, DeviceSurroundings } from '#client/joined-device.ts'
import { beginEpoch, followEpoch } from '#client/recovery/begin-epoch.ts'
import { openStores } from '#client/recovery/open-stores.ts'
import type { OpenedDevice, OpenedStores, StoreSources } from '#client/recovery/open-stores.ts'
import { rescueOpen, rescueSecond } from '#client/recovery/rescue.ts'
import type { Rescue } from '#client/recovery/rescue.ts'
import { toBase64Url } from '#client/storage/base64url.ts'
import { createCanaryBox } from '#client/storage/canary.ts'
import type { Canary, CanaryBox, TextBox } from '#client/storage/canary.ts'
import { openDatabase, storeNameOf } from '#client/storage/database.ts'
import { saveDevice, withoutKey } from '#client/storage/device-store.ts'
import type { DeviceRecord } from '#client/storage/device-store.ts'
import type { SecondStoreSource } from '#client/storage/opfs-files.ts'
import { createPrivateStore } from '#client/storage/private-store.ts'
import { createSecondStore } from '#client/storage/second-store.ts'
import type { ClientCore, JoinedDevice, JoinResult, StorageFinding } from '#client/stores/container.ts'
import { makeDeviceKey } from '#client/sync/device-signer.ts'
import type { Transport } from '#client/sync/transport.ts'

/** Everything the core takes from the world. */
export interface ClientSurroundings extends DeviceSurroundings {
  readonly fetch?: typeof fetch
  /** Where databases lie; asked for late, since a browser may forbid even to look. */
  readonly databases: () => IDBFactory
  readonly origin: string
  /** The second store of this browser; none unless given. */
  readonly secondStore?: SecondStoreSource
  /** Where the canary lies; it may throw where a browser forbids it. None unless given. */
  readonly textBox?: () => TextBox
  /** Bytes that are still free for this site; null when the browser cannot say. */
  readonly freeBytes?: () => Promise<number | null>
  /** Whether the browser keeps this site's data, and asking it to; null when it cannot say. */
  readonly persisted: () => Promise<boolean | null>
  readonly persist: () => Promise<boolean | null>
  /** Whether syncing starts by itself. */
  readonly autoSync: boolean
}

/** What pages are told of the device. */
export type Signals = Pick<
  ClientCore,
  | 'joined'
  | 'starting'
  | 'storageFault'
  | 'privateRevision'
  | 'staffActor'
  | 'cardActor'
  | 'signInToken'
  | 'storagePersisted'
  | 'storageFinding'
  | 'journalHeld'
  | 'freeBytes'
  | 'grantedSeq'
>

/** Opens and joins. */
export interface Holder {
  /** Opens what this browser joined as; false when it joined nothing. */
  open(): Promise<boolean>
  lookAtStorage(): Promise<void>
  /** Everything unsent, of the open device or of what the second store still holds. Faults: storage-broken, another-window. */
  rescue(): Promise<Rescue | null>
  join(code: string | null, label: string): Promise<JoinResult>
}

// Asked for without waiting: a lock that is free now is let go of at once.
async function isFree({ locks }: ClientSurroundings, name: string): Promise<boolean> {
  let free = false
  await locks.request(name, { ifAvailable: true }, async (lock) => {
    free = lock !== null
  })
  return free
}

function sourcesOf(around: ClientSurroundings, canary: CanaryBox): StoreSources {
  const { databases, secondStore = null } = around
  return { databases, second: secondStore, canary, isFree: (name) => isFree(around, name), makeKey: makeDeviceKey }
}

const NO_BOX: TextBox = { getItem: () => null, setItem: () => undefined }

// Once the browser promises to keep the data, whoever allowed work without the promise has to be asked again.
async function lookAtStorage(
  around: ClientSurroundings,
  signals: Signals,
  canary: CanaryBox,
  ask: boolean,
): Promise<void> {
  // A browser that refused once may agree later, e.g. once the app is installed.
  const persisted = await around.persisted()
  signals.storagePersisted.value = persisted === true || !ask ? persisted : await around.persist()
  if (signals.storagePersisted.value === true) canary.update({ granted: canary.read()?.lastSeq ?? 0 })
  signals.grantedSeq.value = canary.read()?.granted ?? null
  signals.freeBytes.value = (await around.freeBytes?.()) ?? null
}

// The record without the key goes into the second store first: a device that is in IndexedDB is never without it.
async function makeStores(
  { secondStore, databases }: ClientSurroundings,
  generation: number,
  device: DeviceRecord,
): Promise<OpenedDevice> {
  const second = secondStore === undefined ? null : createSecondStore(secondStore.files(storeNameOf(generation)))
  await second?.kept.saveDevice(withoutKey(device))
  const database = await openDatabase(databases(), generation)
  await saveDevice(database, device)
  return { database, second, device }
}

function followLock(signals: Signals, joined: JoinedDevice): void {
  signals.journalHeld.value = joined.ledger.lock.held
  joined.ledger.lock.onChange((held) => {
    if (signals.joined.value === joined) signals.journalHeld.value = held
  })
}

async function leaveDevice(former: JoinedDevice | null, opened: OpenedDevice | null): Promise<void> {
  if (former === null || opened === null) return
  former.sync.stop()
  await createPrivateStore(opened.database).clear()
  await opened.second?.journal.release()
  await former.ledger.lock.release()
}

async function rescueNow(
  { secondStore }: ClientSurroundings,
  joined: JoinedDevice | null,
  opened: OpenedDevice | null,
): Promise<Rescue | null> {
  if (joined !== null) return rescueOpen(opened?.device ?? joined.device, joined.ledger)
  return secondStore === undefined ? null : rescueSecond(secondStore, makeDeviceKey)
}

const freshCanary = ({ deviceId, epoch }: DeviceRecord): Canary => ({
  ...{ deviceId, epoch, lastSeq: 0, head: GENESIS_HASH, granted: null },
})

type Change = (device: OpenedDevice, joined: JoinedDevice) => Promise<OpenedDevice | null>

// One after the other: this window may begin an epoch and hear of it from another one at the same time.
function inTurn<Given>(work: (given: Given) => Promise<void>): (given: Given) => Promise<void> {
  let last: Promise<void> = Promise.resolve()
  return (given) => {
    const turn = last.then(() => work(given))
    last = turn.catch(() => undefined)
    return turn
  }
}

function signalled(signals: Signals): Pick<DeviceParts, 'actor' | 'privateRowsChanged'> {
  return {
    actor: () => signals.staffActor.value ?? signals.cardActor.value,
    privateRowsChanged() {
      signals.privateRevision.value += 1
    },
  }
}

// Which stores are open, and which device they belong to. A new device never writes into the stores of a former one.
/** Makes the holder; nothing is opened yet. */
export function createHolder(
  around: ClientSurroundings,
  signals: Signals,
  transport: Transport,
  signAs: (device: DeviceRecord) => void,
): Holder {
  const canary = createCanaryBox(around.textBox ?? (() => NO_BOX))
  let generation = 0
  let lost: Canary | null = null
  let current: OpenedDevice | null = null

  const askToKeep = (ask: boolean) => lookAtStorage(around, signals, canary, ask)
  const newEpoch = () => toBase64Url(around.randomBytes(12))
  const reopen = inTurn(async (change: Change) => {
    const joined = signals.joined.value
    const changed = joined === null || current === null ? null : await change(current, joined)
    if (changed !== null) await enter(changed)
  })
  const follow = (): void => void reopen(followEpoch).catch((thrown: unknown) => console.error(thrown))
  async function enter(opened: OpenedDevice): Promise<void> {
    current = opened
    signAs(opened.device)
    const joined = await openJoinedDevice(opened, {
      ...{ around, transport, canary, ...signalled(signals) },
      epochClosed: (fromSeq) => reopen((device, joined) => beginEpoch(device, joined, canary, newEpoch(), fromSeq)),
      epochBegun: follow,
    })
    followLock(signals, joined)
    signals.joined.value = joined
    if (around.autoSync) joined.sync.start()
    // What another window told while this one was opening was not heard here.
    follow()
  }
  return {
    async open() {
      const found = await openStores(sourcesOf(around, canary))
      generation = found.generation
      lost = found.lost
      signals.storageFinding.value = findingOf(found)
      await askToKeep(found.opened !== null)
      if (found.opened !== null) await enter(found.opened)
      return found.opened !== null
    },
    lookAtStorage: () => askToKeep(signals.joined.value !== null),
    rescue: () => rescueNow(around, signals.joined.value, current),
    async join(code, label) {
      const answer = await joinDevice(transport, { code, label, former: formerOf(lost) }, newEpoch)
      if (!answer.ok) return answer
      await leaveDevice(signals.joined.value, current)
      generation += 1
      const opened = await makeStores(around, generation, answer.device)
      canary.write(freshCanary(answer.device))
      lost = null
      signals.storageFinding.value = null
      await askToKeep(true)
      await enter(opened)
      return { ok: true }
    },
  }
}

function formerOf(lost: Canary | null): FormerDevice | null {
  if (lost === null) return null
  const { deviceId, epoch, lastSeq, head } = lost
  return { deviceId: deviceId as DeviceId, epoch, lastSeq, head }
}

// A tablet of an earlier version had no second store: making it for the first time is no loss.
function findingOf({ standing, lost, hadCanary }: OpenedStores): StorageFinding | null {
  if (standing.is === 'both-lost') return { is: 'both-lost', acknowledged: lost?.lastSeq ?? 0, kept: standing.keptSeq }
  if (standing.is === 'indexeddb-lost') return { is: 'indexeddb-lost', acknowledged: 0, kept: 0 }
  return standing.is === 'opfs-lost' && hadCanary ? { is: 'opfs-lost', acknowledged: 0, kept: 0 } : null
}
