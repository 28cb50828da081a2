// How a folded state and a record lie in a row, the same in every SQL database: their values as JSON text.
import type { StreamId } from '#contract/envelope.ts'
import type { StreamFamily } from '#contract/streams.ts'
import type { StoredRecord, StoredState } from './ledger-store.ts'

/** A folded state as both databases give it. */
export interface StateRow {
  readonly stream: StreamId
  readonly family: StreamFamily
  readonly position: number
  readonly state: string
}

/** A record as both databases give it. */
export interface RecordRow {
  readonly key: string
  readonly revision: number
  readonly value: string
}

/** A row as the state it holds. */
export const storedState = (row: StateRow): StoredState => ({ ...row, state: JSON.parse(row.state) })

/** A row as the record it holds. */
export const storedRecord = (row: RecordRow): StoredRecord => ({ ...row, value: JSON.parse(row.value) })
