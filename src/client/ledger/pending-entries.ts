// Own entries that no snapshot holds yet, in memory, by stream. Derived from the journal and the sync state; folded on read, never stored folded.
import type { RecordedEntry, StreamId } from '#contract/envelope.ts'
import { Entry } from '#contract/envelope.ts'
import type { JournalRow } from '#client/storage/database.ts'
import type { AckedRun, SyncState } from '#client/storage/confirmed-store.ts'

/** Where an own entry stands while no snapshot holds it: its position, or null while the server has not given one. */
interface Standing {
  readonly position: number | null
}

// The position of an entry of a run, or the bound it lies at or below.
function boundIn(run: AckedRun, seq: number): number | null {
  return run.position === null || !run.rising ? run.position : run.position + (seq - run.fromSeq)
}

/**
 * Says whether an own entry still has to be laid over the snapshots; null when it has come back by pull, is out of this device's scope, or was refused.
 * @rule LED-8
 */
export function standingOf(seq: number, state: SyncState, refusedSeqs: ReadonlySet<number>): Standing | null {
  if (refusedSeqs.has(seq)) return null
  const run = state.acked.find((candidate) => seq >= candidate.fromSeq && seq <= candidate.toSeq)
  if (run?.position === null) return { position: null }
  if (seq <= state.pulledSeq) return null
  if (run === undefined) return seq <= state.watermark ? null : { position: null }
  const bound = boundIn(run, seq)
  if (bound !== null && bound <= state.cursor) return null
  return { position: run.rising ? bound : null }
}

/** The runs of own seqs the site holds until it knows their kind. */
export function heldRuns({ acked }: Pick<SyncState, 'acked'>): readonly AckedRun[] {
  return acked.filter(({ position }) => position === null)
}

/** The first own seq that may still have to be laid over the snapshots. */
export function firstOpenSeq(state: SyncState): number {
  return Math.min(state.watermark + 1, ...state.acked.map((run) => run.fromSeq))
}

/** Drops runs a cursor has passed, and single held seqs that came back by pull. */
export function trimRuns(
  runs: readonly AckedRun[],
  cursor: number,
  pulledSeqs: ReadonlySet<number>,
): readonly AckedRun[] {
  const kept: AckedRun[] = []
  for (const run of runs) {
    if (run.position === null) {
      kept.push(...withoutSeqs(run, pulledSeqs))
      continue
    }
    const end = boundIn(run, run.toSeq) ?? run.position
    if (end > cursor) kept.push(run)
  }
  return kept
}

function withoutSeqs(run: AckedRun, gone: ReadonlySet<number>): AckedRun[] {
  const parts: AckedRun[] = []
  for (let seq = run.fromSeq; seq <= run.toSeq; seq += 1) {
    if (gone.has(seq)) continue
    const last = parts.at(-1)
    if (last !== undefined && last.toSeq === seq - 1) parts[parts.length - 1] = { ...last, toSeq: seq }
    else parts.push({ ...run, fromSeq: seq, toSeq: seq })
  }
  return parts
}

/** The pending entries of this device, in order of seq. */
export interface PendingEntries {
  /** Takes journal rows, ascending by seq, and keeps those that still stand. */
  load(rows: readonly JournalRow[], state: SyncState, refusedSeqs: ReadonlySet<number>): void
  add(recorded: readonly RecordedEntry[]): void
  /** Applies a new sync state; answers the streams whose overlay changed. */
  settle(state: SyncState, refusedSeqs: ReadonlySet<number>): ReadonlySet<StreamId>
  of(stream: StreamId): readonly RecordedEntry[]
  streams(): Iterable<StreamId>
  /** The oldest entry above the watermark, or null. */
  oldestUnsent(watermark: number): RecordedEntry | null
}

function parseRow(row: JournalRow, position: number | null): RecordedEntry {
  return { id: row.id, position, entry: Entry.parse(JSON.parse(row.text)) }
}

/** An empty set of pending entries. */
export function createPendingEntries(): PendingEntries {
  let bySeq = new Map<number, RecordedEntry>()
  let byStream = new Map<StreamId, RecordedEntry[]>()

  function group(): void {
    byStream = new Map()
    for (const recorded of bySeq.values()) addToStream(recorded)
  }
  function addToStream(recorded: RecordedEntry): void {
    const list = byStream.get(recorded.entry.stream)
    if (list === undefined) byStream.set(recorded.entry.stream, [recorded])
    else list.push(recorded)
  }
  return {
    load(rows, state, refusedSeqs) {
      bySeq = new Map()
      for (const row of rows) {
        const standing = standingOf(row.seq, state, refusedSeqs)
        if (standing !== null) bySeq.set(row.seq, parseRow(row, standing.position))
      }
      group()
    },
    add(recorded) {
      for (const one of recorded) {
        bySeq.set(one.entry.seq, one)
        addToStream(one)
      }
    },
    settle(state, refusedSeqs) {
      const touched = new Set<StreamId>()
      for (const [seq, recorded] of bySeq) {
        const standing = standingOf(seq, state, refusedSeqs)
        if (standing !== null && standing.position === recorded.position) continue
        touched.add(recorded.entry.stream)
        if (standing === null) bySeq.delete(seq)
        else bySeq.set(seq, { ...recorded, position: standing.position })
      }
      if (touched.size > 0) group()
      return touched
    },
    of: (stream) => byStream.get(stream) ?? [],
    streams: () => byStream.keys(),
    oldestUnsent(watermark) {
      for (const [seq, recorded] of bySeq) if (seq > watermark) return recorded
      return null
    },
  }
}
