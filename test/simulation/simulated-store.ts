// The server's memory tables under a store that can be copied, put back as a restore from a backup does, and made to fail at the end of a transaction.
import type { StreamId } from '#contract/envelope.ts'
import { familyOf, type StreamFamily } from '#contract/streams.ts'
import { type LedgerStore, type StateTable, type StoredState, StoreFault } from '#server/storage/ledger-store.ts'
import { entryTable } from '#server/storage/memory/entry-table.ts'
import { emptyRows, type FacilityRows, type Undo } from '#server/storage/memory/facility-rows.ts'
import { recordTable, stateTable } from '#server/storage/memory/value-tables.ts'
import { makeShortMemory } from '#server/storage/short-memory.ts'
import { makeTurnQueue } from '#server/storage/turn-queue.ts'

/** The rows of the one facility at a moment. */
export type Backup = FacilityRows

export interface SimulatedStore extends LedgerStore {
  /** The same store, of which no commit fails. */
  readonly certain: LedgerStore
  /** The folded states as they lie there: JSON by stream. */
  states(): ReadonlyMap<StreamId, string>
  backUp(): Backup
  putBack(backup: Backup): void
}

function copyOf(rows: FacilityRows): FacilityRows {
  return {
    head: { now: rows.head.now },
    recorded: [...rows.recorded],
    byStream: new Map([...rows.byStream].map(([stream, entries]) => [stream, [...entries]])),
    bySeq: new Map(rows.bySeq),
    states: new Map(rows.states),
    records: new Map([...rows.records].map(([name, records]) => [name, new Map(records)])),
  }
}

/** A family is read from the names of its streams: parsing every state to find a few would be most of what a history does. */
function statesOf(rows: FacilityRows, undo: Undo): StateTable {
  const list = async (family: StreamFamily) =>
    [...rows.states]
      .filter(([stream]) => familyOf(stream) === family)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, json]) => JSON.parse(json) as StoredState)
  return { ...stateTable(rows, undo), list }
}

const tablesOf = (rows: FacilityRows, undo: Undo) => ({
  entries: entryTable(rows, undo),
  states: statesOf(rows, undo),
  records: recordTable(rows, undo),
})

/** Makes a store that begins with a copy of the rows given. `fails` says for each transaction whether its commit fails. */
export function makeSimulatedStore(begin: Backup = emptyRows(), fails: () => boolean = () => false): SimulatedStore {
  let rows = copyOf(begin)
  const queue = makeTurnQueue()
  const storeThat = (fails: () => boolean): LedgerStore => ({
    kind: 'memory',
    shortMemory: makeShortMemory(),
    transaction: (_, work) =>
      queue.run(async () => {
        const undo: Undo = []
        try {
          const value = await work(tablesOf(rows, undo))
          if (fails()) throw new StoreFault('full', new Error('the disk is full at the commit'))
          return value
        } catch (reason) {
          for (const step of undo.reverse()) step()
          throw reason
        }
      }),
    read: (_, work) => queue.run(() => work(tablesOf(rows, []))),
    facilities: async () => [],
    close: () => queue.close(),
  })
  return {
    ...storeThat(fails),
    certain: storeThat(() => false),
    states: () => rows.states,
    backUp: () => copyOf(rows),
    putBack(backup) {
      rows = copyOf(backup)
    },
  }
}
