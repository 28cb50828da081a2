// What the server has confirmed: pages of entries, folded states, how far this device is, and what was refused. One transaction a step.
import type { Receipt } from '#contract/sync.ts'
import type { StreamId } from '#contract/envelope.ts'
import type { StreamFamily } from '#contract/streams.ts'
import type { ClassId, Hash, Instant } from '#contract/values.ts'
import type { DeviceDatabase, RefusedRow, SegmentRow, SnapshotRow } from './database.ts'
import { guardStorage } from './fault.ts'

/**
 * Own entries the server has but this device has not pulled: seqs `fromSeq` to `toSeq`. With `rising` the first lies at `position` and each next
 * one further; else all lie at or below it. Null: the server holds them until it knows their kind.
 */
export interface AckedRun {
  readonly fromSeq: number
  readonly toSeq: number
  readonly position: number | null
  readonly rising: boolean
}

/** The last confirmed entry a device holds: what it shows is true at this position, and the id can be compared with the site's. */
export interface LastEntry {
  readonly position: number
  readonly id: Hash
}

/**
 * How far this device is. `watermark`: own seqs up to it have a receipt. `pulledSeq`: the highest own seq that came back by pull. `last` is missing
 * until the next entry comes where an earlier version of the program wrote the state.
 */
export interface SyncState {
  readonly serverEpoch: string
  readonly cursor: number
  readonly head: number
  readonly watermark: number
  readonly pulledSeq: number
  readonly acked: readonly AckedRun[]
  readonly receipt: Receipt | null
  readonly last?: LastEntry
  readonly syncedAt: Instant | null
  readonly foldVersion: number
  /** Receipts of former epochs of this device or of the server, oldest first; `receipt` is the newest and says all of the present ones. */
  readonly formerReceipts?: readonly Receipt[]
  /** Own seqs up to it lie in every proved backup of the server, which signed that. */
  readonly safeSeq?: number
  /** Own entries up to this seq were dropped from the journals. */
  readonly pruned?: number
  /** Classes that left this device's scope and were taken off it. */
  readonly left?: readonly ClassId[]
}

/** One step forward; everything in it is written or nothing is. */
export interface ConfirmedStep {
  readonly state: SyncState
  readonly segment?: SegmentRow
  readonly snapshots?: readonly SnapshotRow[]
  readonly refused?: readonly RefusedRow[]
  readonly noLongerRefused?: readonly RefusedRow[]
  /** Start over: drop every page and snapshot first. */
  readonly clear?: 'all' | 'snapshots'
}

/** Reads and writes confirmed entries. Every call may fault with storage-full or storage-broken. */
export interface ConfirmedStore {
  loadState(): Promise<SyncState | null>
  commit(step: ConfirmedStep): Promise<void>
  snapshot(stream: StreamId): Promise<SnapshotRow | null>
  snapshots(streams: readonly StreamId[]): Promise<readonly SnapshotRow[]>
  family(family: StreamFamily): Promise<readonly SnapshotRow[]>
  /** The pages after a cursor, ascending, at most `limit`. */
  segments(after: number, limit: number): Promise<readonly SegmentRow[]>
  refused(): Promise<readonly RefusedRow[]>
  /** Takes streams off this device, pages and folded states, in the one transaction that writes how far it is. */
  remove(isGone: (stream: StreamId) => boolean, state: SyncState): Promise<void>
}

/** Where the state of syncing lies among the few words of the device. */
export const STATE_KEY = 'sync'

const PAGES_A_STEP = 20

// A line is `position id text`; the text is an entry as it was received.
function streamOf(line: string): StreamId {
  return (JSON.parse(line.slice(line.indexOf('{'))) as { readonly stream: StreamId }).stream
}

// Within the transaction of the removal. A page of which nothing is left goes whole.
async function removePages({ segments }: DeviceDatabase, isGone: (stream: StreamId) => boolean): Promise<void> {
  for (let after = 0; ; ) {
    const pages = await segments.where('after').aboveOrEqual(after).limit(PAGES_A_STEP).toArray()
    const last = pages.at(-1)
    if (last === undefined) return
    for (const page of pages) {
      const lines = page.lines.split('\n')
      const kept = lines.filter((line) => !isGone(streamOf(line)))
      if (kept.length === 0) await segments.delete(page.after)
      else if (kept.length < lines.length) await segments.put({ ...page, lines: kept.join('\n') })
    }
    after = last.cursor
  }
}

/** The confirmed store in IndexedDB. */
export function createConfirmedStore(database: DeviceDatabase): ConfirmedStore {
  async function write(step: ConfirmedStep): Promise<void> {
    if (step.clear !== undefined) await database.snapshots.clear()
    if (step.clear === 'all') await database.segments.clear()
    if (step.segment !== undefined) await database.segments.put(step.segment)
    if (step.snapshots !== undefined) await database.snapshots.bulkPut([...step.snapshots])
    if (step.refused !== undefined) await database.refused.bulkPut([...step.refused])
    if (step.noLongerRefused !== undefined)
      await database.refused.bulkDelete(step.noLongerRefused.map(({ epoch, seq }) => [epoch, seq]))
    await database.meta.put({ key: STATE_KEY, value: step.state })
  }
  return {
    loadState: () =>
      guardStorage(async () => {
        const row = await database.meta.get(STATE_KEY)
        return row === undefined ? null : (row.value as SyncState)
      }),
    commit: (step) =>
      guardStorage(() =>
        database.transaction('rw', [database.segments, database.snapshots, database.refused, database.meta], () =>
          write(step),
        ),
      ),
    snapshot: (stream) => guardStorage(async () => (await database.snapshots.get(stream)) ?? null),
    snapshots: (streams) =>
      guardStorage(async () => (await database.snapshots.bulkGet([...streams])).filter((row) => row !== undefined)),
    family: (family) => guardStorage(() => database.snapshots.where('family').equals(family).toArray()),
    segments: (after, limit) =>
      guardStorage(() => database.segments.where('after').aboveOrEqual(after).limit(limit).toArray()),
    refused: () => guardStorage(() => database.refused.toArray()),
    remove: (isGone, state) =>
      guardStorage(() =>
        database.transaction('rw', [database.segments, database.snapshots, database.meta], async () => {
          await removePages(database, isGone)
          const streams = (await database.snapshots.toCollection().primaryKeys()) as StreamId[]
          await database.snapshots.bulkDelete(streams.filter(isGone))
          await database.meta.put({ key: STATE_KEY, value: state })
        }),
      ),
  }
}

/** The same store with each step handed on to the second copy once it is durable; a tap never waits for that. */
export function withKeptCopy(store: ConfirmedStore, kept: { step(step: ConfirmedStep): void }): ConfirmedStore {
  return {
    ...store,
    async commit(step) {
      await store.commit(step)
      kept.step(step)
    },
  }
}
