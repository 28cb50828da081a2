// A tablet's disk: it outlives reloads. A write may take its time, and a window that dies in the middle of one never hears of it,
// whether it took place or not. Each write is whole or not at all, as a transaction of IndexedDB is.
import type { StreamId } from '#contract/envelope.ts'
import type { ConfirmedStep, ConfirmedStore, SyncState } from '#client/storage/confirmed-store.ts'
import type { CarriedFiles, FileKeys, FileStore } from '#client/storage/file-store.ts'
import type { JournalRow, RefusedRow, SegmentRow, SnapshotRow } from '#client/storage/database.ts'
import { storageFaultOf } from '#client/storage/fault.ts'
import type { Journal } from '#client/storage/journal.ts'
import { createSecondStore } from '#client/storage/second-store.ts'
import type { SecondStore } from '#client/storage/second-store.ts'
import { makeMemoryFolders, type MemoryFolders } from '#test/support/memory-files.ts'
import type { SeededRandom } from '#test/support/seeded-random.ts'
import { Violation } from './promises.ts'

/** What lies on the disk. `cursorWhenWritten`: how much of the ledger this tablet knew when it wrote an entry, by entry id. */
export interface DiskRows {
  readonly journal: JournalRow[]
  readonly segments: Map<number, SegmentRow>
  readonly snapshots: Map<string, SnapshotRow>
  readonly refused: Map<string, RefusedRow>
  state: SyncState | null
  fileKeys: FileKeys | null
  carried: CarriedFiles
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
  /** What the window keeps of carried files. */
  fileStore(): FileStore
  /** Another disk with the same bytes, as a copied profile has it; nothing is under way on it. */
  copy(): SimulatedDisk
  /** The bytes of every file of the second store. */
  files(): readonly Uint8Array[]
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
  /** Does work whose writes may fail but never take their time: nobody steps the disk meanwhile. */
  unhurried<Value>(work: () => Promise<Value>): Promise<Value>
}

type Write = (apply: () => void, tornBy: number) => Promise<void>

const FOLDER = 'xincheng-1'
const NOTHING_CARRIED: CarriedFiles = { left: null, came: null }

const atOnce: Write = async (apply) => apply()

function emptyRows(rows: DiskRows): void {
  rows.journal.length = 0
  for (const table of [rows.segments, rows.snapshots, rows.refused]) table.clear()
  rows.state = null
  rows.fileKeys = null
  rows.carried = NOTHING_CARRIED
}

function emptyDisk(): DiskRows {
  return {
    journal: [],
    segments: new Map(),
    snapshots: new Map(),
    refused: new Map(),
    state: null,
    fileKeys: null,
    carried: NOTHING_CARRIED,
    cursorWhenWritten: new Map(),
  }
}

function copyOf(rows: DiskRows): DiskRows {
  return {
    ...rows,
    journal: [...rows.journal],
    segments: new Map(rows.segments),
    snapshots: new Map(rows.snapshots),
    refused: new Map(rows.refused),
    cursorWhenWritten: new Map(rows.cursorWhenWritten),
  }
}

function copyOfFiles({ folders }: MemoryFolders): MemoryFolders {
  const copy = makeMemoryFolders()
  for (const [name, files] of folders) {
    const copies = [...files].map(([file, { bytes }]) => [file, { bytes: bytes.slice(), owner: null }] as const)
    copy.folders.set(name, new Map(copies))
  }
  return copy
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
    const there = rows.journal.find(({ epoch, seq }) => epoch === row.epoch && seq === row.seq)
    if (there !== undefined) {
      if (there.id !== row.id) throw new Violation('I3', `seq ${String(row.seq)} is given twice on one tablet`)
      throw new DOMException('the key is taken', 'ConstraintError')
    }
    rows.journal.push(row)
    // A row that is put back after a loss was written when it was written.
    if (!rows.cursorWhenWritten.has(row.id)) rows.cursorWhenWritten.set(row.id, rows.state?.cursor ?? 0)
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

function fileStoreOver(rows: DiskRows, write: Write): FileStore {
  return {
    keys: async () => rows.fileKeys,
    saveKeys: async (keys) => void (rows.fileKeys = keys),
    siteKey: async () => null,
    saveSiteKey: async () => undefined,
    carried: async () => rows.carried,
    saveCarried: (change) => write(() => void (rows.carried = { ...rows.carried, ...change }), 0),
  }
}

/** An empty disk, or one that begins with the bytes of another. */
export function makeSimulatedDisk(
  random: SeededRandom,
  rows: DiskRows = emptyDisk(),
  files: MemoryFolders = makeMemoryFolders(),
): SimulatedDisk {
  let slow: SlowWrite[] = []
  let owner = {}
  let window = 0
  let healed = true
  let isOpening = false
  let isUnhurried = false

  // `tornBy`: how often a failing write took place all the same. A journal may do that, a transaction does not.
  function writeOf(own: number): Write {
    return async (apply, tornBy) => {
      if (own !== window) return never()
      const dice = healed || isOpening ? 0 : random.next()
      if (dice > 0.97) {
        if (random.chance(tornBy)) apply()
        throw storageFaultOf(new DOMException('no room', 'QuotaExceededError'))
      }
      if (dice > 0.75 && !isUnhurried) return new Promise((done) => slow.push({ apply, done }))
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
    fileStore: () => fileStoreOver(rows, writeOf(window)),
    copy: () => makeSimulatedDisk(random, copyOf(rows), copyOfFiles(files)),
    files: () => [...files.folders.values()].flatMap((folder) => [...folder.values()].map(({ bytes }) => bytes)),
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
    async unhurried(work) {
      isUnhurried = true
      try {
        return await work()
      } finally {
        isUnhurried = false
      }
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
