// Sealing and opening a batch file. The order of opening is the point: lengths, signature, recipient, every seal, then a bounded unpacking.
import { bytesToHex } from '@noble/hashes/utils.js'
import {
  BATCH_CHUNK_BYTES,
  BATCH_CONTENT_BYTES_MAX,
  BATCH_PACKED_BYTES_MAX,
  type BatchDirection,
  type BatchFileHeader,
  type BatchFileNo,
  batchFileNo,
  batchFileStart,
  batchFileText,
  type BatchFrame,
  chunkCountOf,
  frameBatchFile,
} from './batch-file.ts'
import { canonicalText } from './canonical.ts'
import type { Hash } from './values.ts'

/** What neither side's standard library shares with this room. `unpack` answers null for what is no gzip or unpacks to more than `bytesMax`. */
export interface BatchFileTools {
  sha256(bytes: Uint8Array): Uint8Array
  pack(bytes: Uint8Array): Promise<Uint8Array>
  unpack(bytes: Uint8Array, bytesMax: number): Promise<Uint8Array | null>
}

/** An HPKE context to one recipient: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, base mode. Chunks are sealed in order. */
export interface ChunkSealer {
  /** Base64url. */
  readonly encapsulatedKey: string
  seal(chunk: Uint8Array, aad: Uint8Array): Promise<Uint8Array>
}

/** The recipient's side; null for a chunk that is not what was sealed. */
export interface ChunkOpener {
  open(chunk: Uint8Array, aad: Uint8Array): Promise<Uint8Array | null>
}

/** What a file says of itself before it is sealed. */
export type BatchFileDraft = Omit<BatchFileHeader, 'format' | 'encapsulatedKey' | 'chunkCount' | 'plainBytes'>

/** A sealed file; its hash is the next file's `previousFile`. */
export interface SealedBatchFile {
  readonly header: BatchFileHeader
  readonly bytes: Uint8Array
  readonly fileHash: Hash
}

const hexOf = (bytes: Uint8Array): Hash => bytesToHex(bytes) as Hash

// Each chunk is bound to the header, to its place and to being the last or not.
function aadOf(headerHash: Uint8Array, index: number, isLast: boolean): Uint8Array {
  const aad = new Uint8Array(headerHash.length + 5)
  aad.set(headerHash)
  new DataView(aad.buffer).setUint32(headerHash.length, index)
  aad[headerHash.length + 4] = isLast ? 1 : 0
  return aad
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** Packs, seals and signs content of at most `BATCH_CONTENT_BYTES_MAX` bytes. `sign` answers the 64 bytes of Ed25519 over a text. */
export async function sealBatchFile(
  draft: BatchFileDraft,
  content: Uint8Array,
  parts: {
    readonly tools: BatchFileTools
    readonly sealer: ChunkSealer
    readonly sign: (text: string) => Uint8Array | Promise<Uint8Array>
  },
): Promise<SealedBatchFile> {
  const { tools, sealer, sign } = parts
  const packed = await tools.pack(content)
  if (content.length > BATCH_CONTENT_BYTES_MAX || packed.length > BATCH_PACKED_BYTES_MAX)
    throw new RangeError('the content is too large for one file')
  const chunkCount = chunkCountOf(packed.length)
  const { encapsulatedKey } = sealer
  const header: BatchFileHeader = { ...draft, format: 1, encapsulatedKey, chunkCount, plainBytes: packed.length }
  // A header is ASCII by its shape.
  const headerBytes = Uint8Array.from(canonicalText(header), (letter) => letter.charCodeAt(0))
  const headerHash = tools.sha256(headerBytes)
  const sealed: Uint8Array[] = [batchFileStart(headerBytes)]
  for (let index = 0; index < chunkCount; index += 1) {
    const chunk = packed.subarray(index * BATCH_CHUNK_BYTES, (index + 1) * BATCH_CHUNK_BYTES)
    sealed.push(await sealer.seal(chunk, aadOf(headerHash, index, index === chunkCount - 1)))
  }
  const signed = joined(sealed)
  const bytes = joined([signed, await sign(batchFileText(tools.sha256(signed)))])
  return { header, bytes, fileHash: hexOf(tools.sha256(bytes)) }
}

/** How a reader knows senders and itself. `signerOf` answers how to check the sender's signature, or why there is no such sender. */
export interface BatchFileReader {
  readonly direction: BatchDirection
  readonly facilityId: string
  readonly tools: BatchFileTools
  signerOf(
    header: BatchFileHeader,
  ): Promise<((text: string, signature: Uint8Array) => boolean | Promise<boolean>) | BatchFileNo>
  isRecipient(header: BatchFileHeader): boolean
  openerOf(header: BatchFileHeader): Promise<ChunkOpener | null>
}

/** A file whose every byte is the sender's. */
export interface OpenedBatchFile {
  readonly ok: true
  readonly header: BatchFileHeader
  readonly content: Uint8Array
  readonly fileHash: Hash
}

async function openChunks(frame: BatchFrame, reader: BatchFileReader): Promise<Uint8Array | null> {
  const opener = await reader.openerOf(frame.header)
  if (opener === null) return null
  const headerHash = reader.tools.sha256(frame.headerBytes)
  const plain: Uint8Array[] = []
  for (const [index, chunk] of frame.chunks.entries()) {
    const opened = await opener.open(chunk, aadOf(headerHash, index, index === frame.chunks.length - 1))
    if (opened === null) return null
    plain.push(opened)
  }
  return joined(plain)
}

/**
 * Opens a file, or says why not; nothing of its content is looked at before the signature over all of it and every seal have held. Codes: those of
 * `frameBatchFile`, batch-file-wrong-way, batch-file-other-facility, those of `signerOf`, batch-file-damaged, batch-file-other-recipient,
 * batch-file-too-large.
 */
export async function openBatchFile(
  bytes: Uint8Array,
  reader: BatchFileReader,
): Promise<OpenedBatchFile | BatchFileNo> {
  const framed = frameBatchFile(bytes)
  if (!framed.ok) return framed
  const { frame } = framed
  const { header } = frame
  if (header.direction !== reader.direction) return batchFileNo('batch-file-wrong-way')
  if (header.facilityId !== reader.facilityId) return batchFileNo('batch-file-other-facility')
  const isSigned = await reader.signerOf(header)
  if (typeof isSigned !== 'function') return isSigned
  if (!(await isSigned(batchFileText(reader.tools.sha256(frame.signed)), frame.signature)))
    return batchFileNo('batch-file-damaged')
  if (!reader.isRecipient(header)) return batchFileNo('batch-file-other-recipient')
  const packed = await openChunks(frame, reader)
  if (packed === null) return batchFileNo('batch-file-damaged')
  const content = await reader.tools.unpack(packed, BATCH_CONTENT_BYTES_MAX)
  if (content === null) return batchFileNo('batch-file-too-large')
  return { ok: true, header, content, fileHash: hexOf(reader.tools.sha256(bytes)) }
}
