// Entries in SQLite.
import type { Database } from 'better-sqlite3'
import type { StreamId } from '#contract/envelope.ts'
import type { DeviceId, FacilityId, Hash } from '#contract/values.ts'
import type { EntryWriter, NewEntry, StoredEntry, StoredVerdict } from '../ledger-store.ts'

interface EntryRow {
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

const COLUMNS = 'device_id, epoch, seq, id, stream, verdict, code, position, text'

function verdictOf(row: EntryRow): StoredVerdict {
  return row.verdict === 'refused' ? { status: 'refused', code: row.code ?? '' } : { status: row.verdict }
}

function storedEntry(row: EntryRow): StoredEntry {
  const { id, stream, epoch, seq, text, position } = row
  return { id, stream, deviceId: row.device_id, epoch, seq, text, verdict: verdictOf(row), position }
}

/** Prepared once a connection. */
function entryStatements(database: Database) {
  const select = (rest: string) =>
    database.prepare<unknown[], EntryRow>(`SELECT ${COLUMNS} FROM entries WHERE facility_id = ? AND ${rest}`)
  return {
    head: database.prepare<[FacilityId], { position: number }>('SELECT position FROM heads WHERE facility_id = ?'),
    moveHead: database.prepare<[FacilityId, number]>(
      'INSERT INTO heads (facility_id, position) VALUES (?, ?) ON CONFLICT (facility_id) DO UPDATE SET position = excluded.position',
    ),
    ofStream: select('stream = ? AND position > ? ORDER BY position'),
    feed: select('position > ? AND position <= ? ORDER BY position LIMIT ?'),
    feedOfRoots: select(
      'position > ? AND position <= ? AND root IN (SELECT value FROM json_each(?)) ORDER BY position LIMIT ?',
    ),
    ofDevice: select('device_id = ? AND epoch = ? AND seq >= ? ORDER BY seq LIMIT ?'),
    chains: database.prepare<[FacilityId], { device_id: DeviceId; epoch: string }>(
      'SELECT DISTINCT device_id, epoch FROM entries WHERE facility_id = ? ORDER BY device_id, epoch',
    ),
    held: select(`verdict = 'held' ORDER BY rowid`),
    insert: database.prepare<unknown[]>(
      `INSERT INTO entries (facility_id, root, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    settle: database.prepare<unknown[]>(
      `UPDATE entries SET verdict = ?, code = ?, position = ? WHERE facility_id = ? AND device_id = ? AND epoch = ? AND seq = ?`,
    ),
  }
}
type EntryStatements = ReturnType<typeof entryStatements>

const codeOf = (verdict: StoredVerdict) => (verdict.status === 'refused' ? verdict.code : null)

function append(statements: EntryStatements, facilityId: FacilityId, added: readonly NewEntry[]) {
  const before = statements.head.get(facilityId)?.position ?? 0
  let head = before
  const positions = added.map((entry) => {
    const position = entry.verdict.status === 'recorded' ? (head += 1) : null
    const { deviceId, epoch, seq, id, stream, verdict, text } = entry
    const root = stream.split('/', 1)[0]
    statements.insert.run(
      facilityId,
      root,
      deviceId,
      epoch,
      seq,
      id,
      stream,
      verdict.status,
      codeOf(verdict),
      position,
      text,
    )
    return position
  })
  if (head > before) statements.moveHead.run(facilityId, head)
  return positions
}

function entryTable(statements: EntryStatements, facilityId: FacilityId): EntryWriter {
  const head = () => statements.head.get(facilityId)?.position ?? 0
  return {
    headPosition: async () => head(),
    ofStream: async (stream, afterPosition = 0) =>
      statements.ofStream.all(facilityId, stream, afterPosition).map(storedEntry),
    async feed({ after, until, roots, limit }) {
      const rows =
        roots === null
          ? statements.feed.all(facilityId, after, until, limit)
          : statements.feedOfRoots.all(facilityId, after, until, JSON.stringify(roots), limit)
      return rows.map(storedEntry)
    },
    ofDevice: async (deviceId, epoch, fromSeq, limit) =>
      statements.ofDevice.all(facilityId, deviceId, epoch, fromSeq, limit).map(storedEntry),
    chains: async () => statements.chains.all(facilityId).map((row) => ({ deviceId: row.device_id, epoch: row.epoch })),
    held: async () => statements.held.all(facilityId).map(storedEntry),
    append: async (added) => append(statements, facilityId, added),
    async settleHeld(entry, verdict) {
      const position = verdict.status === 'recorded' ? head() + 1 : null
      statements.settle.run(
        verdict.status,
        codeOf(verdict),
        position,
        facilityId,
        entry.deviceId,
        entry.epoch,
        entry.seq,
      )
      if (position !== null) statements.moveHead.run(facilityId, position)
      return position
    },
  }
}

/** Prepares the statements on entries; the answer opens the entries of a facility. */
export function prepareEntries(database: Database): (facilityId: FacilityId) => EntryWriter {
  const statements = entryStatements(database)
  return (facilityId) => entryTable(statements, facilityId)
}
