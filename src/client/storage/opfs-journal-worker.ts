// The worker that holds the files of the second store: only a worker gets files with synchronous access, which flush when told to.
import { createCRC32 } from 'hash-wasm'
import type { Crc32 } from './framed-log.ts'
import { createLogFiles } from './log-files.ts'
import type { LogFiles } from './log-files.ts'
import type { LogAnswer, LogCall } from './log-calls.ts'

const WAIT_MS = 40

async function makeCrc32(): Promise<Crc32> {
  const hasher = await createCRC32()
  return (bytes) => {
    const digest = hasher.init().update(bytes).digest('binary')
    return new DataView(digest.buffer, digest.byteOffset, 4).getUint32(0)
  }
}

const isHeld = (thrown: unknown): boolean =>
  thrown instanceof DOMException && thrown.name === 'NoModificationAllowedError'

const isMissing = (thrown: unknown): boolean => thrown instanceof DOMException && thrown.name === 'NotFoundError'

// A name whose bytes are gone from the disk is no file any more: it is dropped, and the file begins anew.
async function dropName(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  try {
    await folder.removeEntry(name)
  } catch (thrown) {
    if (!isMissing(thrown)) throw thrown
  }
}

// Another window lets go of the files when it hands the journal over, a moment before or after this one asks.
async function handleOf(folder: FileSystemDirectoryHandle, name: string, patienceMs: number) {
  for (let waited = 0; ; waited += WAIT_MS) {
    try {
      const file = await folder.getFileHandle(name, { create: true })
      return await file.createSyncAccessHandle()
    } catch (thrown) {
      if (isMissing(thrown) && waited === 0) {
        await dropName(folder, name)
        continue
      }
      if (!isHeld(thrown) || waited >= patienceMs) throw thrown
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS))
    }
  }
}

async function openFolder(folder: string, patienceMs: number): Promise<LogFiles> {
  const root = await navigator.storage.getDirectory()
  const directory = await root.getDirectoryHandle(folder, { create: true })
  return createLogFiles((name) => handleOf(directory, name, patienceMs), await makeCrc32())
}

let files: Promise<LogFiles> | null = null

async function answer(call: LogCall): Promise<unknown> {
  if (call.name === 'folder') {
    files = openFolder(call.folder, call.patienceMs)
    return void (await files)
  }
  if (files === null) throw new TypeError('no folder is open')
  const logs = await files
  switch (call.name) {
    case 'open':
      return logs.open(call.kind)
    case 'append':
      return logs.append(call.log, call.frames)
    case 'bodies':
      return logs.bodies(call.log, call.from, call.until)
    case 'rewrite':
      return logs.rewrite(call.log, call.frames)
    case 'clear':
      return logs.clear(call.log)
    case 'close':
      return logs.close()
  }
}

// One call after another: two appends at once would write over each other.
let tail: Promise<unknown> = Promise.resolve()

self.addEventListener('message', ({ data: { id, call } }: MessageEvent<{ id: number; call: LogCall }>) => {
  tail = tail.then(async () => {
    let told: LogAnswer
    try {
      told = { id, ok: true, value: await answer(call) }
    } catch (thrown) {
      const name = thrown instanceof Error ? thrown.name : 'Error'
      told = { id, ok: false, name, message: String(thrown) }
    }
    self.postMessage(told)
  })
})
