// How an entry lies in a row, the same in every SQL database.
import type { StreamId } from '#contract/envelope.ts'
import type { DeviceId, Hash } from '#contract/values.ts'
import type { ArrivedEntry, StoredEntry, StoredVerdict } from './ledger-store.ts'

/** An entry as both databases give it. */
export interface EntryRow {
  readonly device_id: DeviceId
  readonly epoch: string
  readonly seq: number
  readonly id: Hash
  readonly stream: StreamId
  readonly verdict: StoredVerdict['status']
  readonly code: string | null
  readonly position: number | null
  readonly text: string
}

/** The same with its place in the arrival chain; `settled` is the arrival number of a later verdict. */
export interface ArrivedRow extends EntryRow {
  readonly arrival: number
  readonly settled: number | null
  readonly link: string
}

/** The columns of an entry, in the order rows are written in. */
export const COLUMNS = 'device_id, epoch, seq, id, stream, verdict, code, position, text'

function verdictOf(row: EntryRow): StoredVerdict {
  return row.verdict === 'refused' ? { status: 'refused', code: row.code ?? '' } : { status: row.verdict }
}

/** A row as the entry it holds. */
export function storedEntry(row: EntryRow): StoredEntry {
  const { id, stream, epoch, seq, text, position } = row
  return { id, stream, deviceId: row.device_id, epoch, seq, text, verdict: verdictOf(row), position }
}

/** A row as the entry with its place of arrival. */
export function arrivedEntry(row: ArrivedRow): ArrivedEntry {
  const { arrival, settled, link } = row
  return { ...storedEntry(row), arrival, settled, link }
}

/** The code column of a verdict: the reason of a refusal, else null. */
export function codeOf(verdict: StoredVerdict): string | null {
  return verdict.status === 'refused' ? verdict.code : null
}
