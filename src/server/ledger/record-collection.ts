// Records by type: each collection is declared once with what its values are.
import type { LedgerReader, LedgerTransaction } from '#server/storage/ledger-store.ts'

/** A record whose value has a known type. */
export interface TypedRecord<Value> {
  readonly key: string
  readonly revision: number
  readonly value: Value
}

/** One collection of records. The store gives back what this program put in, so the type is a promise, not a check. */
export interface RecordCollection<Value> {
  get(view: LedgerReader, key: string): Promise<TypedRecord<Value> | null>
  list(view: LedgerReader, keyPrefix?: string): Promise<readonly TypedRecord<Value>[]>
  revisions(
    view: LedgerReader,
    keyPrefix?: string,
  ): Promise<readonly { readonly key: string; readonly revision: number }[]>
  /** Writes at the revision seen (0: none) and answers the new one; null and nothing written when another was first. */
  put(tx: LedgerTransaction, key: string, value: Value, expectedRevision: number): Promise<number | null>
  remove(tx: LedgerTransaction, key: string, expectedRevision: number): Promise<boolean>
  /** Reads, changes and writes within this transaction; `change` gets null when there is none. */
  update(tx: LedgerTransaction, key: string, change: (before: Value | null) => Value): Promise<Value>
}

/** Declares a collection. */
export function recordCollection<Value>(name: string): RecordCollection<Value> {
  const typed = (record: { key: string; revision: number; value: unknown }) => record as TypedRecord<Value>
  const collection: RecordCollection<Value> = {
    async get(view, key) {
      const record = await view.records.get(name, key)
      return record === null ? null : typed(record)
    },
    list: async (view, keyPrefix) => (await view.records.list(name, keyPrefix)).map(typed),
    revisions: (view, keyPrefix) => view.records.revisions(name, keyPrefix),
    put: (tx, key, value, expectedRevision) => tx.records.put(name, key, value, expectedRevision),
    remove: (tx, key, expectedRevision) => tx.records.remove(name, key, expectedRevision),
    async update(tx, key, change) {
      const before = await collection.get(tx, key)
      const value = change(before?.value ?? null)
      await collection.put(tx, key, value, before?.revision ?? 0)
      return value
    },
  }
  return collection
}
