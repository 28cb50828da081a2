// What the site's ledger says at a moment, read from its bytes and folded once, for every check that compares something with it.
import type { Entry, RecordedEntry, StreamId } from '#contract/envelope.ts'
import { familyOf } from '#contract/streams.ts'
import { emptyState, foldEntries } from '#domain/stream-folds.ts'
import type { StoredEntry } from '#server/storage/ledger-store.ts'
import { Violation } from './promises.ts'
import type { SimulatedSite } from './simulated-site.ts'

/** `recorded` ascending by position, each with its text; `states` as folded from them, by stream, of every stream that has a family. */
export interface Truth {
  readonly stored: readonly StoredEntry[]
  readonly recorded: readonly RecordedEntry[]
  readonly states: ReadonlyMap<StreamId, unknown>
}

/** Entries by stream, in their order. */
export function groupByStream(entries: readonly RecordedEntry[]): Map<StreamId, RecordedEntry[]> {
  const groups = new Map<StreamId, RecordedEntry[]>()
  for (const recorded of entries) {
    const group = groups.get(recorded.entry.stream)
    if (group === undefined) groups.set(recorded.entry.stream, [recorded])
    else group.push(recorded)
  }
  return groups
}

/** A stream folded from nothing; null for one of no known family. */
export function folded(stream: StreamId, entries: readonly RecordedEntry[]): unknown {
  const family = familyOf(stream)
  return family === null ? null : foldEntries(family, emptyState(family), entries)
}

/** An entry as it was read from a text; a line that is none should not be where it is. */
export function parsed(line: { id: RecordedEntry['id']; position: number | null; text: string }): RecordedEntry {
  try {
    return { id: line.id, position: line.position, entry: JSON.parse(line.text) as Entry }
  } catch {
    throw new Violation('I4', `what lies at position ${String(line.position)} is no entry: ${line.text.slice(-60)}`)
  }
}

/** Every recorded entry of the site. */
export function siteEntries({ store, context }: SimulatedSite): Promise<readonly StoredEntry[]> {
  return store.read(context.facilityId, async (view) =>
    view.entries.feed({ after: 0, until: await view.entries.headPosition(), roots: null, limit: 1_000_000 }),
  )
}

/** Reads and folds the site's ledger. */
export async function readTruth(site: SimulatedSite): Promise<Truth> {
  const stored = await siteEntries(site)
  const recorded = stored.map(parsed)
  const states = new Map([...groupByStream(recorded)].map(([stream, entries]) => [stream, folded(stream, entries)]))
  return { stored, recorded, states }
}
