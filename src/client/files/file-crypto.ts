// The tools of carried files on a tablet: SHA-256, gzip, and HPKE over the browser's own X25519.
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { BATCH_SEAL_INFO } from '#contract/batch-file.ts'
import type { BatchFileTools, ChunkOpener, ChunkSealer } from '#contract/batch-seal.ts'
import type { Hash } from '#contract/values.ts'
import { fromBase64Url, toBase64Url, utf8 } from '#client/storage/base64url.ts'
import type { FileKeys } from '#client/storage/file-store.ts'

const suiteOf = () =>
  new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })

const info = utf8(BATCH_SEAL_INFO)

function streamOf(bytes: Uint8Array, through: GenericTransformStream): ReadableStream<Uint8Array> {
  return new Blob([new Uint8Array(bytes)]).stream().pipeThrough(through)
}

/** Reads a stream to its end; null when it fails or gives more than it may. */
async function readAll(stream: ReadableStream<Uint8Array>, bytesMax: number): Promise<Uint8Array | null> {
  const reader = stream.getReader()
  const parts: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return new Uint8Array(await new Blob(parts).arrayBuffer())
      length += value.length
      if (length > bytesMax) {
        await reader.cancel()
        return null
      }
      parts.push(new Uint8Array(value))
    }
  } catch {
    return null
  }
}

export const fileTools: BatchFileTools = {
  sha256: (bytes) => sha256(bytes),
  async pack(bytes) {
    const packed = await readAll(streamOf(bytes, new CompressionStream('gzip')), Number.MAX_SAFE_INTEGER)
    if (packed === null) throw new TypeError('packing never fails')
    return packed
  },
  unpack: (bytes, bytesMax) => readAll(streamOf(bytes, new DecompressionStream('gzip')), bytesMax),
}

/** What names a key in a header: SHA-256 of its 32 bytes, in hex. */
export function keyIdOf(raw: string): Hash {
  return bytesToHex(sha256(fromBase64Url(raw) ?? new Uint8Array())) as Hash
}

/** Makes this device's pair for answers: the private half cannot be exported. */
export async function makeFileKeys(): Promise<FileKeys> {
  const pair = (await crypto.subtle.generateKey('X25519', false, ['deriveBits'])) as CryptoKeyPair
  return { pair, raw: toBase64Url(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))) }
}

/** Seals to the site's key (raw 32 bytes, base64url). */
export async function sealerTo(publicKey: string): Promise<ChunkSealer> {
  const suite = suiteOf()
  const raw = fromBase64Url(publicKey) ?? new Uint8Array()
  const recipientPublicKey = await suite.kem.importKey('raw', raw.buffer, true)
  const sender = await suite.createSenderContext({ recipientPublicKey, info })
  return {
    encapsulatedKey: toBase64Url(new Uint8Array(sender.enc)),
    seal: async (chunk, aad) => new Uint8Array(await sender.seal(new Uint8Array(chunk), new Uint8Array(aad))),
  }
}

/** Opens what was sealed to this device; null for a key no seal can have been made with. */
export async function openerOf(keys: FileKeys, encapsulatedKey: string): Promise<ChunkOpener | null> {
  try {
    const enc = fromBase64Url(encapsulatedKey) ?? new Uint8Array()
    const recipient = await suiteOf().createRecipientContext({ recipientKey: keys.pair, enc, info })
    return {
      async open(chunk, aad) {
        try {
          return new Uint8Array(await recipient.open(new Uint8Array(chunk), new Uint8Array(aad)))
        } catch {
          return null
        }
      },
    }
  } catch {
    return null
  }
}
