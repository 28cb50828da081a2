// An append-only file of frames, each with its length and CRC-32. What was flushed is found again; a torn or flipped end is noticed, never read.

/** A file with synchronous access, as the browser gives it to a worker. Offsets and sizes in bytes. */
export interface SyncFile {
  getSize(): number
  read(buffer: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number
  write(buffer: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number
  truncate(size: number): void
  flush(): void
  close(): void
}

/** One frame: a short line that says what it is, and its text. */
export interface Frame {
  readonly head: string
  readonly body: string
}

/** CRC-32 (ISO 3309) of bytes. */
export type Crc32 = (bytes: Uint8Array<ArrayBuffer>) => number

/** How much is checked at opening: every byte, or the lengths and the last frame only (a frame is checked whenever it is read). */
export type LogCheck = 'whole' | 'heads'

/** An opened log. */
export interface FramedLog {
  readonly heads: readonly string[]
  /** The bytes behind the last whole frame as they were found, null when there were none; they are cut off the file. */
  readonly damage: Uint8Array<ArrayBuffer> | null
  /** Appends all frames in one write and one flush; throws and leaves the file as it was when that fails. */
  append(frames: readonly Frame[]): void
  /** The text of a frame, null when its bytes are not what was written. */
  body(index: number): string | null
  /** Drops every frame. */
  clear(): void
  close(): void
}

const LEAD_BYTES = 8
const HEAD_BYTES = 160
const FRAME_BYTES_MAX = 256 * 1024 * 1024

interface Place {
  readonly at: number
  readonly length: number
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

// The CRC covers the length too: a flipped length is no shorter frame.
function encodeFrame({ head, body }: Frame, crc32: Crc32): Uint8Array<ArrayBuffer> {
  const payload = encoder.encode(`${head}\n${body}`)
  const bytes = new Uint8Array(LEAD_BYTES + payload.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, payload.length, true)
  bytes.set(payload, LEAD_BYTES)
  view.setUint32(4, crcOf(bytes, crc32), true)
  return bytes
}

// Over the four bytes of the length and the payload; the place of the CRC itself counts as zero.
function crcOf(frame: Uint8Array<ArrayBuffer>, crc32: Crc32): number {
  const plain = frame.slice()
  plain.fill(0, 4, LEAD_BYTES)
  return crc32(plain)
}

function concatenated(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [only] = parts
  if (parts.length === 1 && only !== undefined) return only
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function readBytes(file: SyncFile, at: number, length: number): Uint8Array<ArrayBuffer> | null {
  const bytes = new Uint8Array(length)
  return file.read(bytes, { at }) === length ? bytes : null
}

function readFrame(file: SyncFile, place: Place, crc32: Crc32): string | null {
  const bytes = readBytes(file, place.at, LEAD_BYTES + place.length)
  if (bytes === null) return null
  const view = new DataView(bytes.buffer)
  if (view.getUint32(0, true) !== place.length || view.getUint32(4, true) !== crcOf(bytes, crc32)) return null
  return decoder.decode(bytes.subarray(LEAD_BYTES))
}

const headOf = (payload: string): string => payload.slice(0, Math.max(0, payload.indexOf('\n')))

interface Scan {
  readonly places: Place[]
  readonly heads: string[]
  readonly end: number
}

// Goes from frame to frame by their lengths and stops at the first that is not whole. An empty frame is none: a zeroed block must not look like many.
function scan(file: SyncFile, crc32: Crc32, check: LogCheck): Scan {
  const size = file.getSize()
  const places: Place[] = []
  const heads: string[] = []
  let at = 0
  while (at + LEAD_BYTES < size) {
    const lead = readBytes(file, at, Math.min(LEAD_BYTES + HEAD_BYTES, size - at))
    if (lead === null) break
    const length = new DataView(lead.buffer).getUint32(0, true)
    const next = at + LEAD_BYTES + length
    if (length === 0 || length > FRAME_BYTES_MAX || next > size) break
    const place = { at, length }
    const isChecked = check === 'whole' || next === size
    const payload = isChecked ? readFrame(file, place, crc32) : decoder.decode(lead.subarray(LEAD_BYTES))
    if (payload === null) break
    places.push(place)
    heads.push(headOf(payload))
    at = next
  }
  return { places, heads, end: at }
}

/** Opens a log and cuts a damaged end off it; whoever opens keeps `damage` elsewhere first, see `openLogFiles`. Throws what the file throws. */
export function openFramedLog(file: SyncFile, crc32: Crc32, check: LogCheck): FramedLog {
  const { places, heads, end: found } = scan(file, crc32, check)
  let end = found
  const size = file.getSize()
  const damage = end < size ? readBytes(file, end, size - end) : null
  return {
    heads,
    damage,
    append(frames) {
      const encoded = frames.map((frame) => encodeFrame(frame, crc32))
      const bytes = concatenated(encoded)
      try {
        // Whatever lies behind the last whole frame was kept elsewhere at opening, or is a write that failed.
        if (file.getSize() > end) file.truncate(end)
        if (file.write(bytes, { at: end }) !== bytes.length) throw new DOMException('no room', 'QuotaExceededError')
        file.flush()
      } catch (thrown) {
        file.truncate(end)
        throw thrown
      }
      for (const [index, { length }] of encoded.entries()) {
        places.push({ at: end, length: length - LEAD_BYTES })
        heads.push(frames[index]?.head ?? '')
        end += length
      }
    },
    body(index) {
      const place = places[index]
      const payload = place === undefined ? null : readFrame(file, place, crc32)
      return payload === null ? null : payload.slice(payload.indexOf('\n') + 1)
    },
    clear() {
      file.truncate(0)
      file.flush()
      places.length = 0
      heads.length = 0
      end = 0
    },
    close: () => file.close(),
  }
}
