// Folds every stored page again, after the folds themselves have changed. What is confirmed stays confirmed; only what it adds up to is new.
import type { ConfirmedStore } from '#client/storage/confirmed-store.ts'
import { foldLines } from './confirm-entries.ts'
import { FOLD_VERSION } from '#domain/fold-version.ts'
import type { LedgerMemory } from './ledger-memory.ts'
import { readPulledLine } from './pulled-page.ts'

const PAGES_A_STEP = 20

/** Rebuilds all snapshots from the pages on this device. Ended in the middle, it starts anew at the next opening. Faults: storage-full, storage-broken. */
export async function rebuildSnapshots(memory: LedgerMemory, store: ConfirmedStore): Promise<void> {
  await memory.commit({ state: memory.state, clear: 'snapshots' })
  let after = 0
  for (;;) {
    const pages = await store.segments(after, PAGES_A_STEP)
    if (pages.length === 0) break
    const lines = pages.flatMap((page) => page.lines.split('\n')).map(readPulledLine)
    const snapshots = await foldLines(lines, memory.reader)
    await memory.commit({ state: memory.state, snapshots })
    after = pages.at(-1)?.cursor ?? after
  }
  await memory.commit({ state: { ...memory.state, foldVersion: FOLD_VERSION } })
}
