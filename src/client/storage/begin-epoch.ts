// A device goes on under a new epoch: its record, the first entries of the new chain and how far they are, all at once.
import type { SyncState } from './confirmed-store.ts'
import { STATE_KEY } from './confirmed-store.ts'
import type { DeviceDatabase, JournalRow } from './database.ts'
import { DEVICE_KEY, type DeviceRecord } from './device-store.ts'
import { guardStorage } from './fault.ts'

/**
 * Writes all of it in one transaction. The rows of former epochs stay; what was pulled stays valid, since positions know no epoch. The second
 * store is made level at the next opening. Faults: storage-full, storage-broken.
 */
export function saveEpoch(
  database: DeviceDatabase,
  device: DeviceRecord,
  rows: readonly JournalRow[],
  state: SyncState,
): Promise<void> {
  const { receipt, formerReceipts = [] } = state
  const receipts = receipt === null ? formerReceipts : [...formerReceipts, receipt]
  const fresh: SyncState = {
    ...{ ...state, watermark: 0, pulledSeq: 0, acked: [], receipt: null },
    ...{ formerReceipts: receipts, safeSeq: 0, pruned: 0 },
  }
  return guardStorage(() =>
    database.transaction('rw', [database.journal, database.meta], async () => {
      await database.journal.bulkAdd([...rows])
      await database.meta.put({ key: DEVICE_KEY, value: device })
      await database.meta.put({ key: STATE_KEY, value: fresh })
    }),
  )
}
