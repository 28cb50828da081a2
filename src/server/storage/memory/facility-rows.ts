// The rows of one facility in memory. Values are kept as JSON text, so that nobody can change a stored value from outside.
import type { StreamId } from '#contract/envelope.ts'
import type { ArrivedEntry, LedgerHead, StoredEntry } from '../ledger-store.ts'
import { EMPTY_HEAD } from '../arrival-chain.ts'

/** `recorded[position - 1]` is the entry at that position; `bySeq` is keyed by device, epoch and seq; records by collection, then key. */
export interface FacilityRows {
  readonly head: { now: LedgerHead }
  readonly recorded: StoredEntry[]
  readonly byStream: Map<StreamId, StoredEntry[]>
  readonly bySeq: Map<string, ArrivedEntry>
  readonly states: Map<StreamId, string>
  readonly records: Map<string, Map<string, string>>
}

/** Steps that take a transaction back, run last to first. */
export type Undo = (() => void)[]

/** No rows. */
export function emptyRows(): FacilityRows {
  return {
    head: { now: EMPTY_HEAD },
    recorded: [],
    byStream: new Map(),
    bySeq: new Map(),
    states: new Map(),
    records: new Map(),
  }
}

/** Sets a key and notes how to take that back. */
export function setNoted<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, undo: Undo): void {
  const before = map.get(key)
  undo.push(() => (before === undefined ? map.delete(key) : map.set(key, before)))
  map.set(key, value)
}

/** Deletes a key and notes how to take that back. */
export function deleteNoted<Key, Value>(map: Map<Key, Value>, key: Key, undo: Undo): void {
  const before = map.get(key)
  if (before === undefined) return
  undo.push(() => map.set(key, before))
  map.delete(key)
}
