// Which own entries this device may drop from its journals: those that are at the server whatever happens to it, and that nobody here asks for any more.
import type { SyncState } from '#client/storage/confirmed-store.ts'
import type { RefusedRow } from '#client/storage/database.ts'
import { firstOpenSeq } from './pending-entries.ts'

/** `newest`: so many entries always stay, the last link of the chain among them. `step`: dropping rewrites a file, so it waits for so many. */
export interface JournalKeeps {
  readonly newest: number
  readonly step: number
}

/** As tablets keep them: what a person may still look for, and no more than some rewritings a year. */
export const JOURNAL_KEEPS: JournalKeeps = { newest: 500, step: 2000 }

/**
 * The seq up to which entries are dropped now, null for nothing. They have a receipt, lie in every proved backup the server keeps, are in the
 * folded states or refused with their author's knowledge, and are followed by at least so many others. @rule SYN-2
 */
export function pruneUpTo(
  state: SyncState,
  lastSeq: number,
  refused: readonly RefusedRow[],
  { newest, step }: JournalKeeps = JOURNAL_KEEPS,
): number | null {
  const { safeSeq = 0, pruned = 0, watermark } = state
  const shown = refused.filter(({ dismissedAt }) => dismissedAt === undefined).map(({ seq }) => seq - 1)
  const upTo = Math.min(safeSeq, watermark, firstOpenSeq(state) - 1, lastSeq - Math.max(1, newest), ...shown)
  return upTo - pruned >= Math.max(1, step) ? upTo : null
}
