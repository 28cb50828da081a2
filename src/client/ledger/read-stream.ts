// A stream as people see it: the confirmed snapshot with the pending entries of this device folded on top. Opening one class reads one class.
import type { RecordedEntry, StreamId } from '#contract/envelope.ts'
import { familyOf } from '#contract/streams.ts'
import type { StreamFamily } from '#contract/streams.ts'
import { emptyState, foldEntries } from '#domain/stream-folds.ts'
import type { StreamStates } from '#domain/stream-states.ts'
import type { ConfirmedStore } from '#client/storage/confirmed-store.ts'
import type { SnapshotRow } from '#client/storage/database.ts'

/** One stream of a family with its state. */
export interface StreamWithState<F extends StreamFamily> {
  readonly stream: StreamId
  readonly state: StreamStates[F]
}

/** Reads streams; keeps what was read in memory until it changes. */
export interface StreamReader {
  state<F extends StreamFamily>(family: F, stream: StreamId): Promise<StreamStates[F]>
  all<F extends StreamFamily>(family: F): Promise<readonly StreamWithState<F>[]>
  /** The confirmed part alone, for folding further. */
  confirmed(family: StreamFamily, stream: StreamId): Promise<unknown>
  /** Loads several confirmed streams in one read. */
  warm(streams: readonly StreamId[]): Promise<void>
  replace(rows: readonly SnapshotRow[]): void
  forget(streams: Iterable<StreamId> | 'all'): void
}

/** The part of the pending entries a reader needs. */
export interface Overlay {
  of(stream: StreamId): readonly RecordedEntry[]
  streams(): Iterable<StreamId>
}

interface SnapshotCache {
  readonly known: ReadonlyMap<StreamId, SnapshotRow | null>
  one(stream: StreamId): Promise<SnapshotRow | null>
  family(family: StreamFamily): Promise<ReadonlySet<StreamId>>
  warm: StreamReader['warm']
  replace: StreamReader['replace']
  forget: StreamReader['forget']
}

// Snapshots read before, by stream; of a family read whole, the names of its streams.
function createSnapshotCache(store: ConfirmedStore): SnapshotCache {
  const known = new Map<StreamId, SnapshotRow | null>()
  const wholeFamilies = new Map<StreamFamily, Set<StreamId>>()
  let changes = 0

  // While a read is under way the states may change: a newer one is not written over, and what was read before a change is read again.
  async function unchanged<Value>(read: () => Promise<Value>): Promise<Value> {
    for (;;) {
      const before = changes
      const value = await read()
      if (before === changes) return value
    }
  }
  function keep(stream: StreamId, row: SnapshotRow | null): void {
    if (!known.has(stream)) known.set(stream, row)
  }
  return {
    known,
    async one(stream) {
      if (!known.has(stream)) keep(stream, await unchanged(() => store.snapshot(stream)))
      return known.get(stream) ?? null
    },
    async family(family) {
      const loaded = wholeFamilies.get(family)
      if (loaded !== undefined) return loaded
      const rows = await unchanged(() => store.family(family))
      const streams = wholeFamilies.get(family) ?? new Set<StreamId>()
      for (const row of rows) {
        streams.add(row.stream)
        keep(row.stream, row)
      }
      wholeFamilies.set(family, streams)
      return streams
    },
    async warm(streams) {
      const missing = streams.filter((stream) => !known.has(stream))
      if (missing.length === 0) return
      const rows = new Map((await unchanged(() => store.snapshots(missing))).map((row) => [row.stream, row]))
      for (const stream of missing) keep(stream, rows.get(stream) ?? null)
    },
    replace(rows) {
      changes += 1
      for (const row of rows) {
        known.set(row.stream, row)
        wholeFamilies.get(row.family)?.add(row.stream)
      }
    },
    forget(streams) {
      changes += 1
      if (streams === 'all') known.clear()
      else for (const stream of streams) known.delete(stream)
      wholeFamilies.clear()
    },
  }
}

/** Makes a reader over the snapshots of this device. Faults: storage-broken. */
export function createStreamReader(store: ConfirmedStore, overlay: Overlay): StreamReader {
  const cache = createSnapshotCache(store)
  function withPending<F extends StreamFamily>(
    family: F,
    stream: StreamId,
    row: SnapshotRow | null | undefined,
  ): StreamStates[F] {
    const base = (row?.state ?? emptyState(family)) as StreamStates[F]
    return foldEntries(family, base, overlay.of(stream))
  }
  return {
    confirmed: async (family, stream) => (await cache.one(stream))?.state ?? emptyState(family),
    async state(family, stream) {
      const read = await cache.one(stream)
      // Taken again without waiting, so that snapshot and overlay are of one moment.
      return withPending(family, stream, cache.known.get(stream) ?? read)
    },
    async all(family) {
      const streams = new Set(await cache.family(family))
      for (const stream of overlay.streams()) if (familyOf(stream) === family) streams.add(stream)
      return [...streams].map((stream) => ({ stream, state: withPending(family, stream, cache.known.get(stream)) }))
    },
    warm: cache.warm,
    replace: cache.replace,
    forget: cache.forget,
  }
}
