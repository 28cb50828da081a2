// What exporting and reading files is asked, works with and answers.
import type { ClassId, Instant } from '#contract/values.ts'
import type { BatchFileCode } from '#contract/batch-file.ts'
import type { RenewKeyRequest } from '#contract/device.ts'
import type { ProblemCode } from '#contract/problem.ts'
import type { LedgerSync } from '#client/ledger/client-ledger.ts'
import type { DeviceRecord } from '#client/storage/device-store.ts'
import type { FileStore } from '#client/storage/file-store.ts'
import type { PrivateStore } from '#client/storage/private-store.ts'
import type { SignText } from '#client/sync/device-signer.ts'

/** What to carry: everything unsent, or everything up to the last entry of a class or a day. */
export type ExportChoice =
  | { readonly what: 'all' }
  | { readonly what: 'class'; readonly classId: ClassId }
  | { readonly what: 'day'; readonly on: string }

/** How much a choice would carry: `chosenCount` are of the class or the day, `entryCount` go along with them, since a chain has no gap. */
export interface ExportCount {
  readonly entryCount: number
  readonly chosenCount: number
  readonly notesCount: number
}

/** An exported file. `more`: not everything unsent had room; the next file takes the rest once the answer to this one is read. */
export interface ExportedFile extends ExportCount {
  readonly ok: true
  readonly fileName: string
  readonly bytes: Uint8Array
  readonly more: boolean
}

/** What reading an answer did. `again`: this very file was read before. `rewound`: the site lacks earlier entries; a new file brings them. */
export interface ReadAnswer {
  readonly ok: true
  readonly again: boolean
  readonly confirmedCount: number
  readonly refusedCount: number
  readonly newPositions: number
  readonly problem: ProblemCode | null
  readonly rewound: boolean
  readonly stillUnsent: number
}

/** Why a file was not made or not read. Nothing was written. */
export interface FileNo {
  readonly ok: false
  readonly code: BatchFileCode
}

/** What it is made of. `renewal` answers the proof of a key the site has not been told of, null for none. */
export interface DeviceFileParts {
  readonly device: DeviceRecord
  readonly sign: SignText
  readonly ledger: LedgerSync
  readonly privateStore: PrivateStore
  readonly fileStore: FileStore
  readonly now: () => Instant
  readonly privateRowsChanged: () => void
  readonly renewal: { pending(): Promise<RenewKeyRequest | null>; done(): Promise<void> }
}
