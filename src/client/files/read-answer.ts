// Reads the file the site made in answer: the receipt takes entries out of pending, pages and sealed rows bring this tablet up to date.
import { batchFileNo } from '#contract/batch-file.ts'
import { type BatchAnswer, readToTablet, type ToTabletContent } from '#contract/batch-content.ts'
import { openBatchFile, type OpenedBatchFile } from '#contract/batch-seal.ts'
import { toBase64Url } from '#client/storage/base64url.ts'
import { Fault, faultCodeOf } from '#client/storage/fault.ts'
import type { FileKeys } from '#client/storage/file-store.ts'
import { isSignedBy } from '#client/sync/device-signer.ts'
import { compareRows } from '#client/sync/private-rows.ts'
import { readPage } from '#client/sync/pull.ts'
import { judgeReceipt, ownRows, safeSeqOf } from '#client/sync/push.ts'
import type { DeviceFileParts, FileNo, ReadAnswer } from './file-work.ts'
import { fileTools, keyIdOf, openerOf } from './file-crypto.ts'

const PATIENCE_MS = 2000
const NOTES_MAX = 2000
const NOTHING_NEW: Omit<ReadAnswer, 'stillUnsent'> = {
  ok: true,
  again: false,
  confirmedCount: 0,
  refusedCount: 0,
  newPositions: 0,
  problem: null,
  rewound: false,
}

interface Answer {
  readonly file: OpenedBatchFile
  readonly answer: BatchAnswer
  readonly sealed: Pick<ToTabletContent, 'manifest' | 'rows'>
  readonly pages: readonly ReturnType<typeof readPage>[]
}

function openFile(parts: DeviceFileParts, keys: FileKeys | null, bytes: Uint8Array) {
  const { device } = parts
  return openBatchFile(bytes, {
    direction: 'to-tablet',
    facilityId: device.facilityId,
    tools: fileTools,
    signerOf: async ({ deviceId, epoch }) =>
      deviceId === device.deviceId && epoch === device.epoch
        ? (text, signature) => isSignedBy(device.serverPublicKey, text, toBase64Url(signature))
        : batchFileNo('batch-file-other-recipient'),
    isRecipient: ({ recipientKeyId }) => keys !== null && recipientKeyId === keyIdOf(keys.raw),
    openerOf: async ({ encapsulatedKey }) => (keys === null ? null : openerOf(keys, encapsulatedKey)),
  })
}

// Every part is read before the first is applied: a file is taken whole or not at all.
function contentOf(parts: DeviceFileParts, file: OpenedBatchFile): Answer | FileNo {
  try {
    const content = readToTablet(new TextDecoder('utf-8', { fatal: true }).decode(file.content))
    if (content === null) return batchFileNo('batch-file-unreadable')
    const { answer, manifest, rows } = content
    const pages = content.pages.map(({ after, body }) => readPage(after, body, parts.device.facilityId))
    return { file, answer, sealed: { manifest, rows }, pages }
  } catch (thrown) {
    // Neither text nor page; a page that is none is a fault where it comes by the network.
    if (thrown instanceof TypeError || faultCodeOf(thrown) !== null) return batchFileNo('batch-file-unreadable')
    throw thrown
  }
}

/** Whether this answer is the newest there is, and still fits how far this device has come since it asked. */
async function fits(parts: DeviceFileParts, { file, answer }: Answer): Promise<'again' | 'yes' | FileNo> {
  const { came } = await parts.fileStore.carried()
  if (came?.fileHash === file.fileHash) return 'again'
  if (came?.serverEpoch === answer.serverEpoch && file.header.fileNumber < came.fileNumber)
    return batchFileNo('batch-file-older')
  const { serverEpoch, watermark } = parts.ledger.ownWork().state
  const { request } = answer
  // A site restored from a backup tells so by another epoch; which of two is the newer one only what was asked can say.
  if (answer.serverEpoch !== serverEpoch)
    return request.serverEpoch === serverEpoch ? 'yes' : batchFileNo('batch-file-stale')
  const from = request.serverEpoch === serverEpoch ? request.watermark : 0
  return from <= watermark ? 'yes' : batchFileNo('batch-file-stale')
}

type Judged = 'right' | 'wrong' | 'forked' | 'none'

async function judge(parts: DeviceFileParts, { answer, serverEpoch }: BatchAnswer): Promise<Judged> {
  if (answer === null) return 'none'
  const { verdicts, receipt } = answer
  if (receipt.serverEpoch !== serverEpoch) return 'wrong'
  const seq = verdicts.at(-1)?.seq ?? receipt.lastSeq
  // The site is behind what this device has long dropped: it says nothing of what is still here.
  if (seq > 0 && seq <= (parts.ledger.ownWork().state.pruned ?? 0)) return 'none'
  const id = seq === 0 ? receipt.head : (await parts.ledger.ownEntry(seq))?.id
  return id === undefined ? 'forked' : judgeReceipt(parts, receipt, { seq, id })
}

/** Takes the receipt in; answers how many entries it confirmed and refused. */
async function confirm(
  { ledger, device }: DeviceFileParts,
  { answer }: BatchAnswer,
): Promise<Pick<ReadAnswer, 'confirmedCount' | 'refusedCount'>> {
  const { state, held } = ledger.ownWork()
  // Of what was held the site may say something else now.
  const open = Math.min(state.watermark + 1, ...held.map(({ fromSeq }) => fromSeq))
  const verdicts = answer?.verdicts.filter(({ seq }) => seq >= open) ?? []
  const known = new Set(verdicts.map(({ seq }) => seq))
  const asked = await ownRows(ledger, verdicts[0]?.seq ?? open, Math.min(state.watermark, verdicts.at(-1)?.seq ?? 0))
  const rows = [...asked, ...(await ledger.unsent(verdicts.length)).filter(({ seq }) => known.has(seq))]
  if (answer !== null && rows.length > 0) {
    const safeSeq = await safeSeqOf(device, answer)
    await ledger.confirmPush({ rows, verdicts, receipt: answer.receipt, safeSeq })
  }
  const news = verdicts.filter(({ seq, status }) => seq > state.watermark || status === 'refused')
  const refusedCount = news.filter(({ status }) => status === 'refused').length
  return { confirmedCount: news.length - refusedCount, refusedCount }
}

async function takeNotes({ privateStore }: DeviceFileParts, { keptNotes }: BatchAnswer): Promise<void> {
  const kept = new Set(keptNotes)
  const rows = (await privateStore.unsentNotes(NOTES_MAX)).filter(({ id }) => kept.has(id))
  if (rows.length > 0) await privateStore.notesSent(rows)
}

async function takeSealedRows(parts: DeviceFileParts, { manifest, rows }: Answer['sealed']): Promise<void> {
  const { privateStore } = parts
  if (manifest === null || manifest.rows === null) return
  const { fetch, drop } = compareRows(await privateStore.held(), manifest.rows)
  const wanted = new Set(fetch.map(({ collection, key }) => `${collection} ${key}`))
  const put = rows.filter(({ collection, key }) => wanted.has(`${collection} ${key}`))
  await privateStore.exchange(put, drop)
  const isWhole = await parts.ledger.leaveClasses(manifest.closedClasses ?? [])
  if (isWhole && put.length === fetch.length) await privateStore.setManifestHash(manifest.hash)
  if (put.length > 0 || drop.length > 0) parts.privateRowsChanged()
}

// The site lacks what came before: from there on everything counts as unsent again, and the next file brings it.
async function rewindFor({ ledger }: DeviceFileParts, { problem }: BatchAnswer): Promise<boolean> {
  if (problem?.code !== 'chain-gap' && problem?.code !== 'chain-broken') return false
  const expectSeq = problem.expectSeq ?? 1
  if (expectSeq <= ledger.ownWork().state.watermark) await ledger.rewind(expectSeq)
  return true
}

async function apply(parts: DeviceFileParts, read: Answer): Promise<ReadAnswer | FileNo> {
  const { ledger, fileStore } = parts
  const { answer, file } = read
  const judged = await judge(parts, answer)
  if (judged === 'wrong') return batchFileNo('batch-file-unreadable')
  if (answer.serverEpoch !== ledger.ownWork().state.serverEpoch) await ledger.serverRestored(answer.serverEpoch)
  await takeNotes(parts, answer)
  const counts = judged === 'right' ? await confirm(parts, answer) : { confirmedCount: 0, refusedCount: 0 }
  const rewound = await rewindFor(parts, answer)
  // Sealed rows before the pages, as on the wire.
  await takeSealedRows(parts, read.sealed)
  const before = ledger.ownWork().state.cursor
  for (const page of read.pages) await ledger.confirmPage(page)
  // Last: a reading that was cut short is simply done again.
  const { fileNumber } = file.header
  await fileStore.saveCarried({ came: { serverEpoch: answer.serverEpoch, fileNumber, fileHash: file.fileHash } })
  const problem = judged === 'forked' ? 'chain-forked' : (answer.problem?.code ?? null)
  if (problem === null) await parts.renewal.done()
  const { state, unsentCount } = ledger.ownWork()
  const newPositions = state.cursor - before
  return { ...NOTHING_NEW, ...counts, newPositions, problem, rewound, stillUnsent: unsentCount }
}

/**
 * Reads an answer. Codes: those of `openBatchFile`, batch-file-unreadable, batch-file-older, batch-file-stale; then nothing is written.
 * Faults: storage-full, storage-broken, another-window.
 */
export async function readAnswerFile(parts: DeviceFileParts, bytes: Uint8Array): Promise<ReadAnswer | FileNo> {
  const opened = await openFile(parts, await parts.fileStore.keys(), bytes)
  if (!opened.ok) return opened
  const read = contentOf(parts, opened)
  if ('ok' in read) return read
  if (!(await parts.ledger.lock.take(PATIENCE_MS))) throw new Fault('another-window')
  const fit = await fits(parts, read)
  if (fit === 'again') return { ...NOTHING_NEW, again: true, stillUnsent: parts.ledger.ownWork().unsentCount }
  return fit === 'yes' ? apply(parts, read) : fit
}
