// Parts of the server that http calls without knowing them, and its limits.
import type { TraineeCard } from '#contract/vault.ts'
import type { VerifyPin } from '#server/devices/sign-ins.ts'
import type { KnownDevice } from '#server/ledger/collections.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import type { HandedRoot } from '#server/reach/https-identity.ts'
import type { LedgerReader, LedgerTransaction } from '#server/storage/ledger-store.ts'

/** The sealed cards of a device. `list` may refresh stale cards; nothing slow happens in either. */
export interface CardBook {
  list(
    tx: LedgerTransaction,
    context: ServerContext,
    device: KnownDevice,
  ): Promise<readonly { key: string; revision: number }[]>
  fetch(
    tx: LedgerReader,
    context: ServerContext,
    device: KnownDevice,
    keys: readonly string[],
  ): Promise<readonly { key: string; row: TraineeCard }[]>
}

/** How tablets reach this server by https: the root they must trust, and the port, null while nothing listens there. */
export interface Reach {
  readonly root: HandedRoot | null
  readonly httpsPort: number | null
}

/** Parts of the server that http calls without knowing them. */
export interface ServerParts {
  readonly verifyPin: VerifyPin
  readonly cardBook: CardBook
}

/** Calls a minute from one address. */
export interface CallLimits {
  readonly allPerMinute: number
  readonly joinPerMinute: number
  readonly signInPerMinute: number
}
