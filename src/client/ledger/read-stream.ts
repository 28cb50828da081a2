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

/** Makes a reader over the snapshots of this device. Faults: storage-broken. */
export function createStreamReader(store: ConfirmedStore, overlay: Overlay): StreamReader {
  const known = new Map<StreamId, SnapshotRow | null>()
  const wholeFamilies = new Map<StreamFamily, Set<StreamId>>()
  let forgotten = 0

  // While a read is under way the states may change: a newer one is not written over, and what was read before a `forget` is read again.
  async function unforgotten<Value>(read: () => Promise<Value>): Promise<Value> {
    for (;;) {
      const before = forgotten
      const value = await read()
      if (before === forgotten) return value
    }
  }
  async function snapshotOf(stream: StreamId): Promise<SnapshotRow | null> {
    if (!known.has(stream)) {
      const row = await unforgotten(() => store.snapshot(stream))
      if (!known.has(stream)) known.set(stream, row)
    }
    return known.get(stream) ?? null
  }
  async function loadFamily(family: StreamFamily): Promise<Set<StreamId>> {
    const loaded = wholeFamilies.get(family)
    if (loaded !== undefined) return loaded
    const rows = await unforgotten(() => store.family(family))
    const streams = wholeFamilies.get(family) ?? new Set<StreamId>()
    for (const row of rows) {
      streams.add(row.stream)
      if (!known.has(row.stream)) known.set(row.stream, row)
    }
    wholeFamilies.set(family, streams)
    return streams
  }
  const confirmed = async (family: StreamFamily, stream: StreamId): Promise<unknown> => (await snapshotOf(stream))?.state ?? emptyState(family)
  function withPending<F extends StreamFamily>(family: F, stream: StreamId, base: unknown): StreamStates[F] {
    return foldEntries(family, base as StreamStates[F], overlay.of(stream))
  }
  return {
    confirmed,
    async state(family, stream) {
      const read = await snapshotOf(stream)
      // Taken again without waiting, so that snapshot and overlay are of one moment.
      return withPending(family, stream, (known.get(stream) ?? read)?.state ?? emptyState(family))
    },
    async all(family) {
      const streams = new Set(await loadFamily(family))
      for (const stream of overlay.streams()) if (familyOf(stream) === family) streams.add(stream)
      return [...streams].map((stream) => ({ stream, state: withPending(family, stream, known.get(stream)?.state ?? emptyState(family)) }))
    },
    async warm(streams) {
      const missing = streams.filter((stream) => !known.has(stream))
      if (missing.length === 0) return
      const rows = new Map((await unforgotten(() => store.snapshots(missing))).map((row) => [row.stream, row]))
      for (const stream of missing) if (!known.has(stream)) known.set(stream, rows.get(stream) ?? null)
    },
    replace(rows) {
      forgotten += 1
      for (const row of rows) {
        known.set(row.stream, row)
        wholeFamilies.get(row.family)?.add(row.stream)
      }
    },
    forget(streams) {
      forgotten += 1
      if (streams === 'all') known.clear()
      else for (const stream of streams) known.delete(stream)
      wholeFamilies.clear()
    },
  }
}
