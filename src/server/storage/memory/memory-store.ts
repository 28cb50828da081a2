// The store in memory, for tests and the simulation. Changes are made in place with their undoing noted, so a failed transaction leaves nothing.
import type { FacilityId } from '#contract/values.ts'
import type { LedgerStore } from '../ledger-store.ts'
import { makeShortMemory } from '../short-memory.ts'
import { makeTurnQueue } from '../turn-queue.ts'
import { type FacilityRows, type Undo, emptyRows } from './facility-rows.ts'
import { entryTable } from './entry-table.ts'
import { recordTable, stateTable } from './value-tables.ts'

/** Makes an empty store; nothing outlives the process. */
export function makeMemoryStore(): LedgerStore {
  const facilities = new Map<FacilityId, FacilityRows>()
  const queue = makeTurnQueue()
  const rowsOf = (facilityId: FacilityId) => {
    const rows = facilities.get(facilityId) ?? emptyRows()
    facilities.set(facilityId, rows)
    return rows
  }
  const open = (rows: FacilityRows, undo: Undo) => ({
    entries: entryTable(rows, undo),
    states: stateTable(rows, undo),
    records: recordTable(rows, undo),
  })
  return {
    kind: 'memory',
    shortMemory: makeShortMemory(),
    transaction: (facilityId, work) =>
      queue.run(async () => {
        const undo: Undo = []
        try {
          return await work(open(rowsOf(facilityId), undo))
        } catch (reason) {
          for (const step of undo.reverse()) step()
          throw reason
        }
      }),
    read: (facilityId, work) => queue.run(() => work(open(rowsOf(facilityId), []))),
    facilities: async () => [...facilities].flatMap(([id, { head }]) => (head.now.arrival > 0 ? id : [])).sort(),
    close: () => queue.close(),
  }
}
