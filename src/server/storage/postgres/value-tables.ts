// Folded states and records in PostgreSQL, their values as JSON text: what is read back is what was written, to the byte.
import type { ClientBase } from 'pg'
import type { FacilityId } from '#contract/values.ts'
import type { RecordTable, StateTable } from '../ledger-store.ts'
import { type RecordRow, type StateRow, storedRecord, storedState } from '../value-rows.ts'

/** Opens the folded states of a facility on a connection. */
export function stateTable(client: ClientBase, facilityId: FacilityId): StateTable {
  const select = async (rest: string, value: string) => {
    const query = `SELECT stream, family, position, state FROM states WHERE facility_id = $1 AND ${rest}`
    return (await client.query<StateRow>(query, [facilityId, value])).rows.map(storedState)
  }
  return {
    get: async (stream) => (await select('stream = $2', stream))[0] ?? null,
    list: (family) => select('family = $2 ORDER BY stream', family),
    async put({ stream, family, position, state }) {
      await client.query(
        `INSERT INTO states (facility_id, stream, family, position, state) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (facility_id, stream) DO UPDATE SET position = excluded.position, state = excluded.state`,
        [facilityId, stream, family, position, JSON.stringify(state)],
      )
    },
    async clear() {
      await client.query('DELETE FROM states WHERE facility_id = $1', [facilityId])
    },
  }
}

/** Opens the records of a facility on a connection. */
export function recordTable(client: ClientBase, facilityId: FacilityId): RecordTable {
  const run = async (query: string, ...values: readonly unknown[]) =>
    (await client.query(query, [facilityId, ...values])).rowCount === 1
  // A prefix by comparison: LIKE would read `_` and `%` of a key as wildcards.
  const withPrefix =
    'FROM records WHERE facility_id = $1 AND collection = $2 AND key >= $3 AND starts_with(key, $3) ORDER BY key'
  return {
    async get(collection, key) {
      const query = 'SELECT key, revision, value FROM records WHERE facility_id = $1 AND collection = $2 AND key = $3'
      const row = (await client.query<RecordRow>(query, [facilityId, collection, key])).rows[0]
      return row === undefined ? null : storedRecord(row)
    },
    async list(collection, keyPrefix = '') {
      const query = `SELECT key, revision, value ${withPrefix}`
      return (await client.query<RecordRow>(query, [facilityId, collection, keyPrefix])).rows.map(storedRecord)
    },
    async revisions(collection, keyPrefix = '') {
      const query = `SELECT key, revision ${withPrefix}`
      return (await client.query<RecordRow>(query, [facilityId, collection, keyPrefix])).rows
    },
    async collections() {
      const query = 'SELECT DISTINCT collection FROM records WHERE facility_id = $1 ORDER BY collection'
      const { rows } = await client.query<{ collection: string }>(query, [facilityId])
      return rows.map(({ collection }) => collection)
    },
    async put(collection, key, value, expectedRevision) {
      const json = JSON.stringify(value)
      const isWritten =
        expectedRevision === 0
          ? await run(
              'INSERT INTO records (facility_id, collection, key, revision, value) VALUES ($1, $2, $3, 1, $4) ON CONFLICT DO NOTHING',
              ...[collection, key, json],
            )
          : await run(
              'UPDATE records SET revision = revision + 1, value = $4 WHERE facility_id = $1 AND collection = $2 AND key = $3 AND revision = $5',
              ...[collection, key, json, expectedRevision],
            )
      return isWritten ? expectedRevision + 1 : null
    },
    remove: (collection, key, expectedRevision) =>
      run(
        'DELETE FROM records WHERE facility_id = $1 AND collection = $2 AND key = $3 AND revision = $4',
        ...[collection, key, expectedRevision],
      ),
    async putBack(collection, { key, revision, value }) {
      await run(
        'INSERT INTO records (facility_id, collection, key, revision, value) VALUES ($1, $2, $3, $4, $5)',
        ...[collection, key, revision, JSON.stringify(value)],
      )
    },
  }
}
