// The window's side of the worker that holds the files, and the folders there are.
import { Fault } from './fault.ts'
import type { LogAnswer, LogCall } from './log-calls.ts'
import type { LogFiles, OpenedLog } from './log-files.ts'

/** Where the second store of this browser lies. */
export interface SecondStoreSource {
  /** Folders by name. Faults: storage-broken. */
  folders(): Promise<readonly string[]>
  /** The logs of a folder; it is made when it is missing and nothing is opened yet. */
  files(folder: string): LogFiles
}

/** The part of a worker this needs. */
export type LogWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>

const PATIENCE_MS = 2500
/** A disk that takes longer does not answer any more: the person must hear of it. */
const ANSWER_MS = 20_000

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
  readonly timer: ReturnType<typeof setTimeout>
}

function errorOf({ name, message }: { readonly name: string; readonly message: string }): Error {
  return name === 'NoModificationAllowedError'
    ? new Fault('another-window', new DOMException(message, name))
    : new DOMException(message, name)
}

function createCalls(worker: LogWorker): (call: LogCall) => Promise<unknown> {
  const waiting = new Map<number, Waiting>()
  let calls = 0
  const end = (id: number): Waiting | undefined => {
    const one = waiting.get(id)
    waiting.delete(id)
    clearTimeout(one?.timer)
    return one
  }
  worker.addEventListener('message', ({ data }: MessageEvent<LogAnswer>) => {
    const one = end(data.id)
    if (data.ok) one?.resolve(data.value)
    else one?.reject(errorOf(data))
  })
  worker.addEventListener('error', (event) => {
    for (const id of waiting.keys()) end(id)?.reject(new Fault('storage-broken', event))
  })
  return (call) =>
    new Promise((resolve, reject) => {
      calls += 1
      const id = calls
      const timer = setTimeout(() => end(id)?.reject(new Fault('storage-broken', new Error('no answer'))), ANSWER_MS)
      waiting.set(id, { resolve, reject, timer })
      worker.postMessage({ id, call })
    })
}

/** The logs of a folder through a worker, which is started at once so that it is warm at the first tap. Calls may fault with storage-broken and another-window. */
export function createOpfsFiles(worker: LogWorker, folder: string): LogFiles {
  const ask = createCalls(worker)
  let ready: Promise<unknown> | null = null
  async function call<Value>(one: LogCall): Promise<Value> {
    ready ??= ask({ name: 'folder', folder, patienceMs: PATIENCE_MS })
    try {
      await ready
    } catch (thrown) {
      ready = null
      throw thrown
    }
    return (await ask(one)) as Value
  }
  return {
    open: (kind) => call<OpenedLog>({ name: 'open', kind }),
    append: (log, frames) => call({ name: 'append', log, frames }),
    bodies: (log, from, until) => call({ name: 'bodies', log, from, until }),
    rewrite: (log, frames) => call({ name: 'rewrite', log, frames }),
    clear: (log) => call({ name: 'clear', log }),
    close: () => call({ name: 'close' }),
  }
}

function makeWorker(): Worker {
  return new Worker(new URL('./opfs-journal-worker.ts', import.meta.url), { type: 'module', name: 'journal' })
}

/** The second store in this browser's own file system (OPFS). */
export const opfsSource: SecondStoreSource = {
  async folders() {
    const names: string[] = []
    const root = await navigator.storage.getDirectory()
    for await (const [name, handle] of root.entries()) if (handle.kind === 'directory') names.push(name)
    return names
  },
  files: (folder) => createOpfsFiles(makeWorker(), folder),
}
