// The ledger as this window sees it: one gate to record, one way in for what the server confirmed, and reading. Windows tell each other what changed.
import type { TestimonyCommand } from '#contract/commands/testimony.ts'
import type { RecordedEntry, StreamId } from '#contract/envelope.ts'
import { classOf } from '#contract/streams.ts'
import type { StreamFamily } from '#contract/streams.ts'
import type { ClassId, Instant } from '#contract/values.ts'
import { accepted } from '#domain/shared/result.ts'
import type { Result } from '#domain/shared/result.ts'
import type { StreamStates } from '#domain/stream-states.ts'
import type { ConfirmedStep, ConfirmedStore, SyncState } from '#client/storage/confirmed-store.ts'
import type { JournalRow, RefusedRow } from '#client/storage/database.ts'
import type { DeviceRecord } from '#client/storage/device-store.ts'
import { Fault } from '#client/storage/fault.ts'
import type { Journal } from '#client/storage/journal.ts'
import { stepOfPage, stepOfPush, stepOfRestore, stepOfRewind } from './confirm-entries.ts'
import type { PulledPage, PushedBatch } from './confirm-entries.ts'
import { FOLD_VERSION } from '#domain/fold-version.ts'
import { createJournalLock } from './journal-lock.ts'
import type { JournalLock, LockSource, WindowChannel } from './journal-lock.ts'
import { createLedgerMemory } from './ledger-memory.ts'
import type { LedgerChange, LedgerMemory } from './ledger-memory.ts'
import type { StreamWithState } from './read-stream.ts'
import { rebuildSnapshots } from './rebuild-snapshots.ts'
import { appendToAll, chainDrafts, decideRecord } from './record-entry.ts'
import type { ChainHead, RecordingActor, RecordOptions } from './record-entry.ts'
import { instantOf } from './time.ts'
import type { Clock } from './time.ts'

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

/** Own work and how far it came. `unsentCount` counts entries without a receipt; `oldestUnsentAt` is the device's time of the first of them. */
export interface OwnWork {
  readonly ownCount: number
  readonly unsentCount: number
  readonly oldestUnsentAt: Instant | null
  readonly refused: readonly RefusedRow[]
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
  /** Gives every journal what the longest one has, when this window holds the journal. Faults: storage-full, storage-broken, another-window. */
  levelJournals(): Promise<void>
}

/** What a ledger is made of. `patienceMs`: how long a tap waits for another window to hand the journal over. */
export interface LedgerParts {
  readonly device: DeviceRecord
  readonly store: ConfirmedStore
  readonly journals: readonly [Journal, ...Journal[]]
  readonly clock: Clock
  readonly actor: () => RecordingActor | null
  readonly locks: LockSource
  readonly channel: WindowChannel
  readonly lockName: string
  readonly patienceMs?: number
  /** Hears the end of the chain whenever it is durable in every journal. */
  readonly reached?: (head: ChainHead) => void
  /** Makes the second copy lose what was taken off this device. */
  readonly removed?: () => Promise<void>
}

const PATIENCE_MS = 2000

type InTurn = <Value>(work: () => Promise<Value>) => Promise<Value>

// One thing at a time: numbers and hashes of a chain allow no two writers.
function createTurns(): InTurn {
  let queue: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = queue.then(work, work)
    queue = turn.catch(() => undefined)
    return turn
  }
}

async function levelNow(parts: LedgerParts, memory: LedgerMemory): Promise<boolean> {
  try {
    const moved = await memory.level()
    parts.reached?.(memory.head)
    return moved
  } catch (thrown) {
    await memory.reload(true)
    throw thrown
  }
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
    state,
  }
}

interface Window {
  readonly parts: LedgerParts
  readonly memory: LedgerMemory
  readonly inTurn: InTurn
  readonly exclusively: InTurn
  readonly tell: (change: LedgerChange) => void
  readonly lock: JournalLock
  readonly retire: () => void
}

async function releaseAll(journals: readonly Journal[]): Promise<void> {
  for (const journal of journals) await journal.release?.()
}

// How this window, its listeners and the other windows hear of a change.
function openWindow(parts: LedgerParts, listeners: ReadonlySet<(change: LedgerChange) => void>): Window {
  const memory = createLedgerMemory(parts)
  const inTurn = createTurns()
  let retired = false
  const tellHere = (change: LedgerChange): void => {
    for (const listener of listeners) listener(change)
  }
  const refresh = (streams: readonly StreamId[] | null, mayWrite: boolean) => async () => {
    await memory.reload(mayWrite)
    memory.reader.forget(streams ?? 'all')
    tellHere(streams === null ? null : new Set(streams))
  }
  const lock = createJournalLock({
    locks: parts.locks,
    channel: parts.channel,
    name: parts.lockName,
    onTaken: () => inTurn(refresh(null, true)),
    idle: () => inTurn(() => releaseAll(parts.journals)),
  })
  parts.channel.listen((message) => {
    if (message.kind === 'changed' && !lock.held) void inTurn(refresh(message.streams, false)).catch(() => undefined)
  })
  return {
    parts,
    memory,
    inTurn,
    lock,
    retire: () => {
      retired = true
    },
    exclusively: (work) =>
      inTurn(() => {
        if (retired || !lock.held) throw new Fault('another-window')
        return work()
      }),
    tell(change) {
      tellHere(change)
      parts.channel.post({ kind: 'changed', streams: change === null ? null : [...change] })
    },
  }
}

function syncSide({ parts, memory, exclusively, tell, lock, retire }: Window): LedgerSync {
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
    leaveClasses: (closed) =>
      exclusively(async () => {
        const left = new Set(memory.state.left)
        const waiting = new Set([...memory.pending.streams()].map(classOf))
        const leaving = closed.filter((classId) => !left.has(classId))
        const free = leaving.filter((classId) => !waiting.has(classId))
        if (free.length > 0) {
          tell(await memory.leave(free))
          await parts.removed?.()
        }
        return free.length === leaving.length
      }),
    levelJournals: () =>
      exclusively(async () => {
        if (memory.uneven && (await levelNow(parts, memory))) tell(null)
      }),
  }
}

/** Opens the ledger of a joined device for reading, and takes the journal when no other window holds it. Faults: storage-full, storage-broken. */
export async function openClientLedger(parts: LedgerParts): Promise<ClientLedger & LedgerSync> {
  const listeners = new Set<(change: LedgerChange) => void>()
  const window = openWindow(parts, listeners)
  const { memory, lock, exclusively, tell } = window
  if (!(await lock.takeIfFree())) await memory.reload(false)
  if (lock.held && memory.state.foldVersion !== FOLD_VERSION)
    await exclusively(() => rebuildSnapshots(memory, parts.store))
  return {
    ...syncSide(window),
    async record(command, options = {}) {
      if (!(await lock.take(parts.patienceMs ?? PATIENCE_MS))) throw new Fault('another-window')
      const result = await exclusively(() => recordNow(parts, memory, command, options))
      if (result.ok) tell(new Set(result.value.map(({ entry }) => entry.stream)))
      return result
    },
    state: memory.reader.state,
    all: memory.reader.all,
    subscribe(onChange) {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
  }
}
