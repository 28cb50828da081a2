// The second journal: an append-only file with a CRC a batch. It survives the loss of IndexedDB, and IndexedDB survives its loss.
import type { JournalRow } from './database.ts'
import { Fault, guardStorage } from './fault.ts'
import type { Journal } from './journal.ts'
import type { LogFiles } from './log-files.ts'

const LOG = { name: 'journal', check: 'whole', rewritten: false } as const
/** What a pruning left; everything appended since lies in the log itself. */
const LEFT = { name: 'journal-left', check: 'whole', rewritten: true } as const
/** Rebuilding writes many rows; a frame stays small enough to be read alone. */
const ROWS_A_FRAME = 500

interface Batch {
  readonly epoch: string
  readonly fromSeq: number
  readonly toSeq: number
}

/** Where a batch lies. */
interface PlacedBatch extends Batch {
  readonly log: string
  readonly index: number
}

interface Opened {
  batches: PlacedBatch[]
  readonly lasts: Map<string, JournalRow>
  /** How many frames the log has. */
  frameCount: number
}

function batchOf(head: string): Batch {
  const [epoch = '', fromSeq, toSeq] = head.split(' ')
  return { epoch, fromSeq: Number(fromSeq), toSeq: Number(toSeq) }
}

function rowsOf(batch: Batch, body: string | null | undefined): readonly JournalRow[] {
  if (body === null || body === undefined) throw new Fault('storage-broken', new Error('a batch changed on the disk'))
  return body.split('\n').map((line, index) => {
    const blank = line.indexOf(' ')
    const id = line.slice(0, blank) as JournalRow['id']
    return { epoch: batch.epoch, seq: batch.fromSeq + index, id, text: line.slice(blank + 1) }
  })
}

// One frame holds rows that follow one another in one epoch.
function framesOf(rows: readonly JournalRow[]): (Batch & { readonly rows: JournalRow[] })[] {
  const frames: { epoch: string; fromSeq: number; toSeq: number; rows: JournalRow[] }[] = []
  for (const row of rows) {
    const last = frames.at(-1)
    if (last?.epoch === row.epoch && last.toSeq + 1 === row.seq && last.rows.length < ROWS_A_FRAME) {
      last.rows.push(row)
      last.toSeq = row.seq
    } else frames.push({ epoch: row.epoch, fromSeq: row.seq, toSeq: row.seq, rows: [row] })
  }
  return frames
}

const bodyOf = (rows: readonly JournalRow[]): string => rows.map(({ id, text }) => `${id} ${text}`).join('\n')

const placed = (log: string, heads: readonly string[]): PlacedBatch[] =>
  heads.map((head, index) => ({ ...batchOf(head), log, index }))

async function rowsAt(files: LogFiles, batch: PlacedBatch): Promise<readonly JournalRow[]> {
  const [body] = await files.bodies(batch.log, batch.index, batch.index + 1)
  return rowsOf(batch, body)
}

const isMark = ({ fromSeq }: Batch): boolean => fromSeq === 0

/**
 * The batches that continue one another, in each epoch from its beginning on. What lies behind a hole is as good as not there, so that the other
 * journal gives it anew; what is there twice is taken once, as when a pruning ended before the log was emptied.
 */
function continuous(left: readonly PlacedBatch[], log: readonly PlacedBatch[]): PlacedBatch[] {
  const next = new Map(log.filter(isMark).map(({ epoch, toSeq }) => [epoch, toSeq + 1]))
  return [...left, ...log].filter((batch) => {
    if (isMark(batch)) return false
    const expected = next.get(batch.epoch) ?? batch.fromSeq
    const goesOn = batch.fromSeq <= expected && batch.toSeq >= expected
    next.set(batch.epoch, goesOn ? batch.toSeq + 1 : expected)
    return goesOn
  })
}

async function openJournal(files: LogFiles): Promise<Opened> {
  const left = placed(LEFT.name, (await files.open(LEFT)).heads)
  const log = placed(LOG.name, (await files.open(LOG)).heads)
  const batches = continuous(left, log)
  const lasts = new Map<string, JournalRow>()
  for (const [epoch, batch] of new Map(batches.map((one) => [one.epoch, one]))) {
    const last = (await rowsAt(files, batch)).at(-1)
    if (last !== undefined) lasts.set(epoch, last)
  }
  return { batches, lasts, frameCount: log.length }
}

const frameOf = ({ epoch, fromSeq, toSeq, rows }: Batch & { readonly rows: readonly JournalRow[] }) => ({
  head: `${epoch} ${String(fromSeq)} ${String(toSeq)}`,
  body: bodyOf(rows),
})

/** The rows of all batches but those of an epoch up to a seq, each once. */
async function rowsAfter(
  files: LogFiles,
  batches: readonly PlacedBatch[],
  epoch: string,
  end: number,
): Promise<readonly JournalRow[]> {
  const rows: JournalRow[] = []
  const lasts = new Map([[epoch, end]])
  for (const batch of batches) {
    if (batch.toSeq <= (lasts.get(batch.epoch) ?? 0)) continue
    rows.push(...(await rowsAt(files, batch)).filter(({ seq }) => seq > (lasts.get(batch.epoch) ?? 0)))
    lasts.set(batch.epoch, batch.toSeq)
  }
  return rows
}

// First what stays, whole or not at all; then the log is emptied. Whatever fails on the way, what is known of the files is what is in them.
async function pruneLogs(files: LogFiles, open: Opened, epoch: string, upToSeq: number): Promise<void> {
  const end = Math.min(upToSeq, (open.lasts.get(epoch)?.seq ?? 0) - 1)
  const frames = framesOf(await rowsAfter(files, open.batches, epoch, end))
  await files.rewrite(LEFT.name, frames.map(frameOf))
  open.batches = frames.map((frame, index) => ({ ...frame, log: LEFT.name, index }))
  await files.clear(LOG.name)
  open.frameCount = 0
  // So that the log, if ever what was left is damaged, does not pass for a whole chain that begins later.
  await files.append(LOG.name, [{ head: `${epoch} 0 ${String(end)}`, body: '' }])
  open.frameCount = 1
}

/**
 * The journal over the files of the second store. It opens them when it is first asked, `release` lets go of them, and the next call opens them
 * again. Faults: storage-full, storage-broken, another-window (another window holds the files).
 */
export function createOpfsJournal(files: LogFiles): Journal & Required<Pick<Journal, 'release' | 'prune'>> {
  let opening: Promise<Opened> | null = null
  async function opened(): Promise<Opened> {
    opening ??= openJournal(files)
    try {
      return await opening
    } catch (thrown) {
      opening = null
      throw thrown
    }
  }
  async function read(epoch: string, fromSeq: number, limit = Number.POSITIVE_INFINITY): Promise<JournalRow[]> {
    const { batches } = await opened()
    const found: JournalRow[] = []
    for (const batch of batches) {
      if (found.length >= limit) break
      if (batch.epoch !== epoch || batch.toSeq < fromSeq) continue
      const next = Math.max(fromSeq, (found.at(-1)?.seq ?? 0) + 1)
      found.push(...(await rowsAt(files, batch)).filter(({ seq }) => seq >= next))
    }
    return found.slice(0, limit)
  }
  return {
    name: 'opfs',
    append: (rows) =>
      guardStorage(async () => {
        const open = await opened()
        const { batches, lasts } = open
        const frames = framesOf(rows)
        // A seq that is taken must never be written twice.
        if (rows.some(({ epoch, seq }) => seq <= (lasts.get(epoch)?.seq ?? 0)))
          throw new DOMException('the seq is taken', 'ConstraintError')
        await files.append(LOG.name, frames.map(frameOf))
        for (const { epoch, fromSeq, toSeq } of frames) {
          batches.push({ epoch, fromSeq, toSeq, log: LOG.name, index: open.frameCount })
          open.frameCount += 1
        }
        for (const row of rows) lasts.set(row.epoch, row)
      }),
    read: (epoch, fromSeq, limit) => guardStorage(() => read(epoch, fromSeq, limit)),
    last: (epoch) => guardStorage(async () => (await opened()).lasts.get(epoch) ?? null),
    prune: (epoch, upToSeq) => guardStorage(async () => pruneLogs(files, await opened(), epoch, upToSeq)),
    release: () =>
      guardStorage(async () => {
        opening = null
        await files.close()
      }),
  }
}
