// Folders of files in memory with synchronous access, as OPFS gives a worker: one owner a file at a time, and bytes a test may tear or flip.
import { crc32 as crc32OfBytes } from 'node:zlib'
import type { Crc32, SyncFile } from '#client/storage/framed-log.ts'
import { createLogFiles } from '#client/storage/log-files.ts'
import type { LogFiles } from '#client/storage/log-files.ts'
import type { SecondStoreSource } from '#client/storage/opfs-files.ts'
import { Fault } from '#client/storage/fault.ts'

export const testCrc32: Crc32 = (bytes) => crc32OfBytes(bytes)

/** One file's bytes; only what was flushed is certain to outlive a power cut, and here all of it does. */
export interface MemoryFile {
  bytes: Uint8Array<ArrayBuffer>
  owner: object | null
}

export interface MemoryFolders {
  readonly folders: Map<string, Map<string, MemoryFile>>
  /** The folders as a window has them; `owner` holds what it opens until it closes. */
  sourceFor(owner: object): SecondStoreSource
  /** Everything an owner holds is free again, as when its process ended. */
  letGo(owner: object): void
}

/** A file over bytes; `write` may be made to fail by the test. */
export function memoryFile(file: MemoryFile, fails: () => boolean = () => false): SyncFile {
  return {
    getSize: () => file.bytes.length,
    read(buffer, { at }) {
      const part = file.bytes.subarray(at, at + buffer.length)
      buffer.set(part)
      return part.length
    },
    write(buffer, { at }) {
      if (fails()) throw new DOMException('no room', 'QuotaExceededError')
      if (at + buffer.length > file.bytes.length) {
        const longer = new Uint8Array(at + buffer.length)
        longer.set(file.bytes)
        file.bytes = longer
      }
      file.bytes.set(buffer, at)
      return buffer.length
    },
    truncate(size) {
      const other = new Uint8Array(size)
      other.set(file.bytes.subarray(0, size))
      file.bytes = other
    },
    flush: () => undefined,
    close() {
      file.owner = null
    },
  }
}

export function emptyFile(): MemoryFile {
  return { bytes: new Uint8Array(), owner: null }
}

/** The worker's errors as the window's side tells them. */
function told(files: LogFiles): LogFiles {
  const tell = async <Value>(work: Promise<Value>): Promise<Value> => {
    try {
      return await work
    } catch (thrown) {
      if (thrown instanceof DOMException && thrown.name === 'NoModificationAllowedError')
        throw new Fault('another-window', thrown)
      throw thrown
    }
  }
  return {
    open: (kind) => tell(files.open(kind)),
    append: (name, frames) => tell(files.append(name, frames)),
    bodies: (name, from, until) => tell(files.bodies(name, from, until)),
    rewrite: (name, frames) => tell(files.rewrite(name, frames)),
    clear: (name) => tell(files.clear(name)),
    close: () => tell(files.close()),
  }
}

export function makeMemoryFolders(fails: () => boolean = () => false): MemoryFolders {
  const folders = new Map<string, Map<string, MemoryFile>>()
  return {
    folders,
    sourceFor: (owner) => ({
      folders: async () => [...folders.keys()],
      files(folder) {
        return told(
          createLogFiles(async (name) => {
            const files = folders.get(folder) ?? new Map<string, MemoryFile>()
            folders.set(folder, files)
            const file = files.get(name) ?? emptyFile()
            files.set(name, file)
            if (file.owner !== null) throw new DOMException('held', 'NoModificationAllowedError')
            file.owner = owner
            return memoryFile(file, fails)
          }, testCrc32),
        )
      },
    }),
    letGo(owner) {
      for (const files of folders.values())
        for (const file of files.values()) if (file.owner === owner) file.owner = null
    },
  }
}
