// The logs of one device as files of one folder. Runs in the worker over OPFS, and in tests over memory.
import { openFramedLog } from './framed-log.ts'
import type { Crc32, Frame, FramedLog, LogCheck, SyncFile } from './framed-log.ts'

/** Opens the files of a folder, making those that are missing. Throws NoModificationAllowedError while another window holds one. */
export type FileSource = (name: string) => Promise<SyncFile>

/** What opening found: the heads of all frames in order, and how many damaged bytes were put aside. */
export interface OpenedLog {
  readonly heads: readonly string[]
  readonly damagedBytes: number
}

/** A log's name, how it is checked at opening, and whether it is now and then written anew (then it lies in two files in turn). */
export interface LogKind {
  readonly name: string
  readonly check: LogCheck
  readonly rewritten: boolean
}

/** The logs of one device. Every call rejects with what the file system threw. */
export interface LogFiles {
  open(kind: LogKind): Promise<OpenedLog>
  /** All frames in one write and one flush; resolves when they are durable. */
  append(name: string, frames: readonly Frame[]): Promise<void>
  /** The texts of frames `from` to before `until`; null for one whose bytes were changed. */
  bodies(name: string, from: number, until: number): Promise<readonly (string | null)[]>
  /** Replaces all frames, whole or not at all; only for a log that is rewritten. */
  rewrite(name: string, frames: readonly Frame[]): Promise<void>
  clear(name: string): Promise<void>
  /** Lets go of the files, so that another window may open them. */
  close(): Promise<void>
}

const DAMAGED = 'damaged'
const BEGIN = 'begin '
const COMPLETE = 'complete '

interface OpenLog {
  log: FramedLog
  spare: FramedLog | null
  /** How many frames of a rewritten log are marks of the rewriting and no content, as indexes. */
  content: number[]
  turn: number
}

const isMark = (head: string): boolean => head.startsWith(BEGIN) || head.startsWith(COMPLETE)

function contentOf(log: FramedLog): number[] {
  return log.heads.flatMap((head, index) => (isMark(head) ? [] : [index]))
}

// The number of the last rewriting that came to its end in this file; 0 for none.
function turnOf(log: FramedLog): number {
  const complete = log.heads.find((head) => head.startsWith(COMPLETE))
  return complete === undefined ? 0 : Number(complete.slice(COMPLETE.length))
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

interface Opener {
  open(file: string, check: LogCheck): Promise<FramedLog>
  /** Copies the damaged end of a file into the log `damaged` before anything is appended; answers its bytes. */
  putAside(file: string, log: FramedLog): Promise<number>
  close(): void
}

function createOpener(source: FileSource, crc32: Crc32): Opener {
  const handles: SyncFile[] = []
  return {
    async open(file, check) {
      const handle = await source(file)
      handles.push(handle)
      return openFramedLog(handle, crc32, check)
    },
    async putAside(file, log) {
      if (log.damage === null || log.damage.length === 0) return 0
      const handle = await source(DAMAGED)
      const damaged = openFramedLog(handle, crc32, 'heads')
      damaged.append([{ head: `${file} ${String(log.damage.length)}`, body: hex(log.damage) }])
      damaged.close()
      return log.damage.length
    },
    close() {
      for (const handle of handles.splice(0)) handle.close()
    },
  }
}

function begin(log: FramedLog, turn: number, frames: readonly Frame[]): void {
  log.clear()
  log.append([{ head: BEGIN + String(turn), body: '' }, ...frames, { head: COMPLETE + String(turn), body: '' }])
}

async function openRewritten(opener: Opener, { name, check }: LogKind): Promise<OpenLog & { damagedBytes: number }> {
  const logs = [await opener.open(`${name}-0`, check), await opener.open(`${name}-1`, check)] as const
  const [log, spare] = turnOf(logs[0]) >= turnOf(logs[1]) ? logs : ([logs[1], logs[0]] as const)
  const damagedBytes = await opener.putAside(name, log)
  if (turnOf(log) === 0) begin(log, 1, [])
  return { log, spare, content: contentOf(log), turn: turnOf(log), damagedBytes }
}

async function openPlain(opener: Opener, { name, check }: LogKind): Promise<OpenLog & { damagedBytes: number }> {
  const log = await opener.open(name, check)
  const damagedBytes = await opener.putAside(name, log)
  return { log, spare: null, content: contentOf(log), turn: 0, damagedBytes }
}

/** Makes the logs over a folder. A damaged end is copied into the log `damaged`, in hexadecimal, before it is cut off. */
export function createLogFiles(source: FileSource, crc32: Crc32): LogFiles {
  const open = new Map<string, OpenLog>()
  const opener = createOpener(source, crc32)
  const opened = (name: string): OpenLog => {
    const found = open.get(name)
    if (found === undefined) throw new TypeError(`the log ${name} is not open`)
    return found
  }
  return {
    async open(kind) {
      const { damagedBytes, ...log } = await (kind.rewritten ? openRewritten : openPlain)(opener, kind)
      open.set(kind.name, log)
      return { heads: log.content.map((index) => log.log.heads[index] ?? ''), damagedBytes }
    },
    async append(name, frames) {
      const { log, content } = opened(name)
      const from = log.heads.length
      log.append(frames)
      for (let index = from; index < log.heads.length; index += 1) content.push(index)
    },
    async bodies(name, from, until) {
      const { log, content } = opened(name)
      return content.slice(from, until).map((index) => log.body(index))
    },
    async rewrite(name, frames) {
      const { log, spare, turn } = opened(name)
      if (spare === null) throw new TypeError(`the log ${name} is never rewritten`)
      begin(spare, turn + 1, frames)
      open.set(name, { log: spare, spare: log, content: contentOf(spare), turn: turn + 1 })
      log.clear()
    },
    async clear(name) {
      const { log, content } = opened(name)
      log.clear()
      content.length = 0
    },
    async close() {
      opener.close()
      open.clear()
    },
  }
}
