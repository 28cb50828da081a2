// Opens a carried file at the site: authentic to the last byte, and every push in it readable and signed, before anything is written.
import { type BatchFileHeader, batchFileNo } from '#contract/batch-file.ts'
import { type ToSiteContent, readToSite } from '#contract/batch-content.ts'
import { type BatchFileReader, openBatchFile } from '#contract/batch-seal.ts'
import type { RenewKeyRequest } from '#contract/device.ts'
import type { Hash } from '#contract/values.ts'
import { isRenewalProven } from '#server/devices/renew-key.ts'
import { devices, type KnownDevice } from '#server/ledger/collections.ts'
import { isSignedBy } from '#server/ledger/ed25519.ts'
import { done, type Outcome, problem } from '#server/ledger/outcome.ts'
import { type Batch, readBatch } from '#server/ledger/read-batch.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import { fileTools, openerOf } from './file-crypto.ts'

/** A file to the site, read and believed. `device` carries the key the file is signed with, which it may be the first to bring. */
export interface ToSiteFile {
  readonly header: BatchFileHeader
  readonly fileHash: Hash
  readonly device: KnownDevice
  readonly content: Pick<ToSiteContent, 'request' | 'notes'>
  readonly batches: readonly Batch[]
}

/** The renewal of the tablet's key that a file brings along, null for most. */
export function renewalOf({ deviceId, epoch, renewal }: BatchFileHeader): RenewKeyRequest | null {
  return renewal === undefined ? null : { deviceId, epoch, ...renewal }
}

function readerAt(context: ServerContext, found: (device: KnownDevice) => void): BatchFileReader {
  const { facilityId, fileKey, store } = context
  return {
    direction: 'to-site',
    facilityId,
    tools: fileTools,
    async signerOf(header) {
      const device = (await store.read(facilityId, (view) => devices.get(view, header.deviceId)))?.value
      if (device === undefined) return batchFileNo('batch-file-unknown-device')
      const renewal = renewalOf(header)
      if (renewal !== null && !isRenewalProven(device, renewal)) return batchFileNo('batch-file-damaged')
      const { publicKey } = renewal ?? device
      found({ ...device, publicKey })
      return (text, signature) => isSignedBy(publicKey, text, Buffer.from(signature).toString('base64url'))
    },
    isRecipient: ({ recipientKeyId }) => recipientKeyId === fileKey.keyId,
    openerOf: ({ encapsulatedKey }) => openerOf(fileKey, encapsulatedKey),
  }
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Every push of the file, each of its own device epoch; null when one is not. */
function batchesOf(
  header: BatchFileHeader,
  device: KnownDevice,
  pushes: ToSiteContent['pushes'],
): readonly Batch[] | null {
  const batches: Batch[] = []
  for (const body of pushes) {
    const batch = readBatch(Buffer.from(body, 'utf8'), device.publicKey)
    if (!batch.ok) return null
    const { facilityId, deviceId, epoch } = batch.value.header
    if (facilityId !== header.facilityId || deviceId !== header.deviceId || epoch !== header.epoch) return null
    batches.push(batch.value)
  }
  return batches
}

/** Reads a file and writes nothing. Problems: those of `openBatchFile`, and batch-file-unreadable for authentic content of another shape. */
export async function openToSiteFile(context: ServerContext, bytes: Uint8Array): Promise<Outcome<ToSiteFile>> {
  let device: KnownDevice | null = null
  const opened = await openBatchFile(
    bytes,
    readerAt(context, (known) => {
      device = known
    }),
  )
  if (!opened.ok) return problem(opened.code)
  const { header, fileHash } = opened
  const sender = device as KnownDevice | null
  const text = textOf(opened.content)
  const content = text === null ? null : readToSite(text)
  const batches = content === null || sender === null ? null : batchesOf(header, sender, content.pushes)
  if (content === null || sender === null || batches === null) return problem('batch-file-unreadable')
  return done({ header, fileHash, device: sender, content, batches })
}
