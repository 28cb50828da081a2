// The second journal: an append-only file with a CRC a batch. It survives the loss of IndexedDB, and IndexedDB survives its loss.
import type { JournalRow } from './database.ts'
import { Fault, guardStorage } from './fault.ts'
import type { Journal } from './journal.ts'
import type { LogFiles } from './log-files.ts'

const LOG = { name: 'journal', check: 'whole', rewritten: false } as const
/** Rebuilding writes many rows; a frame stays small enough to be read alone. */
const ROWS_A_FRAME = 500

interface Batch {
  readonly epoch: string
  readonly fromSeq: number
  readonly toSeq: number
}

interface Opened {
  readonly batches: Batch[]
  readonly lasts: Map<string, JournalRow>
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

async function openJournal(files: LogFiles): Promise<Opened> {
  const { heads } = await files.open(LOG)
  const batches = heads.map(batchOf)
  const lasts = new Map<string, JournalRow>()
  const newest = new Map(batches.map(({ epoch }, index) => [epoch, index]))
  for (const [epoch, index] of newest) {
    const [body] = await files.bodies(LOG.name, index, index + 1)
    const batch = batches[index]
    const last = batch === undefined ? undefined : rowsOf(batch, body).at(-1)
    if (last !== undefined) lasts.set(epoch, last)
  }
  return { batches, lasts }
}

/**
 * The journal over the files of the second store. It opens them when it is first asked, `release` lets go of them, and the next call opens them
 * again. Faults: storage-full, storage-broken, another-window (another window holds the files).
 */
export function createOpfsJournal(files: LogFiles): Journal & Required<Pick<Journal, 'release'>> {
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
    for (const [index, batch] of batches.entries()) {
      if (found.length >= limit) break
      if (batch.epoch !== epoch || batch.toSeq < fromSeq) continue
      const [body] = await files.bodies(LOG.name, index, index + 1)
      found.push(...rowsOf(batch, body).filter(({ seq }) => seq >= fromSeq))
    }
    return found.slice(0, limit)
  }
  return {
    name: 'opfs',
    append: (rows) =>
      guardStorage(async () => {
        const { batches, lasts } = await opened()
        const frames = framesOf(rows)
        // A seq that is taken must never be written twice.
        if (rows.some(({ epoch, seq }) => seq <= (lasts.get(epoch)?.seq ?? 0)))
          throw new DOMException('the seq is taken', 'ConstraintError')
        await files.append(
          LOG.name,
          frames.map(({ epoch, fromSeq, toSeq, rows: batch }) => ({
            head: `${epoch} ${String(fromSeq)} ${String(toSeq)}`,
            body: bodyOf(batch),
          })),
        )
        batches.push(...frames.map(({ epoch, fromSeq, toSeq }) => ({ epoch, fromSeq, toSeq })))
        for (const row of rows) lasts.set(row.epoch, row)
      }),
    read: (epoch, fromSeq, limit) => guardStorage(() => read(epoch, fromSeq, limit)),
    last: (epoch) => guardStorage(async () => (await opened()).lasts.get(epoch) ?? null),
    release: () =>
      guardStorage(async () => {
        opening = null
        await files.close()
      }),
  }
}
