// Folded states and records in memory.
import type { RecordTable, StateTable, StoredRecord, StoredState } from '../ledger-store.ts'
import { type FacilityRows, type Undo, deleteNoted, setNoted } from './facility-rows.ts'

/** Opens the folded states of a facility. */
export function stateTable(rows: FacilityRows, undo: Undo): StateTable {
  const parse = (json: string) => JSON.parse(json) as StoredState
  return {
    async get(stream) {
      const json = rows.states.get(stream)
      return json === undefined ? null : parse(json)
    },
    async list(family) {
      const found = [...rows.states.values()].map(parse).filter((state) => state.family === family)
      return found.sort((left, right) => (left.stream < right.stream ? -1 : 1))
    },
    async put(state) {
      setNoted(rows.states, state.stream, JSON.stringify(state), undo)
    },
    async clear() {
      for (const stream of [...rows.states.keys()]) deleteNoted(rows.states, stream, undo)
    },
  }
}

/** Opens the records of a facility. */
export function recordTable(rows: FacilityRows, undo: Undo): RecordTable {
  const parse = (json: string) => JSON.parse(json) as StoredRecord
  const collectionOf = (collection: string) => {
    const found = rows.records.get(collection) ?? new Map<string, string>()
    rows.records.set(collection, found)
    return found
  }
  const find = (collection: string, key: string) => {
    const json = collectionOf(collection).get(key)
    return json === undefined ? null : parse(json)
  }
  const list = (collection: string, keyPrefix: string) => {
    const keys = [...collectionOf(collection).keys()].filter((key) => key.startsWith(keyPrefix)).sort()
    return keys.flatMap((key) => find(collection, key) ?? [])
  }
  return {
    get: async (collection, key) => find(collection, key),
    list: async (collection, keyPrefix = '') => list(collection, keyPrefix),
    revisions: async (collection, keyPrefix = '') =>
      list(collection, keyPrefix).map(({ key, revision }) => ({ key, revision })),
    collections: async () => [...rows.records].flatMap(([name, { size }]) => (size > 0 ? name : [])).sort(),
    async put(collection, key, value, expectedRevision) {
      if ((find(collection, key)?.revision ?? 0) !== expectedRevision) return null
      const revision = expectedRevision + 1
      setNoted(collectionOf(collection), key, JSON.stringify({ key, revision, value }), undo)
      return revision
    },
    async remove(collection, key, expectedRevision) {
      if (find(collection, key)?.revision !== expectedRevision) return false
      deleteNoted(collectionOf(collection), key, undo)
      return true
    },
    async putBack(collection, record) {
      if (find(collection, record.key) !== null) throw new Error(`${collection} has this key already`)
      setNoted(collectionOf(collection), record.key, JSON.stringify(record), undo)
    },
  }
}
