// What this window keeps in memory of the ledger: how far it is, the end of its chain, pending and refused entries, and the states it has read.
import type { RecordedEntry, StreamId } from '#contract/envelope.ts'
import { classOf } from '#contract/streams.ts'
import type { ClassId } from '#contract/values.ts'
import type { ConfirmedStep, ConfirmedStore, SyncState } from '#client/storage/confirmed-store.ts'
import type { RefusedRow } from '#client/storage/database.ts'
import type { DeviceRecord } from '#client/storage/device-store.ts'
import type { Journal } from '#client/storage/journal.ts'
import { freshSyncState } from './confirm-entries.ts'
import { createPendingEntries, firstOpenSeq } from './pending-entries.ts'
import type { PendingEntries } from './pending-entries.ts'
import { createStreamReader } from './read-stream.ts'
import type { StreamReader } from './read-stream.ts'
import { levelJournals, readHead } from './record-entry.ts'
import type { ChainHead } from './record-entry.ts'

/** What changed: these streams, or null for everything. */
export type LedgerChange = ReadonlySet<StreamId> | null

/** The memory of one window. It must be reloaded before the window may write. */
export interface LedgerMemory {
  readonly reader: StreamReader
  readonly pending: PendingEntries
  readonly state: SyncState
  readonly head: ChainHead
  readonly refused: readonly RefusedRow[]
  /**
   * Reads everything again from the stores. A window that may not write reads the first journal alone: only one may hold the files of the second.
   * A second journal that cannot be read leaves the journals uneven, so that nothing is recorded before it can. Faults: storage-broken.
   */
  reload(mayWrite: boolean): Promise<void>
  /** Whether the journals may differ, since they were read or since a write failed; `level` makes them equal and says whether they were not. Faults: storage-full, storage-broken. */
  readonly uneven: boolean
  level(): Promise<boolean>
  /** Commits a step and takes it over; answers what changed. Faults: storage-full, storage-broken. */
  commit(step: ConfirmedStep): Promise<LedgerChange>
  /** Takes classes off this device: everything changed. Faults: storage-full, storage-broken. */
  leave(classIds: readonly ClassId[]): Promise<void>
  /** Takes over entries that are durable in every journal. */
  appended(head: ChainHead, recorded: readonly RecordedEntry[]): void
}

interface MemoryParts {
  readonly device: DeviceRecord
  readonly store: ConfirmedStore
  readonly journals: readonly [Journal, ...Journal[]]
}

async function readable(journals: MemoryParts['journals'], epoch: string): Promise<readonly Journal[]> {
  const [first, ...others] = journals
  const found = await Promise.allSettled(others.map((journal) => journal.last(epoch)))
  return [first, ...others.filter((_, index) => found[index]?.status === 'fulfilled')]
}

async function refusedOf(store: ConfirmedStore, { epoch }: DeviceRecord): Promise<readonly RefusedRow[]> {
  return (await store.refused()).filter((row) => row.epoch === epoch)
}

async function removeClasses(
  store: ConfirmedStore,
  state: SyncState,
  classIds: readonly ClassId[],
): Promise<SyncState> {
  const gone = new Set<string>(classIds)
  const next = { ...state, left: [...(state.left ?? []), ...classIds] }
  await store.remove((stream) => gone.has(classOf(stream) ?? ''), next)
  return next
}

function showStep(reader: StreamReader, { clear, snapshots }: ConfirmedStep): void {
  if (clear !== undefined) reader.forget('all')
  if (snapshots !== undefined) reader.replace(snapshots)
}

function loaded(head: ChainHead | null): ChainHead {
  if (head === null) throw new TypeError('the memory was not loaded')
  return head
}

/** Makes an empty memory over the stores. */
export function createLedgerMemory({ device, store, journals }: MemoryParts): LedgerMemory {
  const pending = createPendingEntries()
  const reader = createStreamReader(store, pending)
  let state = freshSyncState(device.serverEpoch)
  let head: ChainHead | null = null
  let refused: readonly RefusedRow[] = []
  let uneven = true
  const refusedSeqs = () => new Set(refused.map(({ seq }) => seq))
  const loadRefused = async (): Promise<void> => void (refused = await refusedOf(store, device))
  const loadPending = async (): Promise<void> =>
    pending.load(await journals[0].read(device.epoch, firstOpenSeq(state)), state, refusedSeqs())
  return {
    reader,
    pending,
    get state() {
      return state
    },
    get head() {
      return loaded(head)
    },
    get refused() {
      return refused
    },
    get uneven() {
      return uneven
    },
    async level() {
      const moved = await levelJournals(journals, device.epoch)
      if (moved) await loadPending()
      uneven = false
      return moved
    },
    async reload(mayWrite) {
      uneven = true
      state = (await store.loadState()) ?? freshSyncState(device.serverEpoch)
      await loadRefused()
      head = await readHead(mayWrite ? await readable(journals, device.epoch) : [journals[0]], device.epoch)
      await loadPending()
    },
    async commit(step) {
      const wentBack = step.state.watermark < state.watermark || step.clear === 'all'
      await store.commit(step)
      state = step.state
      showStep(reader, step)
      if (step.refused !== undefined || step.noLongerRefused !== undefined) await loadRefused()
      if (wentBack) await loadPending()
      const touched = pending.settle(state, refusedSeqs())
      const isAnew = wentBack || step.clear !== undefined
      return isAnew ? null : new Set([...touched, ...(step.snapshots ?? []).map(({ stream }) => stream)])
    },
    async leave(classIds) {
      state = await removeClasses(store, state, classIds)
      reader.forget('all')
    },
    appended(newHead, recorded) {
      head = newHead
      pending.add(recorded)
    },
  }
}
