// Puts the client together: database, ledger, vault, cards, sync. Knows no page. main.ts hands in clock, random source and surroundings.
import { shallowRef } from 'vue'
import { createServerCalls } from '#client/acts/server-calls.ts'
import type { ServerCalls } from '#client/acts/server-calls.ts'
import { createHolder } from '#client/device-holder.ts'
import type { ClientSurroundings, Signals } from '#client/device-holder.ts'
import type { RecordingActor } from '#client/ledger/record-entry.ts'
import { instantOf } from '#client/ledger/time.ts'
import { rescueName } from '#client/recovery/rescue-file.ts'
import { toBase64Url } from '#client/storage/base64url.ts'
import { faultCodeOf } from '#client/storage/fault.ts'
import type { FaultCode } from '#client/storage/fault.ts'
import type { ClientCore, JoinedDevice, JoinResult, StorageFinding } from '#client/stores/container.ts'
import { createSigner } from '#client/sync/device-signer.ts'
import { createTransport } from '#client/sync/transport.ts'
import type { SigningDevice } from '#client/sync/transport.ts'

export type { ClientSurroundings } from '#client/device-holder.ts'

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
    storageFinding: shallowRef<StorageFinding | null>(null),
    journalHeld: shallowRef(true),
    freeBytes: shallowRef<number | null>(null),
    grantedSeq: shallowRef<number | null>(null),
  }
}

// Ids begin with a letter; 21 more characters of base64url carry 126 random bits.
const idOf = (bytes: Uint8Array<ArrayBuffer>): string => `i${toBase64Url(bytes).slice(0, 21)}`

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
    signInChannel: around.openChannel('xincheng-sign-in'),
    join,
    lookAtStorage: holder.lookAtStorage,
    async rescue() {
      const rescued = await holder.rescue()
      return rescued === null ? null : { ...rescued, name: rescueName(rescued.deviceId, instantOf(around.clock())) }
    },
    async start(demonstrationLabel) {
      const opened = await guarded(signals, holder.open)
      if (demonstrationLabel !== null && opened === false) await demonstration.enter(demonstrationLabel)
      else if (demonstrationLabel !== null) demonstration.follow(demonstrationLabel)
      signals.starting.value = false
    },
  }
}
