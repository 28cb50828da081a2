// Makes a file of what this tablet has not handed in: the same bodies a push would send. An export changes nothing: only a receipt does.
import {
  BATCH_CONTENT_BYTES_MAX,
  batchFileName,
  batchFileNo,
  NO_PREVIOUS_FILE,
  siteFileKeyText,
} from '#contract/batch-file.ts'
import { type BatchPart, type BatchRequest, writeParts } from '#contract/batch-content.ts'
import { sealBatchFile } from '#contract/batch-seal.ts'
import { classOf } from '#contract/streams.ts'
import { PUSH_ENTRIES_MAX } from '#contract/sync.ts'
import type { Hash } from '#contract/values.ts'
import { fromBase64Url, utf8 } from '#client/storage/base64url.ts'
import type { JournalRow } from '#client/storage/database.ts'
import type { FileKeys } from '#client/storage/file-store.ts'
import { isSignedBy } from '#client/sync/device-signer.ts'
import { pushBodyOf, withinBytes } from '#client/sync/push.ts'
import type { DeviceFileParts, ExportChoice, ExportCount, ExportedFile, FileNo } from './file-work.ts'
import { fileTools, keyIdOf, makeFileKeys, sealerTo } from './file-crypto.ts'

/** The most entries of one file. */
const ENTRIES_MAX = 40_000
/** Leaves room for the lines between the pushes. */
const CONTENT_BYTES_AIM = BATCH_CONTENT_BYTES_MAX - 4 * 1024 * 1024
const NOTES_MAX = 2000
const NOTES_A_PUSH = 200

type Rows = readonly [JournalRow, ...JournalRow[]]

function isChosen({ text }: JournalRow, choice: ExportChoice): boolean {
  if (choice.what === 'all') return true
  const { stream, occurredOn } = JSON.parse(text) as { stream: string; occurredOn: string }
  return choice.what === 'class' ? classOf(stream) === choice.classId : occurredOn === choice.on
}

// A chain has no gap, so everything before the last chosen entry goes along.
async function chosenRows(
  { ledger }: DeviceFileParts,
  choice: ExportChoice,
): Promise<{ readonly rows: readonly JournalRow[]; readonly chosenCount: number }> {
  // What only one journal could take has a number: it goes along like the rest, as it does by the network.
  if (ledger.lock.held) await ledger.levelJournals()
  const unsent = await ledger.unsent(ENTRIES_MAX)
  const chosen = unsent.map((row) => isChosen(row, choice))
  return { rows: unsent.slice(0, chosen.lastIndexOf(true) + 1), chosenCount: chosen.filter(Boolean).length }
}

/** Counts what a choice would carry. Faults: storage-full, storage-broken, another-window. */
export async function countExport(parts: DeviceFileParts, choice: ExportChoice): Promise<ExportCount> {
  const { rows, chosenCount } = await chosenRows(parts, choice)
  const notes = await parts.privateStore.unsentNotes(NOTES_MAX)
  return { entryCount: rows.length, chosenCount, notesCount: notes.length }
}

/** Push bodies, as many as there is room for, and how many entries they hold. */
async function pushParts(
  parts: DeviceFileParts,
  rows: readonly JournalRow[],
  room: number,
): Promise<{ readonly pushes: readonly BatchPart[]; readonly carried: number }> {
  const pushes: BatchPart[] = []
  let carried = 0
  for (let left = room; carried < rows.length; ) {
    const batch = withinBytes(rows.slice(carried, carried + PUSH_ENTRIES_MAX))
    if (batch[0] === undefined) break
    const body = await pushBodyOf(parts, batch as Rows)
    left -= utf8(body).length
    if (left < 0) break
    pushes.push({ part: 'push', lines: body.split('\n') })
    carried += batch.length
  }
  return { pushes, carried }
}

async function requestOf({ ledger, privateStore }: DeviceFileParts): Promise<BatchRequest> {
  const { state, held } = ledger.ownWork()
  const { serverEpoch, cursor } = state
  // What became of entries that are held is asked for again.
  const watermark = Math.min(state.watermark, ...held.map(({ fromSeq }) => fromSeq - 1))
  return { serverEpoch, cursor, watermark, privateHash: (await privateStore.manifestHash()) as Hash | null }
}

async function noteParts({ privateStore }: DeviceFileParts): Promise<{ parts: readonly BatchPart[]; count: number }> {
  const notes = await privateStore.unsentNotes(NOTES_MAX)
  const parts: BatchPart[] = []
  for (let start = 0; start < notes.length; start += NOTES_A_PUSH)
    parts.push({ part: 'notes', lines: [JSON.stringify({ rows: notes.slice(start, start + NOTES_A_PUSH) })] })
  return { parts, count: notes.length }
}

// What a sync or joining left here, and only if the server signed it.
async function siteKeyOf({ device, fileStore }: DeviceFileParts): Promise<string | FileNo> {
  const key = (await fileStore.siteKey()) ?? device.fileKey ?? null
  if (key === null) return batchFileNo('no-batch-file-key')
  const text = siteFileKeyText(device.facilityId, key.publicKey)
  return (await isSignedBy(device.serverPublicKey, text, key.signature))
    ? key.publicKey
    : batchFileNo('batch-file-key-unproven')
}

async function ownKeys({ fileStore }: DeviceFileParts): Promise<FileKeys> {
  const found = await fileStore.keys()
  if (found !== null) return found
  const made = await makeFileKeys()
  await fileStore.saveKeys(made)
  return made
}

/**
 * Makes the next file. Codes: no-batch-file-key when neither joining nor a sync left the site's key here, batch-file-key-unproven when the site did
 * not sign it. Faults: storage-full, storage-broken, another-window.
 */
export async function exportFile(parts: DeviceFileParts, choice: ExportChoice): Promise<ExportedFile | FileNo> {
  const { device, fileStore, sign } = parts
  const siteKey = await siteKeyOf(parts)
  if (typeof siteKey !== 'string') return siteKey
  const { rows, chosenCount } = await chosenRows(parts, choice)
  const notes = await noteParts(parts)
  const head: readonly BatchPart[] = [
    { part: 'request', lines: [JSON.stringify(await requestOf(parts))] },
    ...notes.parts,
  ]
  const { pushes, carried } = await pushParts(parts, rows, CONTENT_BYTES_AIM - utf8(writeParts(head)).length)
  const content = utf8(writeParts([...head, ...pushes]))
  const { left } = await fileStore.carried()
  const renewal = await parts.renewal.pending()
  const { facilityId, deviceId, epoch } = device
  const { header, bytes, fileHash } = await sealBatchFile(
    {
      direction: 'to-site',
      facilityId,
      deviceId,
      epoch,
      fileNumber: (left?.fileNumber ?? 0) + 1,
      previousFile: left?.fileHash ?? NO_PREVIOUS_FILE,
      recipientKeyId: keyIdOf(siteKey),
      replyKey: (await ownKeys(parts)).raw,
      createdAt: parts.now(),
      ...(renewal === null
        ? {}
        : {
            renewal: {
              publicKey: renewal.publicKey,
              lastSeq: renewal.lastSeq,
              head: renewal.head,
              proof: renewal.proof,
            },
          }),
    },
    content,
    {
      tools: fileTools,
      sealer: await sealerTo(siteKey),
      sign: async (text) => fromBase64Url(await sign(text)) ?? new Uint8Array(),
    },
  )
  await fileStore.saveCarried({ left: { fileNumber: header.fileNumber, fileHash } })
  const counts = { entryCount: carried, chosenCount: Math.min(chosenCount, carried), notesCount: notes.count }
  return { ok: true, fileName: batchFileName(header), bytes, more: carried < rows.length, ...counts }
}
