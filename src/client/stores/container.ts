// What the stores stand on. main.ts makes it with the real clock and the real random source; a test makes it with its own.
import type { ShallowRef } from 'vue'
import type { Problem } from '#contract/problem.ts'
import type { ServerCalls } from '#client/acts/server-calls.ts'
import type { ClientLedger, LedgerSync } from '#client/ledger/client-ledger.ts'
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
}

/** How joining ended. */
export type JoinResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly problem: Problem }
  | { readonly ok: false; readonly fault: FaultCode }

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
  readonly storagePersisted: ShallowRef<boolean | null>
  /** Joins as a new device; the records of a former one stay on this disk. */
  join(code: string | null, label: string): Promise<JoinResult>
  /** Opens this browser's device. `demonstrationLabel`: join the demonstration by itself under this name when nothing was joined before. */
  start(demonstrationLabel: string | null): Promise<void>
}

let current: ClientCore | null = null

/** Provides the core, once, before the app is mounted. */
export function provideClientCore(core: ClientCore): void {
  current = core
}

/** The core. */
export function clientCore(): ClientCore {
  if (current === null) throw new TypeError('the client core was not provided')
  return current
}
