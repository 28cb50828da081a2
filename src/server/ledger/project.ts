// Keeps the folded state of each stream beside its entries. Rebuilt equals live: both use the one fold.
import type { RecordedEntry, StreamId } from '#contract/envelope.ts'
import { familyOf, type StreamFamily } from '#contract/streams.ts'
import { emptyState, foldEntry } from '#domain/stream-folds.ts'
import type { LedgerTransaction } from '#server/storage/ledger-store.ts'
import { recordedEntry } from './entry-text.ts'

const REBUILD_PAGE = 2000

/** The key under which the version that folded the stored states is written. */
export const PROJECTION = 'projection'

const FAMILIES: Readonly<Record<StreamFamily, true>> = {
  facility: true,
  catalogue: true,
  provider: true,
  room: true,
  staff: true,
  device: true,
  trainee: true,
  wishes: true,
  class: true,
  roster: true,
  session: true,
  assessment: true,
  certificates: true,
}

/** Every family there is. */
export const STREAM_FAMILIES = Object.keys(FAMILIES) as readonly StreamFamily[]

function groupByStream(recordeds: readonly RecordedEntry[]): Map<StreamId, RecordedEntry[]> {
  const groups = new Map<StreamId, RecordedEntry[]>()
  for (const recorded of recordeds) {
    const group = groups.get(recorded.entry.stream)
    if (group === undefined) groups.set(recorded.entry.stream, [recorded])
    else group.push(recorded)
  }
  return groups
}

/** Folds entries of one stream onto a stored state of its family, or onto the empty one. */
export function foldAll(family: StreamFamily, before: unknown, recordeds: readonly RecordedEntry[]): unknown {
  // A stored state was put there by the fold of its own family.
  let state = (before ?? emptyState(family)) as ReturnType<typeof emptyState<typeof family>>
  for (const recorded of recordeds) state = foldEntry(family, state, recorded)
  return state
}

/** Folds recorded entries, ascending by position, into the stored states of their streams: one write a stream. Unknown streams are left alone. */
export async function project(tx: LedgerTransaction, recordeds: readonly RecordedEntry[]): Promise<void> {
  for (const [stream, group] of groupByStream(recordeds)) {
    const family = familyOf(stream)
    if (family === null) continue
    const stored = await tx.states.get(stream)
    const state = foldAll(family, stored?.state ?? null, group)
    await tx.states.put({ stream, family, position: group.at(-1)?.position ?? 0, state })
  }
}

/** Throws the stored states away and folds the whole ledger again. Answers how many entries were folded. */
export async function rebuildProjections(tx: LedgerTransaction): Promise<number> {
  await tx.states.clear()
  const head = await tx.entries.headPosition()
  for (let after = 0; after < head; after += REBUILD_PAGE) {
    const until = Math.min(head, after + REBUILD_PAGE)
    const page = await tx.entries.feed({ after, until, roots: null, limit: REBUILD_PAGE })
    await project(tx, page.map(recordedEntry))
  }
  return head
}
