// What the stores stand on. main.ts makes it with the real clock and the real random source; a test makes it with its own.
import type { ShallowRef } from 'vue'
import type { Problem } from '#contract/problem.ts'
import type { ServerCalls } from '#client/acts/server-calls.ts'
import type { DeviceFiles } from '#client/files/device-files.ts'
import type { ClientLedger, LedgerSync } from '#client/ledger/client-ledger.ts'
import type { WindowChannel } from '#client/ledger/journal-lock.ts'
import type { RecordingActor } from '#client/ledger/record-entry.ts'
import type { Clock } from '#client/ledger/time.ts'
import type { DeviceRecord } from '#client/storage/device-store.ts'
import type { FaultCode } from '#client/storage/fault.ts'
import type { SyncLoop } from '#client/sync/sync-loop.ts'
import type { TraineeCards } from '#client/vault/trainee-card.ts'
import type { Vault } from '#client/vault/vault.ts'

/** A device that has joined: its ledger, its vault, its cards, its sync. */
export interface JoinedDevice {
  readonly device: DeviceRecord
  readonly ledger: ClientLedger & LedgerSync
  readonly vault: Vault
  readonly cards: TraineeCards
  readonly sync: SyncLoop
  readonly files: DeviceFiles
}

/** How joining ended. */
export type JoinResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly problem: Problem }
  | { readonly ok: false; readonly fault: FaultCode }

/**
 * What opening found of the stores: one was lost and has been built anew from the other, or both are gone. `acknowledged`: how many entries this
 * browser had said were saved; `kept`: up to which of them one store still reaches.
 */
export interface StorageFinding {
  readonly is: 'indexeddb-lost' | 'opfs-lost' | 'both-lost'
  readonly acknowledged: number
  readonly kept: number
}

/** Unsent entries as a file to carry to the site. */
export interface RescueFile {
  readonly name: string
  readonly count: number
  readonly text: string
}

/** The core of the client. */
export interface ClientCore {
  readonly clock: Clock
  readonly newId: () => string
  readonly calls: ServerCalls
  /** The difference of the server's clock to this one in milliseconds; null before any answer. */
  readonly clockDifferenceMs: () => number | null
  /** Null until this browser has joined. */
  readonly joined: ShallowRef<JoinedDevice | null>
  /** True until it is known whether this browser has joined. */
  readonly starting: ShallowRef<boolean>
  /** Why the local store cannot be used; null while it can. */
  readonly storageFault: ShallowRef<FaultCode | null>
  /** Counted up whenever sealed rows came or went. */
  readonly privateRevision: ShallowRef<number>
  /** Who records: a signed-in staff member, else the trainee whose card is open. */
  readonly staffActor: ShallowRef<RecordingActor | null>
  readonly cardActor: ShallowRef<RecordingActor | null>
  /** The token of the sign-in at the server. */
  readonly signInToken: ShallowRef<string | null>
  /** How the windows of this browser tell each other who works in them. */
  readonly signInChannel: WindowChannel
  readonly storagePersisted: ShallowRef<boolean | null>
  /** Null when the stores are whole or nothing was joined. */
  readonly storageFinding: ShallowRef<StorageFinding | null>
  /** Whether this window holds the journal; another one does while it is false. */
  readonly journalHeld: ShallowRef<boolean>
  /** Where this device's chain ended when the browser last promised to keep the data; null when it never did. */
  readonly grantedSeq: ShallowRef<number | null>
  /** Bytes still free for this site, as of the last look; null when the browser cannot say. */
  readonly freeBytes: ShallowRef<number | null>
  /** Asks the browser again whether it keeps the data and how much room is left. */
  lookAtStorage(): Promise<void>
  /** Everything unsent as a file; null when there is nothing. Faults: storage-broken, another-window. */
  rescue(): Promise<RescueFile | null>
  /** Joins as a new device; the records of a former one stay on this disk. */
  join(code: string | null, label: string): Promise<JoinResult>
  /** Opens this browser's device. `demonstrationLabel`: join the demonstration by itself under this name when nothing was joined before. */
  start(demonstrationLabel: string | null): Promise<void>
}

let current: ClientCore | null = null
const waiting: ((core: ClientCore) => void)[] = []

/** Provides the core, once, before any page but the entrance. */
export function provideClientCore(core: ClientCore): void {
  current = core
  for (const tell of waiting.splice(0)) tell(core)
}

/** The core as soon as it is provided, for the entrance, which is painted before. */
export function whenClientCore(): Promise<ClientCore> {
  return current === null ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(current)
}

/** The core. */
export function clientCore(): ClientCore {
  if (current === null) throw new TypeError('the client core was not provided')
  return current
}
