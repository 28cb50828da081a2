// The contract of every store: entries, folded states and records of one facility, changed all or nothing. No SQL and no driver here.
import type { StreamId } from '#contract/envelope.ts'
import type { StreamFamily } from '#contract/streams.ts'
import type { DeviceId, FacilityId, Hash } from '#contract/values.ts'

/** What the server decided about an entry; kept for ever, so that a device's chain stays whole and a repeat gets the same answer. */
export type StoredVerdict =
  | { readonly status: 'recorded' }
  | { readonly status: 'refused'; readonly code: string }
  | { readonly status: 'held' }

/** An entry to be stored: exactly the received text, with the id of its chain. */
export interface NewEntry {
  readonly id: Hash
  readonly stream: StreamId
  readonly deviceId: DeviceId
  readonly epoch: string
  readonly seq: number
  readonly text: string
  readonly verdict: StoredVerdict
}

/** An entry as stored; `position` is null unless it was recorded. */
export interface StoredEntry extends NewEntry {
  readonly position: number | null
}

/**
 * A stored entry with its place in the order of events. `arrival` is the number of the event by which it came, `settled` of the one by which a
 * held entry got its verdict; `link` is the mark of the chain of events at the later of the two (see arrival-chain.ts).
 */
export interface ArrivedEntry extends StoredEntry {
  readonly arrival: number
  readonly settled: number | null
  readonly link: string
}

/** Where a facility stands: the highest position, the number of the last event, and the hash of the chain of events up to it. */
export interface LedgerHead {
  readonly position: number
  readonly arrival: number
  readonly hash: Hash
}

/** Reading entries. */
export interface EntryReader {
  /** Answers the highest position given so far, 0 for an empty ledger. */
  headPosition(): Promise<number>
  /** Answers where the facility stands; all zero and the genesis hash for an empty ledger. */
  head(): Promise<LedgerHead>
  /** Answers how many entries of every verdict are stored. */
  count(): Promise<number>
  /** Answers entries of every verdict in the order they came, after an arrival (exclusive, 0 for all), at most `limit`. */
  byArrival(afterArrival: number, limit: number): Promise<readonly ArrivedEntry[]>
  /** Answers the recorded entries of one stream, ascending by position, after `afterPosition` (exclusive, 0 for all). */
  ofStream(stream: StreamId, afterPosition?: number): Promise<readonly StoredEntry[]>
  /** Answers recorded entries with after < position <= until, ascending, at most `limit`; `roots` are first words of streams, null for all. */
  feed(query: FeedQuery): Promise<readonly StoredEntry[]>
  /** Answers a device epoch's entries of every verdict from `fromSeq` (inclusive), ascending by seq, at most `limit`. */
  ofDevice(deviceId: DeviceId, epoch: string, fromSeq: number, limit: number): Promise<readonly StoredEntry[]>
  /** Answers the device epochs that have entries, ascending. */
  chains(): Promise<readonly { readonly deviceId: DeviceId; readonly epoch: string }[]>
  /** Answers entries that wait for a newer server, in order of arrival. */
  held(): Promise<readonly StoredEntry[]>
}

/** Which entries a feed asks for. */
export interface FeedQuery {
  readonly after: number
  readonly until: number
  readonly roots: readonly string[] | null
  readonly limit: number
}

/** Writing entries. */
export interface EntryWriter extends EntryReader {
  /**
   * Stores entries in the order given and answers the position of each, null for those not recorded. Positions are taken under the lock on the
   * facility's head, so they have no gap and no reader ever sees a later one before an earlier one. Throws for a (device, epoch, seq) stored before.
   */
  append(entries: readonly NewEntry[]): Promise<readonly (number | null)[]>
  /** Gives a held entry its verdict, and a position when that is `recorded`. */
  settleHeld(entry: StoredEntry, verdict: StoredVerdict): Promise<number | null>
}

/** One stream's folded state as of `position`; `state` is plain JSON. */
export interface StoredState {
  readonly stream: StreamId
  readonly family: StreamFamily
  readonly position: number
  readonly state: unknown
}

/** Reading folded states. */
export interface StateTableReader {
  get(stream: StreamId): Promise<StoredState | null>
  /** Answers all states of a family, ascending by stream. */
  list(family: StreamFamily): Promise<readonly StoredState[]>
}

/** Writing folded states; they can be cleared and folded again at any time. */
export interface StateTable extends StateTableReader {
  put(state: StoredState): Promise<void>
  clear(): Promise<void>
}

/** A row of the state-based side: a JSON value with its revision, from 1. */
export interface StoredRecord {
  readonly key: string
  readonly revision: number
  readonly value: unknown
}

/** Reading records. */
export interface RecordReader {
  get(collection: string, key: string): Promise<StoredRecord | null>
  /** Answers records whose key starts with the prefix, ascending by key. */
  list(collection: string, keyPrefix?: string): Promise<readonly StoredRecord[]>
  /** Answers the same without the values. */
  revisions(
    collection: string,
    keyPrefix?: string,
  ): Promise<readonly { readonly key: string; readonly revision: number }[]>
  /** Answers the names of the collections that have records, ascending. */
  collections(): Promise<readonly string[]>
}

/** Writing records, never last writer wins. */
export interface RecordTable extends RecordReader {
  /** Writes when the record stands at `expectedRevision` (0: there is none) and answers the new revision; else writes nothing and answers null. */
  put(collection: string, key: string, value: unknown, expectedRevision: number): Promise<number | null>
  /** Removes when the record stands at `expectedRevision`; answers whether it did. */
  remove(collection: string, key: string, expectedRevision: number): Promise<boolean>
  /** Writes a record of a backup with the revision it had. Throws when there is one under its key. */
  putBack(collection: string, record: StoredRecord): Promise<void>
}

/** One consistent view of a facility. */
export interface LedgerReader {
  readonly entries: EntryReader
  readonly states: StateTableReader
  readonly records: RecordReader
}

/** One change of a facility. */
export interface LedgerTransaction {
  readonly entries: EntryWriter
  readonly states: StateTable
  readonly records: RecordTable
}

/**
 * `full`: no room to write. `broken`: the medium or the file answers wrongly. `busy`: another process holds it. `away`: the database server cannot
 * be reached.
 */
export type StoreFaultReason = 'full' | 'broken' | 'busy' | 'away'

/** A store could not do its work; the transaction left nothing, or, when the server went away during its commit, all of it. */
export class StoreFault extends Error {
  readonly reason: StoreFaultReason
  constructor(reason: StoreFaultReason, cause: unknown) {
    super(`the store is ${reason}`, { cause })
    this.reason = reason
  }
}

/** What may be forgotten: it is shared by all processes on one store, and gone after a crash of the store at the latest. */
export interface ShortMemory {
  /** Remembers a mark of an owner, the newest 10,000 of each; answers false for one that is remembered already. */
  firstUse(facilityId: FacilityId, owner: string, mark: string): Promise<boolean>
  /** Counts one more under a key; answers how many there were since the window began, and in how many milliseconds the next one begins. */
  tally(facilityId: FacilityId, key: string, windowMs: number, nowMs: number): Promise<Tally>
}

/** How often something was done in a window of time. */
export interface Tally {
  readonly count: number
  readonly endsInMs: number
}

/** What a store is kept in. */
export type StoreKind = 'memory' | 'sqlite' | 'postgres'

/** A store. Every key in it begins with the facility. Faults: a StoreFault says that the world failed under it. */
export interface LedgerStore {
  readonly kind: StoreKind
  readonly shortMemory: ShortMemory
  /** Runs the work and commits when its promise is kept, or leaves nothing and passes the reason on. Transactions of a facility run one at a time. */
  transaction<Value>(facilityId: FacilityId, work: (tx: LedgerTransaction) => Promise<Value>): Promise<Value>
  /** Runs work that only reads, on one consistent view. */
  read<Value>(facilityId: FacilityId, work: (view: LedgerReader) => Promise<Value>): Promise<Value>
  /** Answers the facilities that have entries, ascending. */
  facilities(): Promise<readonly FacilityId[]>
  /** Waits for running transactions, then closes; later calls are rejected. */
  close(): Promise<void>
}
