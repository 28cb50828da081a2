// The two logs of the second copy: changes of the small things, written anew now and then, and the pages, which are many and never change.
import type { ConfirmedStep } from './confirmed-store.ts'
import type { SegmentRow } from './database.ts'
import type { Frame } from './framed-log.ts'
import { emptyContent, foldKept } from './kept-content.ts'
import type { KeptContent, KeptFrame } from './kept-content.ts'
import type { LogFiles } from './log-files.ts'

const KEPT = { name: 'kept', check: 'whole', rewritten: true } as const
/** Pages are checked when they are read and not at every opening. */
const PAGES = { name: 'segments', check: 'heads', rewritten: false } as const
const FRAMES_MAX = 3000
const PAGES_A_READ = 20

interface Opened {
  /** The heads of the pages, in order. */
  heads: string[]
  frameCount: number
}

/** Opens the logs when they are first asked for. */
export interface KeptOpening {
  opened(): Promise<Opened>
  forget(): void
}

/** Makes the opening of both logs. */
export function createKeptOpening(files: LogFiles): KeptOpening {
  let opening: Promise<Opened> | null = null
  async function openBoth(): Promise<Opened> {
    const kept = await files.open(KEPT)
    const pages = await files.open(PAGES)
    return { heads: [...pages.heads], frameCount: kept.heads.length }
  }
  return {
    async opened() {
      opening ??= openBoth()
      try {
        return await opening
      } catch (thrown) {
        opening = null
        throw thrown
      }
    },
    forget() {
      opening = null
    },
  }
}

function pageFrame({ after, cursor, lines }: SegmentRow): Frame {
  return { head: `${String(after)} ${String(cursor)}`, body: lines }
}

function pageOf(head: string, lines: string): SegmentRow {
  const [after, cursor] = head.split(' ')
  return { after: Number(after), cursor: Number(cursor), lines }
}

/** The log of the pages. */
export interface PageLog {
  append(pages: readonly SegmentRow[]): Promise<void>
  clear(): Promise<void>
  /** Pages in order from the `from`th on, at most twenty; a page whose bytes changed ends the list. */
  read(from: number): Promise<readonly SegmentRow[]>
}

/** The pages over the files. */
export function createPageLog(files: LogFiles, { opened }: KeptOpening): PageLog {
  return {
    // A page may come twice when the copy was made level while it was on its way; the cursor says which are new.
    async append(all) {
      const { heads } = await opened()
      const end = Number(heads.at(-1)?.split(' ')[1] ?? 0)
      const frames = all.filter(({ cursor }) => cursor > end).map(pageFrame)
      if (frames.length === 0) return
      await files.append(PAGES.name, frames)
      heads.push(...frames.map(({ head }) => head))
    },
    async clear() {
      const open = await opened()
      await files.clear(PAGES.name)
      open.heads = []
    },
    async read(from) {
      const { heads } = await opened()
      const bodies = await files.bodies(PAGES.name, from, Math.min(heads.length, from + PAGES_A_READ))
      const damaged = bodies.indexOf(null)
      const whole = damaged < 0 ? bodies : bodies.slice(0, damaged)
      return whole.map((lines, index) => pageOf(heads[from + index] ?? '', lines ?? ''))
    },
  }
}

const frameOf = (frame: KeptFrame): Frame => ({ head: frame.kind, body: JSON.stringify(frame) })

/** The frames that say the same in the fewest words. */
function framesOf(content: KeptContent): Frame[] {
  const { device, state, refused, rows, notes, hash, privateStep, segmentCount } = content
  const frames: KeptFrame[] = []
  if (device !== null) frames.push({ kind: 'device', device })
  if (state !== null) frames.push({ kind: 'sync', state, refused, noLongerRefused: [], clear: true, segmentCount })
  frames.push({ kind: 'sealed', step: privateStep, put: rows, drop: [], hash })
  for (const row of notes) frames.push({ kind: 'note', row, step: privateStep })
  return frames.map(frameOf)
}

/** The log of everything else. */
export interface ChangeLog {
  load(): Promise<KeptContent>
  append(frames: readonly KeptFrame[]): Promise<void>
  rewrite(content: KeptContent): Promise<void>
}

/** The changes over the files. */
export function createChangeLog(files: LogFiles, { opened }: KeptOpening): ChangeLog {
  async function load(): Promise<KeptContent> {
    const { frameCount, heads } = await opened()
    let content = emptyContent
    for (const body of await files.bodies(KEPT.name, 0, frameCount))
      if (body !== null) content = foldKept(content, JSON.parse(body) as KeptFrame)
    const segmentCount = Math.min(content.segmentCount, heads.length)
    return { ...content, segmentCount, isWhole: content.segmentCount <= heads.length }
  }
  async function rewrite(content: KeptContent): Promise<void> {
    const frames = framesOf(content)
    const open = await opened()
    await files.rewrite(KEPT.name, frames)
    open.frameCount = frames.length
  }
  return {
    load,
    rewrite,
    async append(frames) {
      const open = await opened()
      await files.append(KEPT.name, frames.map(frameOf))
      open.frameCount += frames.length
      if (open.frameCount > FRAMES_MAX) await rewrite(await load())
    },
  }
}

/** A step as a frame; the states are folded anew at the next opening, so the number of their folds is no part of the copy. */
export function stepFrame(
  { state, refused = [], noLongerRefused = [] }: ConfirmedStep,
  segmentCount: number,
): KeptFrame {
  const gone = noLongerRefused.map(({ epoch, seq }) => ({ epoch, seq }))
  const copied = { ...state, foldVersion: 0 }
  return { kind: 'sync', state: copied, refused, noLongerRefused: gone, clear: false, segmentCount }
}
