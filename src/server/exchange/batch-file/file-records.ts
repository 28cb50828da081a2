// Which carried files of a tablet came and went: the newest number each way and the hash under it. Numbers of one epoch of the tablet.
import type { BatchFileHeader } from '#contract/batch-file.ts'
import type { BatchFileOrder } from '#contract/batch-import.ts'
import type { DeviceId, Hash } from '#contract/values.ts'
import { recordCollection } from '#server/ledger/record-collection.ts'
import type { LedgerTransaction } from '#server/storage/ledger-store.ts'

/** A file by its number. */
export interface NumberedFile {
  readonly fileNumber: number
  readonly fileHash: Hash
}

interface CarriedFiles {
  /** The hash of every file taken, by number, newest last. */
  readonly taken: readonly NumberedFile[]
  readonly answered: NumberedFile | null
}

/** How many files are remembered by their hash; an older one is still taken, as an older one. */
const TAKEN_MAX = 50
const NOTHING: CarriedFiles = { taken: [], answered: null }

const carriedFiles = recordCollection<CarriedFiles>('carriedFile')

const keyOf = ({ deviceId, epoch }: { deviceId: DeviceId; epoch: string }) => `${deviceId}|${epoch}`

function orderOf({ taken }: CarriedFiles, { fileNumber, fileHash }: NumberedFile): BatchFileOrder {
  const newest = taken.at(-1)?.fileNumber ?? 0
  const same = taken.find((file) => file.fileNumber === fileNumber)
  if (same !== undefined) return same.fileHash === fileHash ? 'again' : 'twin'
  if (fileNumber <= newest) return 'older'
  return fileNumber === newest + 1 ? 'next' : 'skipped'
}

/** Notes that a file was taken and answers where it stands among the others of its tablet. */
export async function noteTaken(
  tx: LedgerTransaction,
  header: BatchFileHeader,
  fileHash: Hash,
): Promise<BatchFileOrder> {
  const file = { fileNumber: header.fileNumber, fileHash }
  let order: BatchFileOrder = 'next'
  await carriedFiles.update(tx, keyOf(header), (found) => {
    const before = found ?? NOTHING
    order = orderOf(before, file)
    // A tablet that lost its key with its store lost its numbers too, and begins again.
    if (header.renewal !== undefined && order !== 'again') {
      order = 'next'
      return { ...before, taken: [file] }
    }
    const isKnown = order === 'again' || order === 'twin'
    const taken = isKnown ? before.taken : [...before.taken, file].sort((a, b) => a.fileNumber - b.fileNumber)
    return { ...before, taken: taken.slice(-TAKEN_MAX) }
  })
  return order
}

/** The last answer to a tablet's epoch, null before any. */
export async function lastAnswer(tx: LedgerTransaction, header: BatchFileHeader): Promise<NumberedFile | null> {
  return (await carriedFiles.get(tx, keyOf(header)))?.value.answered ?? null
}

/** Notes an answer; false when another one took its number meanwhile. */
export async function noteAnswered(
  tx: LedgerTransaction,
  header: BatchFileHeader,
  answered: NumberedFile,
): Promise<boolean> {
  let isNext = false
  await carriedFiles.update(tx, keyOf(header), (found) => {
    const before = found ?? NOTHING
    isNext = (before.answered?.fileNumber ?? 0) === answered.fileNumber - 1
    return isNext ? { ...before, answered } : before
  })
  return isNext
}
