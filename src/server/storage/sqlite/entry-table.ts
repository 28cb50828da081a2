// Entries in SQLite.
import type { Database } from 'better-sqlite3'
import type { DeviceId, FacilityId, Hash } from '#contract/values.ts'
import { EMPTY_HEAD, linkOf, nextHead } from '../arrival-chain.ts'
import { type ArrivedRow, arrivedEntry, codeOf, COLUMNS, type EntryRow, storedEntry } from '../entry-rows.ts'
import type { EntryWriter, LedgerHead, NewEntry, StoredEntry, StoredVerdict } from '../ledger-store.ts'

/** Prepared once a connection. */
function entryStatements(database: Database) {
  const ofFacility = 'FROM entries WHERE facility_id = ?'
  const select = (rest: string) => database.prepare<unknown[], EntryRow>(`SELECT ${COLUMNS} ${ofFacility} AND ${rest}`)
  return {
    head: database.prepare<[FacilityId], LedgerHead>('SELECT position, arrival, hash FROM heads WHERE facility_id = ?'),
    moveHead: database.prepare<[FacilityId, number, number, Hash]>(
      `INSERT INTO heads (facility_id, position, arrival, hash) VALUES (?, ?, ?, ?)
       ON CONFLICT (facility_id) DO UPDATE SET position = excluded.position, arrival = excluded.arrival, hash = excluded.hash`,
    ),
    count: database.prepare<[FacilityId], { count: number }>(`SELECT count(*) AS count ${ofFacility}`),
    byArrival: database.prepare<unknown[], ArrivedRow>(
      `SELECT ${COLUMNS}, arrival, settled, link ${ofFacility} AND arrival > ? ORDER BY arrival LIMIT ?`,
    ),
    ofStream: select('stream = ? AND position > ? ORDER BY position'),
    feed: select('position > ? AND position <= ? ORDER BY position LIMIT ?'),
    feedOfRoots: select(
      `position > ? AND position <= ? AND substr(stream, 1, instr(stream || '/', '/') - 1) IN (SELECT value FROM json_each(?))
       ORDER BY position LIMIT ?`,
    ),
    ofDevice: select('device_id = ? AND epoch = ? AND seq >= ? ORDER BY seq LIMIT ?'),
    chains: database.prepare<[FacilityId], { device_id: DeviceId; epoch: string }>(
      `SELECT DISTINCT device_id, epoch ${ofFacility} ORDER BY device_id, epoch`,
    ),
    held: select(`verdict = 'held' ORDER BY arrival`),
    insert: database.prepare<unknown[]>(
      `INSERT INTO entries (facility_id, ${COLUMNS}, arrival, link) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    settle: database.prepare<unknown[]>(
      `UPDATE entries SET verdict = ?, code = ?, position = ?, settled = ?, link = ?
       WHERE facility_id = ? AND device_id = ? AND epoch = ? AND seq = ? AND verdict = 'held'`,
    ),
  }
}
type EntryStatements = ReturnType<typeof entryStatements>

const headOf = (statements: EntryStatements, facilityId: FacilityId) => statements.head.get(facilityId) ?? EMPTY_HEAD

function append(statements: EntryStatements, facilityId: FacilityId, added: readonly NewEntry[]) {
  const before = headOf(statements, facilityId)
  let head = before
  const positions = added.map((entry) => {
    const { deviceId, epoch, seq, id, stream, verdict, text } = entry
    const next = nextHead(head, entry, verdict)
    head = next.head
    statements.insert.run(
      ...[facilityId, deviceId, epoch, seq, id, stream, verdict.status, codeOf(verdict), next.position, text],
      ...[head.arrival, linkOf(head.hash)],
    )
    return next.position
  })
  if (head !== before) statements.moveHead.run(facilityId, head.position, head.arrival, head.hash)
  return positions
}

function settle(statements: EntryStatements, facilityId: FacilityId, entry: StoredEntry, verdict: StoredVerdict) {
  const { head, position } = nextHead(headOf(statements, facilityId), entry, verdict)
  const { changes } = statements.settle.run(
    ...[verdict.status, codeOf(verdict), position, head.arrival, linkOf(head.hash)],
    ...[facilityId, entry.deviceId, entry.epoch, entry.seq],
  )
  if (changes !== 1) throw new Error('only a held entry is settled')
  statements.moveHead.run(facilityId, head.position, head.arrival, head.hash)
  return position
}

function entryTable(statements: EntryStatements, facilityId: FacilityId): EntryWriter {
  return {
    headPosition: async () => headOf(statements, facilityId).position,
    head: async () => headOf(statements, facilityId),
    count: async () => statements.count.get(facilityId)?.count ?? 0,
    byArrival: async (afterArrival, limit) =>
      statements.byArrival.all(facilityId, afterArrival, limit).map(arrivedEntry),
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
    settleHeld: async (entry, verdict) => settle(statements, facilityId, entry, verdict),
  }
}

/** Prepares the statements on entries; the answer opens the entries of a facility. */
export function prepareEntries(database: Database): (facilityId: FacilityId) => EntryWriter {
  const statements = entryStatements(database)
  return (facilityId) => entryTable(statements, facilityId)
}
