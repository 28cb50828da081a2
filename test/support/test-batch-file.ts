// Files to the site as a test's device makes them; every part can be made wrong.
import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { type BatchPart, writeParts } from '#contract/batch-content.ts'
import { type BatchFileHeader, frameBatchFile, NO_PREVIOUS_FILE } from '#contract/batch-file.ts'
import { type BatchFileDraft, type BatchFileTools, sealBatchFile, type SealedBatchFile } from '#contract/batch-seal.ts'
import type { VaultRow } from '#contract/vault.ts'
import type { Hash, Instant } from '#contract/values.ts'
import { fileTools, sealerTo } from '#server/exchange/batch-file/file-crypto.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import type { SeededRandom } from './seeded-random.ts'
import type { TestDevice } from './test-device.ts'

/** A fresh X25519 public key, raw, base64url. */
export function newFileKey(): string {
  return String(createPublicKey(generateKeyPairSync('x25519').privateKey).export({ format: 'jwk' }).x)
}

export const keyIdOf = (raw: string): Hash => createHash('sha256').update(raw, 'base64url').digest('hex') as Hash

export interface TestFileOptions {
  readonly header?: Partial<BatchFileDraft>
  readonly tools?: Partial<BatchFileTools>
  /** Whom it is sealed to; the site unless another key is named. */
  readonly sealedTo?: string
  readonly sign?: (text: string) => string
}

const REQUEST = { serverEpoch: 'unknown', cursor: 0, watermark: 0, privateHash: null }

/** The parts of a file: what it asks, notes, and pushes of everything the device recorded. */
export function partsOf(device: TestDevice, more: { notes?: readonly VaultRow[]; request?: object } = {}): BatchPart[] {
  const { notes = [], request = REQUEST } = more
  const count = device.chain.entries.length
  const body = Buffer.from(device.chain.pushBody(1, count)).toString('utf8').trimEnd()
  return [
    { part: 'request', lines: [JSON.stringify(request)] },
    ...(notes.length === 0 ? [] : [{ part: 'notes' as const, lines: [JSON.stringify({ rows: notes })] }]),
    ...(count === 0 ? [] : [{ part: 'push' as const, lines: body.split('\n') }]),
  ]
}

/** Seals a file of a device to a site. */
export async function testFile(
  context: ServerContext,
  device: TestDevice,
  content: readonly BatchPart[] | string = partsOf(device),
  options: TestFileOptions = {},
): Promise<SealedBatchFile> {
  const { sealedTo = context.fileKey.publicKey, sign = device.key.sign } = options
  const { facilityId, deviceId } = device.joined
  const draft: BatchFileDraft = {
    direction: 'to-site',
    facilityId,
    deviceId,
    epoch: device.chain.epoch,
    fileNumber: 1,
    previousFile: NO_PREVIOUS_FILE,
    recipientKeyId: keyIdOf(sealedTo),
    replyKey: newFileKey(),
    createdAt: '2026-11-02T01:00:00.000Z' as Instant,
    ...options.header,
  }
  const text = typeof content === 'string' ? content : writeParts(content)
  return sealBatchFile(draft, Buffer.from(text, 'utf8'), {
    tools: { ...fileTools, ...options.tools },
    sealer: await sealerTo(sealedTo),
    sign: (signed) => Buffer.from(sign(signed), 'base64url'),
  })
}

/** A note that cannot be packed, of so many random bytes. */
export function randomNote(random: SeededRandom, bytes: number): VaultRow {
  const text = (count: number) => Buffer.from(random.bytes(count)).toString('base64url')
  return { kind: 'note', id: `N${text(9)}`, revision: 1, iv: text(12), sealed: text(bytes) }
}

/** The same bytes with another signature under them: what only the device itself could make. */
export function signedAgain(bytes: Uint8Array, sign: (text: string) => string): Uint8Array {
  const signed = bytes.subarray(0, bytes.length - 64)
  const hash = createHash('sha256').update(signed).digest('hex')
  return Buffer.concat([signed, Buffer.from(sign(`batch-file|${hash}`), 'base64url')])
}

/** The header of a file that must have one. */
export function headerOf(bytes: Uint8Array): BatchFileHeader {
  const framed = frameBatchFile(bytes)
  if (!framed.ok) throw new Error(framed.code)
  return framed.frame.header
}
