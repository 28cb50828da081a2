// The tools of carried files on the server: SHA-256, gzip, Ed25519 and HPKE.
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'
import { BATCH_SEAL_INFO } from '#contract/batch-file.ts'
import type { BatchFileTools, ChunkOpener, ChunkSealer } from '#contract/batch-seal.ts'
import type { FileKeyPair } from '#server/ledger/server-context.ts'

const packed = promisify(gzip)
const unpacked = promisify(gunzip)
const info = new TextEncoder().encode(BATCH_SEAL_INFO)

const suiteOf = () =>
  new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })

export const fileTools: BatchFileTools = {
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
  pack: (bytes) => packed(bytes, { level: 6 }),
  async unpack(bytes, bytesMax) {
    try {
      return await unpacked(bytes, { maxOutputLength: bytesMax })
    } catch {
      return null
    }
  },
}

const rawOf = (key: string): ArrayBuffer => new Uint8Array(Buffer.from(key, 'base64url')).buffer

/** Seals to a device's X25519 key (raw 32 bytes, base64url). */
export async function sealerTo(publicKey: string): Promise<ChunkSealer> {
  const suite = suiteOf()
  const recipientPublicKey = await suite.kem.importKey('raw', rawOf(publicKey), true)
  const sender = await suite.createSenderContext({ recipientPublicKey, info })
  return {
    encapsulatedKey: Buffer.from(sender.enc).toString('base64url'),
    seal: async (chunk, aad) => new Uint8Array(await sender.seal(chunk, aad)),
  }
}

/** Opens what was sealed to the site; null for a key no seal can have been made with. */
export async function openerOf(fileKey: FileKeyPair, encapsulatedKey: string): Promise<ChunkOpener | null> {
  const suite = suiteOf()
  try {
    const privateKey = await suite.kem.importKey('raw', new Uint8Array(fileKey.secret).buffer, false)
    const publicKey = await suite.kem.importKey('raw', rawOf(fileKey.publicKey), true)
    const recipientKey = { privateKey, publicKey }
    const recipient = await suite.createRecipientContext({ recipientKey, enc: rawOf(encapsulatedKey), info })
    return {
      async open(chunk, aad) {
        try {
          return new Uint8Array(await recipient.open(chunk, aad))
        } catch {
          return null
        }
      },
    }
  } catch {
    return null
  }
}
