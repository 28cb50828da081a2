// Folded states and records in SQLite, their values as JSON text.
import type { Database } from 'better-sqlite3'
import type { FacilityId } from '#contract/values.ts'
import type { RecordTable, StateTable } from '../ledger-store.ts'
import { type RecordRow, type StateRow, storedRecord, storedState } from '../value-rows.ts'

/** Prepared once a connection. */
function valueStatements(database: Database) {
  const ofCollection = 'FROM records WHERE facility_id = ? AND collection = ?'
  // A prefix by comparison: LIKE would read `_` and `%` of a key as wildcards.
  const withPrefix = `${ofCollection} AND key >= ? AND substr(key, 1, length(?)) = ? ORDER BY key`
  return {
    state: database.prepare<unknown[], StateRow>(
      'SELECT stream, family, position, state FROM states WHERE facility_id = ? AND stream = ?',
    ),
    statesOfFamily: database.prepare<unknown[], StateRow>(
      'SELECT stream, family, position, state FROM states WHERE facility_id = ? AND family = ? ORDER BY stream',
    ),
    putState: database.prepare<unknown[]>(
      `INSERT INTO states (facility_id, stream, family, position, state) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (facility_id, stream) DO UPDATE SET position = excluded.position, state = excluded.state`,
    ),
    clearStates: database.prepare<[FacilityId]>('DELETE FROM states WHERE facility_id = ?'),
    record: database.prepare<unknown[], RecordRow>(`SELECT key, revision, value ${ofCollection} AND key = ?`),
    records: database.prepare<unknown[], RecordRow>(`SELECT key, revision, value ${withPrefix}`),
    revisions: database.prepare<unknown[], { key: string; revision: number }>(`SELECT key, revision ${withPrefix}`),
    insertRecord: database.prepare<unknown[]>(
      'INSERT INTO records (facility_id, collection, key, revision, value) VALUES (?, ?, ?, 1, ?) ON CONFLICT DO NOTHING',
    ),
    putBackRecord: database.prepare<unknown[]>(
      'INSERT INTO records (facility_id, collection, key, revision, value) VALUES (?, ?, ?, ?, ?)',
    ),
    collections: database.prepare<[FacilityId], { collection: string }>(
      'SELECT DISTINCT collection FROM records WHERE facility_id = ? ORDER BY collection',
    ),
    updateRecord: database.prepare<unknown[]>(
      'UPDATE records SET revision = revision + 1, value = ? WHERE facility_id = ? AND collection = ? AND key = ? AND revision = ?',
    ),
    removeRecord: database.prepare<unknown[]>(
      'DELETE FROM records WHERE facility_id = ? AND collection = ? AND key = ? AND revision = ?',
    ),
  }
}
type ValueStatements = ReturnType<typeof valueStatements>

function stateTable(statements: ValueStatements, facilityId: FacilityId): StateTable {
  return {
    async get(stream) {
      const row = statements.state.get(facilityId, stream)
      return row === undefined ? null : storedState(row)
    },
    list: async (family) => statements.statesOfFamily.all(facilityId, family).map(storedState),
    async put({ stream, family, position, state }) {
      statements.putState.run(facilityId, stream, family, position, JSON.stringify(state))
    },
    async clear() {
      statements.clearStates.run(facilityId)
    },
  }
}

function recordTable(statements: ValueStatements, facilityId: FacilityId): RecordTable {
  return {
    async get(collection, key) {
      const row = statements.record.get(facilityId, collection, key)
      return row === undefined ? null : storedRecord(row)
    },
    list: async (collection, keyPrefix = '') =>
      statements.records.all(facilityId, collection, keyPrefix, keyPrefix, keyPrefix).map(storedRecord),
    revisions: async (collection, keyPrefix = '') =>
      statements.revisions.all(facilityId, collection, keyPrefix, keyPrefix, keyPrefix),
    collections: async () => statements.collections.all(facilityId).map(({ collection }) => collection),
    async putBack(collection, { key, revision, value }) {
      statements.putBackRecord.run(facilityId, collection, key, revision, JSON.stringify(value))
    },
    async put(collection, key, value, expectedRevision) {
      const json = JSON.stringify(value)
      const written =
        expectedRevision === 0
          ? statements.insertRecord.run(facilityId, collection, key, json)
          : statements.updateRecord.run(json, facilityId, collection, key, expectedRevision)
      return written.changes === 1 ? expectedRevision + 1 : null
    },
    remove: async (collection, key, expectedRevision) =>
      statements.removeRecord.run(facilityId, collection, key, expectedRevision).changes === 1,
  }
}

/** Prepares the statements on states and records; the answers open those of a facility. */
export function prepareValues(database: Database): {
  states(facilityId: FacilityId): StateTable
  records(facilityId: FacilityId): RecordTable
} {
  const statements = valueStatements(database)
  return {
    states: (facilityId) => stateTable(statements, facilityId),
    records: (facilityId) => recordTable(statements, facilityId),
  }
}
