// One window of the ledger: one thing at a time, only while it holds the journal, and every change told to its listeners and the other windows.
import type { StreamId } from '#contract/envelope.ts'
import { FOLD_VERSION } from '#domain/fold-version.ts'
import type { ConfirmedStore } from '#client/storage/confirmed-store.ts'
import type { DeviceRecord } from '#client/storage/device-store.ts'
import { Fault } from '#client/storage/fault.ts'
import type { Journal } from '#client/storage/journal.ts'
import { createJournalLock } from './journal-lock.ts'
import type { JournalLock, LockSource, WindowChannel } from './journal-lock.ts'
import { createLedgerMemory } from './ledger-memory.ts'
import type { LedgerChange, LedgerMemory } from './ledger-memory.ts'
import type { JournalKeeps } from './prune-journals.ts'
import type { ChainHead, RecordingActor } from './record-entry.ts'
import type { Clock } from './time.ts'

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
  /** How much of the chain stays however safe it is. */
  readonly keeps?: JournalKeeps | undefined
  /** Hears the end of the chain whenever it is durable in every journal. */
  readonly reached?: (head: ChainHead) => void
  /** Makes the second copy lose what was taken off this device. */
  readonly removed?: () => Promise<void>
}

/** How long a tap waits for another window unless told otherwise, in milliseconds. */
export const PATIENCE_MS = 2000

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

/** Makes the journals level; what a failure leaves is read again. Faults: storage-full, storage-broken. */
export async function levelNow(parts: LedgerParts, memory: LedgerMemory): Promise<boolean> {
  try {
    const moved = await memory.level()
    parts.reached?.(memory.head)
    return moved
  } catch (thrown) {
    await memory.reload(true)
    throw thrown
  }
}

/** The ledger in this window: its memory, its lock, and how it and the other windows hear of a change. */
export interface LedgerWindow {
  readonly parts: LedgerParts
  readonly memory: LedgerMemory
  readonly inTurn: InTurn
  readonly exclusively: InTurn
  readonly tell: (change: LedgerChange) => void
  readonly lock: JournalLock
  readonly retire: () => void
  /** Does what needs the states, which a later version of the program may have folded. Faults: other-version. @rule LED-10 */
  readonly understood: InTurn
}

async function releaseAll(journals: readonly Journal[]): Promise<void> {
  for (const journal of journals) await journal.release?.()
}

/** Opens it; nothing is read yet. */
export function openWindow(parts: LedgerParts, listeners: ReadonlySet<(change: LedgerChange) => void>): LedgerWindow {
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
  const understood: InTurn = async (work) => {
    if (memory.state.foldVersion > FOLD_VERSION) throw new Fault('other-version')
    return work()
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
    understood,
    retire: () => {
      retired = true
    },
    exclusively: (work) =>
      inTurn(() => {
        if (retired || !lock.held) throw new Fault('another-window')
        return understood(work)
      }),
    tell(change) {
      tellHere(change)
      parts.channel.post({ kind: 'changed', streams: change === null ? null : [...change] })
    },
  }
}
