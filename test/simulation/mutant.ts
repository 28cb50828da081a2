// Where a mistake can be put between the real parts of a history, to see that the invariants notice it.
import type { ClientLedger, LedgerSync } from '#client/ledger/client-ledger.ts'
import type { ConfirmedStore } from '#client/storage/confirmed-store.ts'
import type { Journal } from '#client/storage/journal.ts'
import type { Transport } from '#client/sync/transport.ts'
import type { LedgerStore } from '#server/storage/ledger-store.ts'
import type { DiskRows } from './simulated-disk.ts'

/** A mistake. Each wrapper stands for a part of the program that does its work wrongly. */
export interface Mutant {
  readonly name: string
  readonly journal?: (journal: Journal, rows: DiskRows) => Journal
  readonly store?: (store: ConfirmedStore, rows: DiskRows) => ConfirmedStore
  readonly ledger?: (ledger: ClientLedger & LedgerSync) => ClientLedger & LedgerSync
  readonly transport?: (transport: Transport) => Transport
  readonly siteStore?: (store: LedgerStore) => LedgerStore
}

/** The program as it is. */
export const AS_IT_IS: Mutant = { name: 'none' }
