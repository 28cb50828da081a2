// Puts what is confirmed back into IndexedDB from the second copy, page by page. Ended in the middle, it is simply done again.
import { freshSyncState, lastingOf } from '#client/ledger/confirm-entries.ts'
import { readPulledLine } from '#client/ledger/pulled-page.ts'
import type { ConfirmedStore, SyncState } from '#client/storage/confirmed-store.ts'
import type { SegmentRow } from '#client/storage/database.ts'
import type { KeptContent } from '#client/storage/kept-content.ts'
import type { KeptCopy } from '#client/storage/kept-copy.ts'

/** Whose entries count as own. */
export interface ChainOwner {
  readonly deviceId: string
  readonly epoch: string
  readonly serverEpoch: string
}

function ownSeqs(lines: string, { deviceId, epoch }: ChainOwner): readonly number[] {
  return lines.split('\n').flatMap((line) => {
    const entry = readPulledLine(line).recorded?.entry
    return entry?.deviceId === deviceId && entry.epoch === epoch ? [entry.seq] : []
  })
}

// How far a device is that holds these pages and knows nothing else: whatever of its own has not come back counts as unsent, and sending it
// again changes nothing.
function stateAfter(before: SyncState, page: SegmentRow, owner: ChainOwner): SyncState {
  const pulledSeq = Math.max(before.pulledSeq, ...ownSeqs(page.lines, owner))
  return {
    ...before,
    cursor: page.cursor,
    head: page.cursor,
    pulledSeq,
    watermark: Math.max(pulledSeq, before.pruned ?? 0),
    foldVersion: 0,
  }
}

/**
 * Restores pages, refusals and how far the device is; the states are folded anew at the next opening of the ledger. Pages that the copy lacks or
 * that were changed on the disk come again with the next pull. Faults: storage-full, storage-broken.
 */
export async function restoreConfirmed(
  store: ConfirmedStore,
  kept: Pick<KeptCopy, 'segments'>,
  content: KeptContent,
  owner: ChainOwner,
): Promise<void> {
  const serverEpoch = content.state?.serverEpoch ?? owner.serverEpoch
  const lasting = content.state === null ? {} : lastingOf(content.state)
  let state: SyncState = { ...freshSyncState(serverEpoch), ...lasting, foldVersion: 0 }
  const refused = await store.refused()
  await store.commit({ state, clear: 'all', noLongerRefused: refused })
  let count = 0
  while (count < content.segmentCount) {
    const pages = (await kept.segments(count)).slice(0, content.segmentCount - count)
    if (pages.length === 0) break
    for (const segment of pages) {
      state = stateAfter(state, segment, owner)
      await store.commit({ state, segment })
    }
    count += pages.length
  }
  const isWhole = content.isWhole && count === content.segmentCount
  const last = isWhole && content.state !== null ? { ...content.state, foldVersion: 0 } : state
  await store.commit({ state: last, refused: content.refused })
}
