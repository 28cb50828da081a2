// Imports a carried file: what it holds goes the way of every push, in one transaction, or is only tried out. Twice, in any order, it changes nothing.
import { batchFileName } from '#contract/batch-file.ts'
import type { BatchFileReport } from '#contract/batch-import.ts'
import type { Verdict } from '#contract/sync.ts'
import { renewDeviceKey } from '#server/devices/renew-key.ts'
import { acceptBatch } from '#server/ledger/accept-batch.ts'
import { done, type Outcome } from '#server/ledger/outcome.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import type { LedgerTransaction } from '#server/storage/ledger-store.ts'
import { keepNotes } from '#server/vault/device-rows.ts'
import { makeAnswerFile } from './answer-file.ts'
import { noteTaken } from './file-records.ts'
import type { TakenFile } from './taken-file.ts'
import { openToSiteFile, renewalOf, type ToSiteFile } from './open-file.ts'

async function takeFile(tx: LedgerTransaction, context: ServerContext, file: ToSiteFile): Promise<TakenFile> {
  const verdicts: Verdict[] = []
  const keptNotes: string[] = []
  let stopped: TakenFile['problem'] = null
  const order = await noteTaken(tx, file.header, file.fileHash)
  const renewal = order === 'again' ? null : renewalOf(file.header)
  const renewed = renewal === null ? null : await renewDeviceKey(tx, context, renewal)
  if (renewed?.ok === false)
    return { order, verdicts, keptNotes, problem: { code: renewed.problem.code, expectSeq: null } }
  // Notes before the entries that name them, as on the wire.
  for (const row of file.content.notes.flat()) {
    const kept = await keepNotes(tx, file.device, [row])
    if (kept.ok) keptNotes.push(row.id)
    else stopped ??= { code: kept.problem.code, expectSeq: null }
  }
  for (const batch of file.batches) {
    const answer = await acceptBatch(tx, context, file.device, batch)
    if (!answer.ok) {
      stopped = { code: answer.problem.code, expectSeq: answer.problem.expectSeq ?? null }
      break
    }
    verdicts.push(...answer.value.verdicts)
  }
  return { order, verdicts, keptNotes, problem: stopped }
}

/** Carries the result out of a transaction that is taken back. */
class OnlyTried extends Error {
  readonly taken: TakenFile
  constructor(taken: TakenFile) {
    super('the file was only tried out')
    this.taken = taken
  }
}

async function tryFile(context: ServerContext, file: ToSiteFile): Promise<TakenFile> {
  try {
    return await context.store.transaction(context.facilityId, async (tx) => {
      throw new OnlyTried(await takeFile(tx, context, file))
    })
  } catch (reason) {
    if (reason instanceof OnlyTried) return reason.taken
    throw reason
  }
}

function reportOf(
  { header, device }: ToSiteFile,
  { order, verdicts, keptNotes, problem }: TakenFile,
): Omit<BatchFileReport, 'written' | 'answer'> {
  const count = (status: Verdict['status']) => verdicts.filter((verdict) => verdict.status === status).length
  return {
    deviceLabel: device.label,
    fileNumber: header.fileNumber,
    order,
    newCount: count('recorded'),
    knownCount: count('duplicate'),
    refusedCount: count('refused'),
    heldCount: count('held'),
    notesCount: keptNotes.length,
    problem: problem?.code ?? null,
  }
}

/** What came of an import: what to tell people, and the file for the way back, null when it was only tried out. */
export interface ImportedFile {
  readonly report: Omit<BatchFileReport, 'answer'>
  readonly answer: { readonly fileName: string; readonly bytes: Uint8Array } | null
}

/** Tries a file out, or imports it and makes its answer. Problems: those of `openToSiteFile`; then nothing is written. */
export async function importBatchFile(
  context: ServerContext,
  bytes: Uint8Array,
  options: { readonly onlyTry: boolean },
): Promise<Outcome<ImportedFile>> {
  const opened = await openToSiteFile(context, bytes)
  if (!opened.ok) return opened
  const file = opened.value
  if (options.onlyTry) {
    const report = reportOf(file, await tryFile(context, file))
    return done({ report: { ...report, written: false }, answer: null })
  }
  const taken = await context.store.transaction(context.facilityId, (tx) => takeFile(tx, context, file))
  const answer = await makeAnswerFile(context, file, taken)
  return done({
    report: { ...reportOf(file, taken), written: true },
    answer: { fileName: batchFileName(answer.header), bytes: answer.bytes },
  })
}
