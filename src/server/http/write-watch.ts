// Whether the store can be written: the first write that fails says that it cannot, and a write that is really made says that it can again.
import type { FacilityId } from '#contract/values.ts'
import { type LedgerStore, StoreFault } from '#server/storage/ledger-store.ts'

const COLLECTION = 'write-probe'
const KEY = 'last'

/** A store that is watched. `isReadOnly` tries a write of its own while the last one failed. */
export interface WriteWatch {
  readonly store: LedgerStore
  isReadOnly(): Promise<boolean>
  /** Calls back after each transaction that committed. */
  onCommit(heard: () => void): void
}

/** Watches the writes of a store. A store that another process holds for a moment is not read-only. */
export function watchWrites(inner: LedgerStore, facilityId: FacilityId): WriteWatch {
  let failed = false
  let committed: () => void = () => undefined
  const note = (reason: unknown) => {
    if (reason instanceof StoreFault && reason.reason !== 'busy') failed = true
  }
  // Reading within a transaction works on a full disk, so only a row that was really changed proves that the store can be written.
  async function probe(): Promise<void> {
    try {
      await inner.transaction(facilityId, async ({ records }) => {
        const before = await records.get(COLLECTION, KEY)
        await records.put(COLLECTION, KEY, true, before?.revision ?? 0)
      })
      failed = false
    } catch (reason) {
      if (!(reason instanceof StoreFault)) throw reason
    }
  }
  return {
    store: {
      ...inner,
      async transaction(ofFacility, work) {
        try {
          const value = await inner.transaction(ofFacility, work)
          if (failed) await probe()
          committed()
          return value
        } catch (reason) {
          note(reason)
          throw reason
        }
      },
    },
    onCommit(heard) {
      committed = heard
    },
    async isReadOnly() {
      if (failed) await probe()
      return failed
    },
  }
}
