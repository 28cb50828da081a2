// The file for the way back: verdicts, the signed receipt, the sealed rows and the pages the tablet has not seen, sealed to that tablet alone.
import { createHash } from 'node:crypto'
import { BATCH_CONTENT_BYTES_MAX, NO_PREVIOUS_FILE } from '#contract/batch-file.ts'
import { type BatchAnswer, type BatchPart, type BatchRequest, writeParts } from '#contract/batch-content.ts'
import { sealBatchFile, type SealedBatchFile } from '#contract/batch-seal.ts'
import type { PushAnswer } from '#contract/sync.ts'
import type { Hash } from '#contract/values.ts'
import { receiptFor, wireVerdict } from '#server/ledger/accept-batch.ts'
import { safeMarkFor } from '#server/ledger/proved-backups.ts'
import { devices } from '#server/ledger/collections.ts'
import { feedBody, readFeed } from '#server/ledger/feed.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import type { LedgerTransaction } from '#server/storage/ledger-store.ts'
import { cardBook } from '#server/vault/cards.ts'
import { deviceManifest, deviceRows } from '#server/vault/device-rows.ts'
import { fileTools, sealerTo } from './file-crypto.ts'
import { lastAnswer, noteAnswered } from './file-records.ts'
import type { TakenFile } from './taken-file.ts'
import type { ToSiteFile } from './open-file.ts'

/** Leaves room below the most a file may hold for the last page and the verdicts of a large one. */
const CONTENT_BYTES_AIM = BATCH_CONTENT_BYTES_MAX - 8 * 1024 * 1024
/** Sealed rows beyond this stay for the network: a file that holds nothing else would not help the tablet. */
const ROWS_BYTES_MAX = BATCH_CONTENT_BYTES_MAX / 2
const VERDICTS_MAX = 100_000
const ROWS_A_LINE = 500
const ANSWER_TRIES = 5

// A server restored from a backup has other positions than the tablet knows: then it is served from the beginning.
function askedOf(context: ServerContext, { content }: ToSiteFile): BatchRequest {
  const { request } = content
  return request.serverEpoch === context.serverKeys.epoch
    ? request
    : { ...request, cursor: 0, watermark: 0, privateHash: null }
}

/** The verdict of every entry of the tablet above the watermark, whichever way it came, with the receipt for all of them. */
async function pushAnswer(
  tx: LedgerTransaction,
  context: ServerContext,
  file: ToSiteFile,
  watermark: number,
): Promise<PushAnswer> {
  const { deviceId, epoch } = file.header
  const stored = await tx.entries.ofDevice(deviceId, epoch, watermark + 1, VERDICTS_MAX)
  const verdicts = stored.map(({ seq, verdict, position }) => wireVerdict(seq, verdict, position, false))
  const chain = { deviceId, epoch }
  return { verdicts, receipt: await receiptFor(tx, context, chain), safe: await safeMarkFor(tx, context, chain) }
}

async function privatePart(
  tx: LedgerTransaction,
  context: ServerContext,
  file: ToSiteFile,
  known: Hash | null,
): Promise<readonly BatchPart[]> {
  const manifest = await deviceManifest(tx, context, cardBook, file.device)
  const { hash, rows: wanted } = manifest
  if (hash === known) return [{ part: 'private', lines: [JSON.stringify({ hash, rows: null })] }]
  const lines = [JSON.stringify(manifest)]
  for (let start = 0; start < wanted.length; start += ROWS_A_LINE) {
    const rows = await deviceRows(tx, context, cardBook, file.device, wanted.slice(start, start + ROWS_A_LINE))
    lines.push(JSON.stringify({ rows }))
  }
  const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0)
  return bytes > ROWS_BYTES_MAX ? [] : [{ part: 'private', lines }]
}

async function pageParts(
  tx: LedgerTransaction,
  context: ServerContext,
  file: ToSiteFile,
  cursor: number,
  bytesMax: number,
): Promise<readonly BatchPart[]> {
  const parts: BatchPart[] = []
  let after = cursor
  for (let bytes = 0; bytes < bytesMax; ) {
    const page = await readFeed(tx, context, file.device, after)
    const body = feedBody(page)
    parts.push({ part: 'page', after, lines: body.trimEnd().split('\n') })
    bytes += Buffer.byteLength(body)
    if (!page.header.more || page.header.cursor === after) break
    after = page.header.cursor
  }
  return parts
}

async function contentOf(
  tx: LedgerTransaction,
  context: ServerContext,
  file: ToSiteFile,
  taken: TakenFile,
): Promise<Uint8Array> {
  const { cursor, watermark, privateHash } = askedOf(context, file)
  const isQuarantined = (await devices.get(tx, file.device.deviceId))?.value.quarantinedAt != null
  const answer: BatchAnswer = {
    inReplyTo: file.fileHash,
    request: file.content.request,
    serverEpoch: context.serverKeys.epoch,
    answer: isQuarantined ? null : await pushAnswer(tx, context, file, watermark),
    keptNotes: [...taken.keptNotes],
    problem: taken.problem,
  }
  const head: readonly BatchPart[] = [
    { part: 'answer', lines: [JSON.stringify(answer)] },
    ...(await privatePart(tx, context, file, privateHash)),
  ]
  const room = CONTENT_BYTES_AIM - Buffer.byteLength(writeParts(head))
  const pages = await pageParts(tx, context, file, cursor, Math.max(1, room))
  return Buffer.from(writeParts([...head, ...pages]), 'utf8')
}

/** Makes the answer to a file that was taken. Asked again for the same file it makes another one, good as the first. */
export async function makeAnswerFile(
  context: ServerContext,
  file: ToSiteFile,
  taken: TakenFile,
): Promise<SealedBatchFile> {
  const { facilityId, fileKey, serverKeys, store } = context
  const { deviceId, epoch, replyKey } = file.header
  for (let attempt = 0; attempt < ANSWER_TRIES; attempt += 1) {
    const { content, before } = await store.transaction(facilityId, async (tx) => ({
      content: await contentOf(tx, context, file, taken),
      before: await lastAnswer(tx, file.header),
    }))
    const sealed = await sealBatchFile(
      {
        direction: 'to-tablet',
        facilityId,
        deviceId,
        epoch,
        fileNumber: (before?.fileNumber ?? 0) + 1,
        previousFile: before?.fileHash ?? NO_PREVIOUS_FILE,
        recipientKeyId: createHash('sha256').update(replyKey, 'base64url').digest('hex') as Hash,
        replyKey: fileKey.publicKey,
        createdAt: context.clock.now(),
      },
      content,
      {
        tools: fileTools,
        sealer: await sealerTo(replyKey),
        sign: (text) => Buffer.from(serverKeys.sign(text), 'base64url'),
      },
    )
    const { fileNumber } = sealed.header
    const isFirst = await store.transaction(facilityId, (tx) =>
      noteAnswered(tx, file.header, { fileNumber, fileHash: sealed.fileHash }),
    )
    if (isFirst) return sealed
  }
  throw new Error('other answers to the same tablet kept coming first')
}
