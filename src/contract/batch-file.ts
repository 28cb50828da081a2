// A file that carries the bodies of the wire where no network goes: what its header says, how its bytes lie, and what its signatures cover.
import { bytesToHex } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { canonicalText, GENESIS_HASH, hashText } from './canonical.ts'
import type { ProblemCode } from './problem.ts'
import { DeviceId, FacilityId, Hash, Instant } from './values.ts'

/** The first four bytes of every file. */
export const BATCH_MAGIC = 'XCB1'
/** The bytes of one chunk before it is sealed; only the last may be shorter. */
export const BATCH_CHUNK_BYTES = 64 * 1024
/** The bytes sealing adds to a chunk. */
export const BATCH_TAG_BYTES = 16
/** The Ed25519 signature that ends a file. */
export const BATCH_SIGNATURE_BYTES = 64
/** The most a header may be. */
export const BATCH_HEADER_BYTES_MAX = 2048
/** The most a file's content may be once it is unpacked. */
export const BATCH_CONTENT_BYTES_MAX = 32 * 1024 * 1024
/** The most bytes packed content may be: packing adds a little to what cannot be packed. */
export const BATCH_PACKED_BYTES_MAX = BATCH_CONTENT_BYTES_MAX + 64 * 1024
/** The most bytes of a file, seals, header and signature included. */
export const BATCH_FILE_BYTES_MAX = BATCH_PACKED_BYTES_MAX + 64 * 1024
/** What sealing is told beside the keys, so that a seal made for anything else opens nothing here. */
export const BATCH_SEAL_INFO = 'xincheng batch file 1'
/** `previousFile` of a first file. */
export const NO_PREVIOUS_FILE: Hash = GENESIS_HASH

/** 32 bytes as base64url: a public key or an encapsulated key of X25519. */
export const Key32 = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** `to-site`: what a tablet has not handed in. `to-tablet`: the answer to such a file. */
export const BatchDirection = z.enum(['to-site', 'to-tablet'])
export type BatchDirection = z.infer<typeof BatchDirection>

/**
 * A renewal of the tablet's key, as in `RenewKeyRequest`, when the site has not been told of it by the network: the file is signed with the new key,
 * and the proof says whose that is.
 */
export const BatchRenewal = z.strictObject({
  publicKey: Key32,
  lastSeq: z.int().min(0),
  head: Hash,
  proof: Key32,
})

/**
 * The clear header, as canonical JSON. `deviceId` and `epoch` are the tablet's in both directions; `fileNumber` counts the files of that epoch and
 * direction from 1, `previousFile` is the SHA-256 of the one before. `recipientKeyId` is the SHA-256 of the recipient's X25519 key, `replyKey` the
 * key an answer is sealed to. `plainBytes` counts the packed content before sealing, `chunkCount` its chunks. Nothing in it names a person.
 */
export const BatchFileHeader = z.strictObject({
  format: z.literal(1),
  direction: BatchDirection,
  facilityId: FacilityId,
  deviceId: DeviceId,
  epoch: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  fileNumber: z.int().min(1),
  previousFile: Hash,
  recipientKeyId: Hash,
  encapsulatedKey: Key32,
  replyKey: Key32,
  chunkCount: z.int().min(1),
  plainBytes: z.int().min(1).max(BATCH_PACKED_BYTES_MAX),
  createdAt: Instant,
  renewal: BatchRenewal.optional(),
})
export type BatchFileHeader = z.infer<typeof BatchFileHeader>

/** What stands under a file in words of its own: nothing else the same key signs begins so. `bodyHash` is SHA-256 of every byte before the signature. */
export function batchFileText(bodyHash: Uint8Array): string {
  return `batch-file|${bytesToHex(bodyHash)}`
}

/** The site's X25519 key, by which tablets seal their files: `GET /api/sync/file-key`, and with the answer to joining. Signed by the server. */
export const SiteFileKey = z.object({ publicKey: Key32, signature: z.string() })
export type SiteFileKey = z.infer<typeof SiteFileKey>

/** What the server signs over its file key. */
export function siteFileKeyText(facilityId: string, publicKey: string): string {
  return `file-key|${facilityId}|${publicKey}`
}

/** The opaque name of a file: nothing in it names a device or a person. Answers carry an R before their number. */
export function batchFileName({
  deviceId,
  direction,
  fileNumber,
}: Pick<BatchFileHeader, 'deviceId' | 'direction' | 'fileNumber'>): string {
  return `XCB-${hashText(deviceId).slice(0, 8)}-${direction === 'to-site' ? '' : 'R'}${String(fileNumber)}.xcb`
}

/** How many chunks so many bytes make. */
export function chunkCountOf(plainBytes: number): number {
  return Math.ceil(plainBytes / BATCH_CHUNK_BYTES)
}

/** A file taken apart by its lengths alone. Nothing of it is proven. `signed` is everything before the signature. */
export interface BatchFrame {
  readonly header: BatchFileHeader
  readonly headerBytes: Uint8Array
  readonly chunks: readonly Uint8Array[]
  readonly signed: Uint8Array
  readonly signature: Uint8Array
}

/** Why a file was not taken. */
export type BatchFileCode = Extract<ProblemCode, `${string}batch-file${string}`>
export type BatchFileNo = { readonly ok: false; readonly code: BatchFileCode }

/** Says no. */
export function batchFileNo(code: BatchFileCode): BatchFileNo {
  return { ok: false, code }
}

const START_BYTES = BATCH_MAGIC.length + 4

function asciiOf(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

// The header has one form only: another text of the same header would be another file under the same words.
function headerOf(bytes: Uint8Array): BatchFileHeader | 'newer' | null {
  const text = asciiOf(bytes)
  try {
    const json: unknown = JSON.parse(text)
    const header = BatchFileHeader.safeParse(json)
    if (header.success) return canonicalText(header.data) === text ? header.data : null
    const format = typeof json === 'object' && json !== null && 'format' in json ? json.format : null
    return typeof format === 'number' && format > 1 ? 'newer' : null
  } catch {
    return null
  }
}

/** The bytes before the first chunk: magic, length of the header, header. */
export function batchFileStart(headerBytes: Uint8Array): Uint8Array {
  const start = new Uint8Array(START_BYTES + headerBytes.length)
  for (let index = 0; index < BATCH_MAGIC.length; index += 1) start[index] = BATCH_MAGIC.charCodeAt(index)
  new DataView(start.buffer).setUint32(BATCH_MAGIC.length, headerBytes.length)
  start.set(headerBytes, START_BYTES)
  return start
}

/** Takes a file apart. Codes: not-a-batch-file, batch-file-newer, batch-file-too-large, batch-file-incomplete, batch-file-damaged. */
export function frameBatchFile(bytes: Uint8Array): { readonly ok: true; readonly frame: BatchFrame } | BatchFileNo {
  if (asciiOf(bytes.subarray(0, BATCH_MAGIC.length)) !== BATCH_MAGIC) return batchFileNo('not-a-batch-file')
  if (bytes.length > BATCH_FILE_BYTES_MAX) return batchFileNo('batch-file-too-large')
  if (bytes.length < START_BYTES) return batchFileNo('batch-file-incomplete')
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(BATCH_MAGIC.length)
  if (headerLength > BATCH_HEADER_BYTES_MAX) return batchFileNo('batch-file-too-large')
  const chunksAt = START_BYTES + headerLength
  if (bytes.length < chunksAt) return batchFileNo('batch-file-incomplete')
  const headerBytes = bytes.subarray(START_BYTES, chunksAt)
  const header = headerOf(headerBytes)
  if (header === 'newer') return batchFileNo('batch-file-newer')
  if (header === null || header.chunkCount !== chunkCountOf(header.plainBytes)) return batchFileNo('batch-file-damaged')
  const signatureAt = chunksAt + header.plainBytes + header.chunkCount * BATCH_TAG_BYTES
  if (bytes.length !== signatureAt + BATCH_SIGNATURE_BYTES) return batchFileNo('batch-file-incomplete')
  const sealedBytes = BATCH_CHUNK_BYTES + BATCH_TAG_BYTES
  const chunks = Array.from({ length: header.chunkCount }, (_, index) =>
    bytes.subarray(chunksAt + index * sealedBytes, Math.min(chunksAt + (index + 1) * sealedBytes, signatureAt)),
  )
  const signed = bytes.subarray(0, signatureAt)
  return { ok: true, frame: { header, headerBytes, chunks, signed, signature: bytes.subarray(signatureAt) } }
}
