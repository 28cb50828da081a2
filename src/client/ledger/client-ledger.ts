// The ledger as this window sees it: one gate to record, one way in for what the server confirmed, and reading. Windows tell each other what changed.
import type { TestimonyCommand } from '#contract/commands/testimony.ts'
import type { RecordedEntry, StreamId } from '#contract/envelope.ts'
import { classOf } from '#contract/streams.ts'
import type { StreamFamily } from '#contract/streams.ts'
import type { ClassId, Instant } from '#contract/values.ts'
import { accepted } from '#domain/shared/result.ts'
import type { Result } from '#domain/shared/result.ts'
import type { StreamStates } from '#domain/stream-states.ts'
import type { AckedRun, ConfirmedStep, SyncState } from '#client/storage/confirmed-store.ts'
import type { JournalRow, RefusedRow } from '#client/storage/database.ts'
import { Fault } from '#client/storage/fault.ts'
import { stepOfPage, stepOfPush, stepOfRestore, stepOfRewind } from './confirm-entries.ts'
import type { PulledPage, PushedBatch } from './confirm-entries.ts'
import { FOLD_VERSION } from '#domain/fold-version.ts'
import type { JournalLock } from './journal-lock.ts'
import { pruneUpTo } from './prune-journals.ts'
import type { LedgerChange, LedgerMemory } from './ledger-memory.ts'
import { levelNow, openWindow, PATIENCE_MS } from './ledger-window.ts'
import type { LedgerParts, LedgerWindow } from './ledger-window.ts'
import { heldRuns } from './pending-entries.ts'
import type { StreamWithState } from './read-stream.ts'
import { rebuildSnapshots } from './rebuild-snapshots.ts'
import { appendToAll, chainDrafts, decideRecord } from './record-entry.ts'
import type { RecordOptions } from './record-entry.ts'
import { instantOf } from './time.ts'

/** What pages and stores may do. */
export interface ClientLedger {
  /**
   * Records one command. Answers ok only when the entries are durable in every journal; else what the law refuses, and nothing is written.
   * Faults: storage-full, storage-broken, another-window. @rule LED-6
   */
  record(command: TestimonyCommand, options?: RecordOptions): Promise<Result<readonly RecordedEntry[]>>
  /** A stream's state: confirmed and pending. A stream without entries has its family's empty state. Faults: storage-broken. */
  state<F extends StreamFamily>(family: F, stream: StreamId): Promise<StreamStates[F]>
  /** Every stream of a family on this device, in no order. Faults: storage-broken. */
  all<F extends StreamFamily>(family: F): Promise<readonly StreamWithState<F>[]>
  /** Calls back after every change with the streams it touched, null for all. Answers how to stop. */
  subscribe(onChange: (change: LedgerChange) => void): () => void
}

/**
 * Own work and how far it came. `unsentCount` counts entries without a receipt; `oldestUnsentAt` is the device's time of the first of them; `held`
 * are runs of own seqs the site keeps until it knows their kind.
 */
export interface OwnWork {
  readonly ownCount: number
  readonly unsentCount: number
  readonly oldestUnsentAt: Instant | null
  readonly refused: readonly RefusedRow[]
  readonly held: readonly AckedRun[]
  readonly state: SyncState
}

/** What only the sync may do. Each confirmation is one transaction; faults: storage-full, storage-broken, another-window. */
export interface LedgerSync {
  readonly lock: JournalLock
  ownWork(): OwnWork
  /** Own entries above the watermark, oldest first. */
  unsent(limit: number): Promise<readonly JournalRow[]>
  ownEntry(seq: number): Promise<JournalRow | null>
  /** False when the page does not continue what is here and must be asked for again. */
  confirmPage(page: PulledPage): Promise<boolean>
  confirmPush(batch: PushedBatch): Promise<void>
  serverRestored(serverEpoch: string): Promise<void>
  rewind(expectSeq: number): Promise<void>
  /**
   * Hands own entries from `fromSeq` on that have no receipt to whoever begins another chain with them; then nothing is recorded here any more.
   * Faults: those of `work`, another-window.
   */
  handOver(fromSeq: number, work: (rows: readonly JournalRow[], state: SyncState) => Promise<void>): Promise<void>
  /** From now on this ledger writes nothing: the device is opened again under another epoch. */
  retire(): void
  /** Notes that the author of a refused entry has taken note; it is no longer shown, and stays. Faults: storage-full, storage-broken, another-window. */
  dismissRefused(seq: number): Promise<void>
  /**
   * Takes off this device what lies here of classes that are out of its scope, and keeps what was written here in its chain. A class of which
   * something written here has no receipt yet stays; answers whether all are gone. Faults: storage-full, storage-broken, another-window. @rule SYN-1
   */
  leaveClasses(closed: readonly ClassId[]): Promise<boolean>
  /** Drops from the journals what is safe at the server, when that is worth it. Faults: storage-full, storage-broken, another-window. @rule SYN-2 */
  prune(): Promise<void>
  /** Gives every journal what the longest one has, when this window holds the journal. Faults: storage-full, storage-broken, another-window. */
  levelJournals(): Promise<void>
}

// A write that failed leaves unclear how far a journal came, so the end of the chain is read again before the next one.
async function recordNow(
  parts: LedgerParts,
  memory: LedgerMemory,
  command: TestimonyCommand,
  options: RecordOptions,
): Promise<Result<readonly RecordedEntry[]>> {
  const decision = await decideRecord({ ...parts, reader: memory.reader }, command)
  if (!decision.ok) return decision
  const { drafts, actor } = decision.value
  // What is already so is not said twice.
  if (drafts.length === 0) return accepted([])
  if (memory.uneven) await levelNow(parts, memory)
  const chained = chainDrafts(parts, drafts, actor, memory.head, options)
  try {
    await appendToAll(parts.journals, chained.rows)
  } catch (thrown) {
    await memory.reload(true)
    throw thrown
  }
  memory.appended(chained.head, chained.recorded)
  parts.reached?.(chained.head)
  return accepted(chained.recorded)
}

function ownWorkOf(memory: LedgerMemory): OwnWork {
  const { state, head, refused, pending } = memory
  return {
    ownCount: head.seq,
    unsentCount: Math.max(0, head.seq - state.watermark),
    oldestUnsentAt: pending.oldestUnsent(state.watermark)?.entry.recordedAt ?? null,
    refused,
    held: heldRuns(state),
    state,
  }
}

async function leaveNow({ parts, memory, tell }: LedgerWindow, closed: readonly ClassId[]): Promise<boolean> {
  const left = new Set(memory.state.left)
  const waiting = new Set([...memory.pending.streams()].map(classOf))
  const leaving = closed.filter((classId) => !left.has(classId))
  const free = leaving.filter((classId) => !waiting.has(classId))
  if (free.length > 0) {
    await memory.leave(free)
    tell(null)
    await parts.removed?.()
  }
  return free.length === leaving.length
}

async function pruneNow({ parts, memory, tell }: LedgerWindow): Promise<void> {
  const upTo = pruneUpTo(memory.state, memory.head.seq, memory.refused, parts.keeps)
  if (upTo === null || memory.uneven) return
  // First what was dropped, then the dropping: rows that are left over harm nobody, and rows that are missing would.
  tell(await memory.commit({ state: { ...memory.state, pruned: upTo } }))
  for (const journal of parts.journals) await journal.prune?.(parts.device.epoch, upTo)
}

function syncSide(window: LedgerWindow): LedgerSync {
  const { parts, memory, exclusively, tell, lock, retire } = window
  const { device, clock } = parts
  const primary = parts.journals[0]
  const commit = async (step: ConfirmedStep): Promise<void> => tell(await memory.commit(step))
  return {
    lock,
    ownWork: () => ownWorkOf(memory),
    unsent: (limit) => primary.read(device.epoch, memory.state.watermark + 1, limit),
    ownEntry: async (seq) => (await primary.read(device.epoch, seq, 1)).find((row) => row.seq === seq) ?? null,
    confirmPage: (page) =>
      exclusively(async () => {
        const step = await stepOfPage(page, memory.state, device, memory.reader, instantOf(clock()))
        if (step !== null) await commit(step)
        return step !== null
      }),
    confirmPush: (batch) =>
      exclusively(() => commit(stepOfPush(batch, memory.state, memory.refused, instantOf(clock())))),
    serverRestored: (serverEpoch) => exclusively(() => commit(stepOfRestore(memory.state, serverEpoch))),
    rewind: (expectSeq) => exclusively(() => commit(stepOfRewind(memory.state, expectSeq))),
    handOver: (fromSeq, work) =>
      exclusively(async () => {
        await work(await primary.read(device.epoch, Math.max(fromSeq, memory.state.watermark + 1)), memory.state)
        retire()
        parts.channel.post({ kind: 'epoch-begun' })
      }),
    retire,
    async dismissRefused(seq) {
      if (!(await lock.take(parts.patienceMs ?? PATIENCE_MS))) throw new Fault('another-window')
      await exclusively(async () => {
        const row = memory.refused.find((one) => one.seq === seq)
        if (row === undefined) return
        await commit({ state: memory.state, refused: [{ ...row, dismissedAt: instantOf(clock()) }] })
        tell(null)
      })
    },
    leaveClasses: (closed) => exclusively(() => leaveNow(window, closed)),
    prune: () => exclusively(() => pruneNow(window)),
    levelJournals: () =>
      exclusively(async () => {
        if (memory.uneven && (await levelNow(parts, memory))) tell(null)
      }),
  }
}

// After an update the states are folded again. The window that does so needs the journal: one that is still of the version before hands it over.
async function foldAnew({ parts, memory, lock, exclusively, tell }: LedgerWindow): Promise<void> {
  if (memory.state.foldVersion === FOLD_VERSION) return
  if (!(await lock.take(parts.patienceMs ?? PATIENCE_MS))) throw new Fault('another-window')
  await exclusively(async () => {
    if (memory.state.foldVersion !== FOLD_VERSION) await rebuildSnapshots(memory, parts.store)
  })
  tell(null)
}

/** Opens the ledger of a joined device for reading, and takes the journal when no other window holds it. Faults: storage-full, storage-broken, another-window, other-version. @rule LED-10 */
export async function openClientLedger(parts: LedgerParts): Promise<ClientLedger & LedgerSync> {
  const listeners = new Set<(change: LedgerChange) => void>()
  const window = openWindow(parts, listeners)
  const { memory, lock, exclusively, tell } = window
  if (!(await lock.takeIfFree())) await memory.reload(false)
  await foldAnew(window)
  return {
    ...syncSide(window),
    async record(command, options = {}) {
      if (!(await lock.take(parts.patienceMs ?? PATIENCE_MS))) throw new Fault('another-window')
      const result = await exclusively(() => recordNow(parts, memory, command, options))
      if (result.ok) tell(new Set(result.value.map(({ entry }) => entry.stream)))
      return result
    },
    state: (family, stream) => window.understood(() => memory.reader.state(family, stream)),
    all: (family) => window.understood(() => memory.reader.all(family)),
    subscribe(onChange) {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
  }
}
