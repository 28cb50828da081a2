// The one way in for what the server confirmed: pulled pages and verdicts of a push. Each step is one transaction: pages, snapshots, how far, refusals.
import type { RecordedEntry, StreamId } from '#contract/envelope.ts'
import { classOf, familyOf } from '#contract/streams.ts'
import type { PullHeader, Receipt, Verdict } from '#contract/sync.ts'
import type { Instant } from '#contract/values.ts'
import { foldEntry } from '#domain/stream-folds.ts'
import type { StreamStates } from '#domain/stream-states.ts'
import type { AckedRun, ConfirmedStep, SyncState } from '#client/storage/confirmed-store.ts'
import type { JournalRow, RefusedRow, SnapshotRow } from '#client/storage/database.ts'
import { FOLD_VERSION } from '#domain/fold-version.ts'
import { trimRuns } from './pending-entries.ts'
import { readPulledLine } from './pulled-page.ts'
import type { PulledLine } from './pulled-page.ts'
import type { StreamReader } from './read-stream.ts'

/** A page as it came: the cursor it was asked with, its header, its lines. */
export interface PulledPage {
  readonly after: number
  readonly header: PullHeader
  readonly lines: readonly string[]
}

/** The answer to one push: the rows sent and what became of them. The receipt's signature and head were checked before. */
export interface PushedBatch {
  readonly rows: readonly JournalRow[]
  readonly verdicts: readonly Verdict[]
  readonly receipt: Receipt
  /** As the server signed it beside the receipt; null when it said nothing. */
  readonly safeSeq: number | null
}

/** The part of a reader that folding needs. */
export type ConfirmedReader = Pick<StreamReader, 'confirmed' | 'warm'>

/** The state of a device that never synced. */
export function freshSyncState(serverEpoch: string): SyncState {
  return {
    serverEpoch,
    cursor: 0,
    head: 0,
    watermark: 0,
    pulledSeq: 0,
    acked: [],
    receipt: null,
    syncedAt: null,
    foldVersion: FOLD_VERSION,
  }
}

/** Folds lines, ascending by position, onto the confirmed states. Streams of a family this version does not know stay unfolded. */
export async function foldLines(
  lines: readonly PulledLine[],
  reader: ConfirmedReader,
): Promise<readonly SnapshotRow[]> {
  const foldable = lines.flatMap(({ recorded, foldable: isFoldable, position }) => {
    const family = recorded === null ? null : familyOf(recorded.entry.stream)
    return recorded === null || family === null || !isFoldable ? [] : [{ recorded, family, position }]
  })
  // One read for the whole page: a page of five hundred people names five hundred streams.
  await reader.warm([...new Set(foldable.map(({ recorded }) => recorded.entry.stream))])
  const rows = new Map<StreamId, SnapshotRow>()
  for (const { recorded, family, position } of foldable) {
    const { stream } = recorded.entry
    const state = rows.get(stream)?.state ?? (await reader.confirmed(family, stream))
    rows.set(stream, { stream, family, position, state: foldOne(family, state, recorded) })
  }
  return [...rows.values()]
}

function foldOne<F extends keyof StreamStates>(family: F, state: unknown, recorded: RecordedEntry): StreamStates[F] {
  return foldEntry(family, state as StreamStates[F], recorded)
}

interface Owner {
  readonly deviceId: string
  readonly epoch: string
}

// A class that had left is in scope again, e.g. because the server's clock was wrong: what came before this page was taken off, so all comes anew.
function namesLeftClass(lines: readonly PulledLine[], { left = [] }: SyncState): boolean {
  const gone = new Set<string>(left)
  return gone.size > 0 && lines.some(({ recorded }) => gone.has(classOf(recorded?.entry.stream ?? '') ?? ''))
}

/**
 * Prepares the step for a page. Lines at or below the cursor were applied before and are passed over, so the same page twice is the same page.
 * Null when the page begins beyond the cursor or belongs to another epoch of the server: then it must be asked for again.
 * @rule LED-7
 */
export async function stepOfPage(
  page: PulledPage,
  state: SyncState,
  owner: Owner,
  reader: ConfirmedReader,
  syncedAt: Instant,
): Promise<ConfirmedStep | null> {
  if (page.after > state.cursor || page.header.serverEpoch !== state.serverEpoch) return null
  const lines = page.lines.map(readPulledLine).filter((line) => line.position > state.cursor)
  if (namesLeftClass(lines, state)) return { state: { ...state, cursor: 0, left: [] }, clear: 'all' }
  const cursor = Math.max(state.cursor, page.header.cursor, lines.at(-1)?.position ?? 0)
  const own = new Set<number>()
  for (const { recorded } of lines) {
    if (recorded?.entry.deviceId === owner.deviceId && recorded.entry.epoch === owner.epoch) own.add(recorded.entry.seq)
  }
  const next: SyncState = {
    ...state,
    cursor,
    head: Math.max(page.header.head, cursor),
    pulledSeq: Math.max(state.pulledSeq, ...own),
    acked: trimRuns(state.acked, cursor, own),
    syncedAt,
  }
  const last = lines.at(-1)
  if (last === undefined) return { state: next }
  const segment = { after: state.cursor, cursor, lines: lines.map(({ line }) => line).join('\n') }
  const { position, id } = last
  return { state: { ...next, last: { position, id } }, segment, snapshots: await foldLines(lines, reader) }
}

function extendRuns(runs: AckedRun[], seq: number, position: number | null): void {
  const last = runs.at(-1)
  const follows =
    last !== undefined &&
    last.toSeq === seq - 1 &&
    (position === null
      ? last.position === null
      : last.position !== null && last.rising && last.position + (seq - last.fromSeq) === position)
  if (follows) runs[runs.length - 1] = { ...last, toSeq: seq }
  else runs.push({ fromSeq: seq, toSeq: seq, position, rising: position !== null })
}

// The parts of a run outside the seqs that are told anew.
function outside(run: AckedRun, first: number, last: number): readonly AckedRun[] {
  const before = run.fromSeq < first ? [{ ...run, toSeq: Math.min(run.toSeq, first - 1) }] : []
  if (run.toSeq <= last) return before
  const fromSeq = Math.max(run.fromSeq, last + 1)
  const position = run.position === null || !run.rising ? run.position : run.position + (fromSeq - run.fromSeq)
  return [...before, { ...run, fromSeq, position }]
}

/**
 * Prepares the step for a push. The watermark moves to the last entry of the batch, even where the receipt names later ones, which a file may have
 * brought meanwhile: their verdicts are told when they are offered. A refusal advances like everything else, so nothing waits behind it.
 */
export function stepOfPush(
  batch: PushedBatch,
  state: SyncState,
  refusedBefore: readonly RefusedRow[],
  refusedAt: Instant,
): ConfirmedStep {
  const runs: AckedRun[] = []
  const refused: RefusedRow[] = []
  const bySeq = new Map(batch.verdicts.map((verdict) => [verdict.seq, verdict]))
  for (const { epoch, seq, id } of batch.rows) {
    const verdict = bySeq.get(seq)
    if (verdict?.status === 'refused') refused.push({ epoch, seq, id, code: verdict.code, refusedAt })
    else if (verdict?.status === 'recorded' || verdict?.status === 'duplicate') extendRuns(runs, seq, verdict.position)
    else extendRuns(runs, seq, null)
  }
  const first = batch.rows[0]?.seq ?? 0
  const last = batch.rows.at(-1)?.seq ?? 0
  const kept = state.acked.flatMap((run) => outside(run, first, last))
  const refusedSeqs = new Set(refused.map(({ seq }) => seq))
  return {
    state: {
      ...state,
      watermark: Math.max(state.watermark, last),
      acked: trimRuns(
        [...kept, ...runs].sort((a, b) => a.fromSeq - b.fromSeq),
        state.cursor,
        new Set(),
      ),
      receipt: batch.receipt,
      ...(batch.safeSeq === null ? {} : { safeSeq: Math.min(batch.safeSeq, batch.receipt.lastSeq) }),
      syncedAt: refusedAt,
    },
    refused,
    noLongerRefused: refusedBefore.filter((row) => row.seq >= first && row.seq <= last && !refusedSeqs.has(row.seq)),
  }
}

/** What of a state holds whatever server comes: what was dropped lies in every backup, and a receipt that was signed stays signed. */
export function lastingOf({ pruned = 0, receipt, formerReceipts = [] }: SyncState): Partial<SyncState> {
  const receipts = receipt === null ? formerReceipts : [...formerReceipts, receipt]
  return { ...(pruned > 0 ? { pruned } : {}), ...(receipts.length > 0 ? { formerReceipts: receipts } : {}) }
}

/** The step after the server was restored from a backup: what it confirmed before is asked for again, and every own entry is offered again. */
export function stepOfRestore(state: SyncState, serverEpoch: string): ConfirmedStep {
  const watermark = state.pruned ?? 0
  return {
    state: { ...freshSyncState(serverEpoch), ...lastingOf(state), watermark, syncedAt: state.syncedAt },
    clear: 'all',
  }
}

/** The step when the server expects an earlier seq than this device offered: everything from there on counts as unsent again. */
export function stepOfRewind(state: SyncState, expectSeq: number): ConfirmedStep {
  const acked = state.acked
    .filter((run) => run.fromSeq < expectSeq)
    .map((run) => ({ ...run, toSeq: Math.min(run.toSeq, expectSeq - 1) }))
  const watermark = Math.max(state.pruned ?? 0, Math.min(state.watermark, expectSeq - 1))
  return { state: { ...state, watermark, acked } }
}
