// A tablet's disk: it outlives reloads. A write may take its time, and a window that dies in the middle of one never hears of it,
// whether it took place or not. Each write is whole or not at all, as a transaction of IndexedDB is.
import type { StreamId } from '#contract/envelope.ts'
import type { ConfirmedStep, ConfirmedStore, SyncState } from '#client/storage/confirmed-store.ts'
import type { JournalRow, RefusedRow, SegmentRow, SnapshotRow } from '#client/storage/database.ts'
import { storageFaultOf } from '#client/storage/fault.ts'
import type { Journal } from '#client/storage/journal.ts'
import { createSecondStore } from '#client/storage/second-store.ts'
import type { SecondStore } from '#client/storage/second-store.ts'
import { makeMemoryFolders, type MemoryFolders } from '#test/support/memory-files.ts'
import type { SeededRandom } from '#test/support/seeded-random.ts'

/** What lies on the disk. `cursorWhenWritten`: how much of the ledger this tablet knew when it wrote an entry, by entry id. */
export interface DiskRows {
  readonly journal: JournalRow[]
  readonly segments: Map<number, SegmentRow>
  readonly snapshots: Map<string, SnapshotRow>
  readonly refused: Map<string, RefusedRow>
  state: SyncState | null
  readonly cursorWhenWritten: Map<string, number>
}

interface SlowWrite {
  readonly apply: () => void
  readonly done: () => void
}

export interface SimulatedDisk {
  readonly rows: DiskRows
  readonly slowWrites: number
  /** Opens the disk for a window; the one before it is dead from now on. Writes take place at once until the window has `begun`. */
  open(): { readonly journal: Journal; readonly store: ConfirmedStore; readonly second: SecondStore }
  begun(): void
  /** The first store writing at once, for what is rebuilt while nobody works. */
  atOnce(): { readonly journal: Journal; readonly store: ConfirmedStore }
  /** One of the two stores is gone, or the end of a file of the second is torn or flipped. */
  lose(what: 'first' | 'second' | 'tail'): void
  /** The oldest slow write takes place. */
  step(): void
  /** The window ends; each slow write took place or did not. */
  cut(): void
  /** Writes begin to fail and to take their time, or all take place at once from now on. It begins in peace. */
  trouble(): void
  heal(): void
}

type Write = (apply: () => void, tornBy: number) => Promise<void>

const FOLDER = 'xincheng-1'

const atOnce: Write = async (apply) => apply()

function emptyRows(rows: DiskRows): void {
  rows.journal.length = 0
  for (const table of [rows.segments, rows.snapshots, rows.refused]) table.clear()
  rows.state = null
}

function damageOne({ folders }: MemoryFolders, random: SeededRandom): void {
  const all = [...(folders.get(FOLDER)?.values() ?? [])].filter(({ bytes }) => bytes.length > 0)
  if (all.length === 0) return
  const file = random.pick(all)
  const at = random.integer(0, file.bytes.length - 1)
  if (random.chance(0.5)) file.bytes = file.bytes.slice(0, at)
  else file.bytes[at] = (file.bytes[at] ?? 0) ^ 0x20
}

const never = <Value>(): Promise<Value> => new Promise(() => undefined)

function applyStep(rows: DiskRows, step: ConfirmedStep): void {
  if (step.clear !== undefined) rows.snapshots.clear()
  if (step.clear === 'all') rows.segments.clear()
  if (step.segment !== undefined) rows.segments.set(step.segment.after, step.segment)
  for (const row of step.snapshots ?? []) rows.snapshots.set(row.stream, row)
  for (const row of step.refused ?? []) rows.refused.set(`${row.epoch} ${String(row.seq)}`, row)
  for (const row of step.noLongerRefused ?? []) rows.refused.delete(`${row.epoch} ${String(row.seq)}`)
  rows.state = step.state
}

function removeStreams(rows: DiskRows, isGone: (stream: StreamId) => boolean, state: SyncState): void {
  for (const stream of rows.snapshots.keys()) if (isGone(stream)) rows.snapshots.delete(stream)
  for (const [after, page] of rows.segments) {
    const kept = page.lines.split('\n').filter((line) => {
      const { stream } = JSON.parse(line.slice(line.indexOf('{'))) as { readonly stream: StreamId }
      return !isGone(stream)
    })
    if (kept.length === 0) rows.segments.delete(after)
    else rows.segments.set(after, { ...page, lines: kept.join('\n') })
  }
  rows.state = state
}

function appendRows(rows: DiskRows, added: readonly JournalRow[]): void {
  for (const row of added) {
    if (rows.journal.some(({ epoch, seq }) => epoch === row.epoch && seq === row.seq)) {
      throw new DOMException('the key is taken', 'ConstraintError')
    }
    rows.journal.push(row)
    rows.cursorWhenWritten.set(row.id, rows.state?.cursor ?? 0)
  }
}

function journalOver(rows: DiskRows, write: Write): Journal {
  const from = (epoch: string, fromSeq: number) =>
    rows.journal.filter((row) => row.epoch === epoch && row.seq >= fromSeq)
  return {
    name: 'simulated',
    append: (added) => write(() => appendRows(rows, added), 0.5),
    read: async (epoch, fromSeq, limit) => from(epoch, fromSeq).slice(0, limit),
    last: async (epoch) => from(epoch, 0).at(-1) ?? null,
  }
}

function storeOver(rows: DiskRows, write: Write): ConfirmedStore {
  return {
    loadState: async () => rows.state,
    commit: (step) => write(() => applyStep(rows, step), 0),
    snapshot: async (stream) => rows.snapshots.get(stream) ?? null,
    snapshots: async (streams) => streams.flatMap((stream) => rows.snapshots.get(stream) ?? []),
    family: async (family) => [...rows.snapshots.values()].filter((row) => row.family === family),
    segments: async (after, limit) =>
      [...rows.segments.values()]
        .filter((row) => row.after >= after)
        .sort((first, second) => first.after - second.after)
        .slice(0, limit),
    refused: async () => [...rows.refused.values()],
    remove: (isGone, state) => write(() => removeStreams(rows, isGone, state), 0),
  }
}

/** An empty disk. */
export function makeSimulatedDisk(random: SeededRandom): SimulatedDisk {
  const rows: DiskRows = {
    journal: [],
    segments: new Map(),
    snapshots: new Map(),
    refused: new Map(),
    state: null,
    cursorWhenWritten: new Map(),
  }
  let slow: SlowWrite[] = []
  const files = makeMemoryFolders()
  let owner = {}
  let window = 0
  let healed = true
  let isOpening = false

  // `tornBy`: how often a failing write took place all the same. A journal may do that, a transaction does not.
  function writeOf(own: number): Write {
    return async (apply, tornBy) => {
      if (own !== window) return never()
      const dice = healed || isOpening ? 0 : random.next()
      if (dice > 0.97) {
        if (random.chance(tornBy)) apply()
        throw storageFaultOf(new DOMException('no room', 'QuotaExceededError'))
      }
      if (dice > 0.75) return new Promise((done) => slow.push({ apply, done }))
      apply()
      return undefined
    }
  }
  return {
    rows,
    get slowWrites() {
      return slow.length
    },
    open() {
      window += 1
      isOpening = true
      files.letGo(owner)
      owner = {}
      const write = writeOf(window)
      const second = createSecondStore(files.sourceFor(owner).files(FOLDER))
      return { journal: journalOver(rows, write), store: storeOver(rows, write), second }
    },
    begun() {
      isOpening = false
    },
    atOnce: () => ({ journal: journalOver(rows, atOnce), store: storeOver(rows, atOnce) }),
    lose(what) {
      if (what === 'first') emptyRows(rows)
      else if (what === 'second') files.folders.clear()
      else damageOne(files, random)
    },
    step() {
      const write = slow.shift()
      write?.apply()
      write?.done()
    },
    cut() {
      window += 1
      const kept = random.integer(0, slow.length)
      for (const write of slow.slice(0, kept)) write.apply()
      slow = []
    },
    trouble() {
      healed = false
    },
    heal() {
      healed = true
      for (const write of slow.splice(0)) {
        write.apply()
        write.done()
      }
    },
  }
}
