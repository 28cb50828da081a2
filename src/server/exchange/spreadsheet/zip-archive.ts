// Reads and writes ZIP archives in memory, with hard limits, because an uploaded .xlsx is a ZIP from outside.
// Reading trusts nothing the archive says about itself: sizes are checked before and while inflating.
// Writing is deterministic: the same entries give the same bytes, so a paper can be compared by its hash.
import { promisify } from 'node:util'
import { crc32, deflateRawSync, inflateRaw } from 'node:zlib'

/** One file of an archive as the central directory lists it; `data` is still compressed. */
export interface ZipEntry {
  readonly path: string
  readonly isEncrypted: boolean
  readonly method: number
  readonly declaredBytes: number
  readonly data: Uint8Array
}

/** What an archive said about itself, or why it could not be listed. */
type ZipListing = { readonly ok: true; readonly entries: readonly ZipEntry[] } | { readonly ok: false }

const endOfDirectorySignature = 0x06054b50
const directorySignature = 0x02014b50
const localSignature = 0x04034b50
const endOfDirectoryBytes = 22
const commentBytesMax = 0xffff
const entriesMax = 4000
const inflateAsync = promisify(inflateRaw)

/** Lists the entries of a ZIP archive without inflating any of them; a broken or ZIP64 archive gives `ok: false`. */
export function listZip(bytes: Uint8Array): ZipListing {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEndOfDirectory(view)
  if (end === null) return { ok: false }
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  if (count > entriesMax) return { ok: false }
  const entries: ZipEntry[] = []
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.byteLength || view.getUint32(at, true) !== directorySignature) return { ok: false }
    const entry = readEntry(bytes, view, at)
    if (entry === null) return { ok: false }
    entries.push(entry)
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return { ok: true, entries }
}

function findEndOfDirectory(view: DataView): number | null {
  const lowest = Math.max(0, view.byteLength - endOfDirectoryBytes - commentBytesMax)
  for (let at = view.byteLength - endOfDirectoryBytes; at >= lowest; at -= 1) {
    if (view.getUint32(at, true) === endOfDirectorySignature) return at
  }
  return null
}

function readEntry(bytes: Uint8Array, view: DataView, at: number): ZipEntry | null {
  const nameLength = view.getUint16(at + 28, true)
  const local = view.getUint32(at + 42, true)
  if (at + 46 + nameLength > bytes.byteLength) return null
  if (local + 30 > bytes.byteLength || view.getUint32(local, true) !== localSignature) return null
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
  const end = start + view.getUint32(at + 20, true)
  if (end > bytes.byteLength) return null
  return {
    path: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)).replaceAll('\\', '/'),
    isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
    method: view.getUint16(at + 10, true),
    declaredBytes: view.getUint32(at + 24, true),
    data: bytes.subarray(start, end),
  }
}

/**
 * Inflates one entry, refusing to produce more than `bytesMax`.
 * Gives null when the data are broken, larger than allowed, or packed in a way .xlsx files never use.
 */
export async function inflateEntry(entry: ZipEntry, bytesMax: number): Promise<Uint8Array | null> {
  if (entry.declaredBytes > bytesMax) return null
  if (entry.method === 0) return entry.data.byteLength <= bytesMax ? entry.data : null
  if (entry.method !== 8) return null
  try {
    return await inflateAsync(entry.data, { maxOutputLength: Math.max(1, bytesMax) })
  } catch {
    return null
  }
}

// 1 January 1980, the first day a ZIP date can name: a real time here would make equal papers differ.
const fixedDate = 0x0021

/** Writes an archive with a fixed date, in the given order; `compress` false stores the bytes as they are. */
export function writeZip(files: ReadonlyMap<string, Uint8Array>, compress: boolean): Uint8Array {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const [path, content] of files) {
    const name = new TextEncoder().encode(path)
    const data = compress ? deflateRawSync(content, { level: 9 }) : content
    const common = commonHeader(content, data, name.byteLength, compress)
    const local = concat([uint32(localSignature), common, name])
    parts.push(local, data)
    const rest = new Uint8Array(14)
    new DataView(rest.buffer).setUint32(10, offset, true)
    directory.push(concat([uint32(directorySignature), uint16(20), common, rest, name]))
    offset += local.byteLength + data.byteLength
  }
  const directoryBytes = concat(directory)
  return concat([...parts, directoryBytes, endRecord(files.size, directoryBytes.byteLength, offset)])
}

/** Writes an archive of our own making again without its times, so that equal content is equal bytes. */
export async function repackZip(archive: Uint8Array): Promise<Uint8Array> {
  const listing = listZip(archive)
  const files = new Map<string, Uint8Array>()
  for (const entry of listing.ok ? listing.entries : []) {
    const content = await inflateEntry(entry, entry.declaredBytes)
    if (content === null) throw new Error(`The archive part ${entry.path} could not be read back.`)
    files.set(entry.path, content)
  }
  return writeZip(files, true)
}

function commonHeader(content: Uint8Array, data: Uint8Array, nameLength: number, compress: boolean): Uint8Array {
  const utf8Names = 0x0800
  return concat([
    uint16(20),
    uint16(utf8Names),
    uint16(compress ? 8 : 0),
    uint16(0),
    uint16(fixedDate),
    uint32(crc32(content)),
    uint32(data.byteLength),
    uint32(content.byteLength),
    uint16(nameLength),
    uint16(0),
  ])
}

function endRecord(count: number, directoryLength: number, directoryOffset: number): Uint8Array {
  return concat([
    uint32(endOfDirectorySignature),
    uint32(0),
    uint16(count),
    uint16(count),
    uint32(directoryLength),
    uint32(directoryOffset),
    uint16(0),
  ])
}

function uint16(value: number): Uint8Array {
  return new Uint8Array([value & 0xff, (value >>> 8) & 0xff])
}

function uint32(value: number): Uint8Array {
  return new Uint8Array([value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, (value >>> 24) & 0xff])
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.byteLength
  }
  return whole
}
