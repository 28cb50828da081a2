// Puts the client together: database, ledger, vault, cards, sync. Knows no page. main.ts hands in clock, random source and surroundings.
import { shallowRef } from 'vue'
import { joinDevice } from '#client/acts/join-device.ts'
import { createServerCalls } from '#client/acts/server-calls.ts'
import type { ServerCalls } from '#client/acts/server-calls.ts'
import { openJoinedDevice } from '#client/joined-device.ts'
import type { DeviceSurroundings } from '#client/joined-device.ts'
import type { RecordingActor } from '#client/ledger/record-entry.ts'
import { toBase64Url } from '#client/storage/base64url.ts'
import { openDatabase } from '#client/storage/database.ts'
import type { DeviceDatabase } from '#client/storage/database.ts'
import { loadDevice, saveDevice } from '#client/storage/device-store.ts'
import type { DeviceRecord } from '#client/storage/device-store.ts'
import { faultCodeOf } from '#client/storage/fault.ts'
import type { FaultCode } from '#client/storage/fault.ts'
import { createPrivateStore } from '#client/storage/private-store.ts'
import type { ClientCore, JoinedDevice, JoinResult } from '#client/stores/container.ts'
import { createSigner } from '#client/sync/device-signer.ts'
import { createTransport } from '#client/sync/transport.ts'
import type { SigningDevice, Transport } from '#client/sync/transport.ts'

/** Everything the core takes from the world. */
export interface ClientSurroundings extends DeviceSurroundings {
  readonly fetch?: typeof fetch
  /** Where databases lie; asked for late, since a browser may forbid even to look. */
  readonly databases: () => IDBFactory
  readonly origin: string
  /** Whether the browser keeps this site's data, and asking it to; null when it cannot say. */
  readonly persisted: () => Promise<boolean | null>
  readonly persist: () => Promise<boolean | null>
  /** Whether syncing starts by itself. */
  readonly autoSync: boolean
}

type Signals = Pick<
  ClientCore,
  | 'joined'
  | 'starting'
  | 'storageFault'
  | 'privateRevision'
  | 'staffActor'
  | 'cardActor'
  | 'signInToken'
  | 'storagePersisted'
>

function createSignals(): Signals {
  return {
    joined: shallowRef<JoinedDevice | null>(null),
    starting: shallowRef(true),
    storageFault: shallowRef<FaultCode | null>(null),
    privateRevision: shallowRef(0),
    staffActor: shallowRef<RecordingActor | null>(null),
    cardActor: shallowRef<RecordingActor | null>(null),
    signInToken: shallowRef<string | null>(null),
    storagePersisted: shallowRef<boolean | null>(null),
  }
}

// Ids begin with a letter; 21 more characters of base64url carry 126 random bits.
const idOf = (bytes: Uint8Array<ArrayBuffer>): string => `i${toBase64Url(bytes).slice(0, 21)}`

interface Holder {
  /** Opens what this browser joined as; false when it joined nothing. */
  open(): Promise<boolean>
  join(code: string | null, label: string): Promise<JoinResult>
}

// Which database is open, and which device it belongs to. A new device never writes into the database of a former one.
function createHolder(
  around: ClientSurroundings,
  signals: Signals,
  transport: Transport,
  signAs: (device: DeviceRecord) => void,
): Holder {
  let database: DeviceDatabase | null = null

  async function enter(opened: DeviceDatabase, device: DeviceRecord): Promise<void> {
    signAs(device)
    const joined = await openJoinedDevice(opened, device, {
      around,
      transport,
      actor: () => signals.staffActor.value ?? signals.cardActor.value,
      privateRowsChanged: () => {
        signals.privateRevision.value += 1
      },
    })
    signals.joined.value = joined
    if (around.autoSync) joined.sync.start()
  }
  async function leaveFormer(): Promise<DeviceDatabase> {
    const former = signals.joined.value
    if (former === null) return database ?? (await openDatabase(around.databases()))
    former.sync.stop()
    if (database !== null) await createPrivateStore(database).clear()
    former.ledger.lock.release()
    return openDatabase(around.databases(), { nextGeneration: true })
  }
  return {
    async open() {
      database = await openDatabase(around.databases())
      const device = await loadDevice(database)
      // A browser that refused once may agree later, e.g. once the app is installed.
      const persisted = await around.persisted()
      signals.storagePersisted.value = persisted === true || device === null ? persisted : await around.persist()
      if (device !== null) await enter(database, device)
      return device !== null
    },
    async join(code, label) {
      const answer = await joinDevice(transport, { code, label }, () => toBase64Url(around.randomBytes(12)))
      if (!answer.ok) return answer
      database = await leaveFormer()
      await saveDevice(database, answer.device)
      signals.storagePersisted.value = await around.persist()
      await enter(database, answer.device)
      return { ok: true }
    },
  }
}

const RETRY_MS = 3000

// The demonstration may be started after the browser, or with empty data behind a browser that joined before.
function createDemonstration(
  around: ClientSurroundings,
  signals: Signals,
  calls: ServerCalls,
  join: ClientCore['join'],
) {
  async function enter(label: string): Promise<void> {
    const health = await calls.health()
    if (health.ok && health.value.demonstration) {
      await join(null, label)
      follow(label)
    } else if (!health.ok && signals.joined.value === null) around.after(RETRY_MS, () => void enter(label))
  }
  function follow(label: string): void {
    const joined = signals.joined.value
    const stop = joined?.sync.subscribe(() => {
      if (
        joined.sync.status.trouble !== 'unknown-device' ||
        joined.sync.status.syncing ||
        joined.ledger.ownWork().unsentCount > 0
      )
        return
      stop?.()
      void enter(label)
    })
  }
  return { enter, follow }
}

// A fault of the store is told to the pages by `storageFault`; one of the network only to whoever asked.
async function guarded<Value>(signals: Signals, work: () => Promise<Value>): Promise<Value | FaultCode> {
  try {
    return await work()
  } catch (thrown) {
    const code = faultCodeOf(thrown)
    if (code === null) throw thrown
    if (code !== 'offline' && code !== 'timeout') {
      signals.storageFault.value = code
      console.error(thrown)
    }
    return code
  }
}

/** Makes the core. `start` opens the device of this browser; a store that cannot be opened is told by `storageFault`, not thrown. */
export function createClientCore(around: ClientSurroundings): ClientCore {
  const signals = createSignals()
  let signing: SigningDevice | null = null
  let joining: Promise<JoinResult> | null = null
  const transport = createTransport({
    ...around,
    device: () => signing,
    newNonce: () => toBase64Url(around.randomBytes(16)),
  })
  const calls = createServerCalls(transport, () => signals.signInToken.value)
  const holder = createHolder(around, signals, transport, (device) => {
    signing = { deviceId: device.deviceId, sign: createSigner(device.privateKey) }
  })
  async function joinOnce(code: string | null, label: string): Promise<JoinResult> {
    const result = await guarded(signals, () => holder.join(code, label))
    return typeof result === 'string' ? { ok: false, fault: result } : result
  }
  // Asked twice while one is under way, it is the same joining: a code is good for one.
  function join(code: string | null, label: string): Promise<JoinResult> {
    joining ??= joinOnce(code, label).finally(() => {
      joining = null
    })
    return joining
  }
  const demonstration = createDemonstration(around, signals, calls, join)
  return {
    ...signals,
    clock: around.clock,
    newId: () => idOf(around.randomBytes(16)),
    calls,
    clockDifferenceMs: transport.clockDifferenceMs,
    join,
    async start(demonstrationLabel) {
      const opened = await guarded(signals, holder.open)
      if (demonstrationLabel !== null && opened === false) await demonstration.enter(demonstrationLabel)
      else if (demonstrationLabel !== null) demonstration.follow(demonstrationLabel)
      signals.starting.value = false
    },
  }
}
