// Sealed rows about people, compare-and-set by revision. Every former revision is kept, so that an import can be taken back.
// Contents are opened only here and on the way to a paper; nothing opened is ever stored or logged.
import type { VaultContent, VaultKind, VaultRow } from '#contract/vault.ts'
import { CertificateContent, Note, StaffIdentity, TraineeIdentity } from '#contract/vault.ts'
import type { LedgerReader, LedgerTransaction } from '#server/storage/ledger-store.ts'
import { vaultRows as rows } from '#server/ledger/collections.ts'
import { recordCollection } from '#server/ledger/record-collection.ts'
import type { RandomBytes } from './cipher.ts'
import { openVaultRow, sealVaultRow } from './cipher.ts'

/** What sealing needs of the server's context. */
export interface VaultSealer {
  readonly vaultKey: Uint8Array
  readonly random: RandomBytes
}

/** An opened row. */
export interface OpenedRow<K extends VaultKind> {
  readonly id: string
  readonly revision: number
  readonly content: VaultContent[K]
}

const formerRows = recordCollection<VaultRow>('vaultFormer')

const rowKey = (kind: VaultKind, id: string): string => `${kind}|${id}`
const formerKey = (kind: VaultKind, id: string, revision: number): string => `${kind}|${id}|${revision}`

const contents: { readonly [K in VaultKind]: { parse(value: unknown): VaultContent[K] } } = {
  trainee: TraineeIdentity,
  staff: StaffIdentity,
  note: Note,
  certificate: CertificateContent,
}

function opened<K extends VaultKind>(vaultKey: Uint8Array, kind: K, row: VaultRow): OpenedRow<K> {
  const content = openVaultRow(vaultKey, row)
  // Only a wrong key file or a changed disk leads here; the row's key is a pseudonym and may be told.
  if (content === undefined) throw new Error(`the vault row ${kind}|${row.id} does not open with this vault key`)
  return { id: row.id, revision: row.revision, content: contents[kind].parse(content) }
}

/** Answers one opened row, or null. */
export async function readVaultRow<K extends VaultKind>(
  tx: LedgerReader,
  vaultKey: Uint8Array,
  kind: K,
  id: string,
): Promise<OpenedRow<K> | null> {
  const record = await rows.get(tx, rowKey(kind, id))
  return record === null ? null : opened(vaultKey, kind, record.value)
}

/** Answers all opened rows of a kind by id; lets other work pass every few hundred rows. */
export async function readVaultRows<K extends VaultKind>(
  tx: LedgerReader,
  vaultKey: Uint8Array,
  kind: K,
): Promise<Map<string, OpenedRow<K>>> {
  const found = new Map<string, OpenedRow<K>>()
  const records = await rows.list(tx, `${kind}|`)
  for (const [index, record] of records.entries()) {
    if (index % 500 === 499) await breathe()
    const row = opened(vaultKey, kind, record.value)
    found.set(row.id, row)
  }
  return found
}

/** Seals and writes the next revision; answers it, or null when the row does not stand at `expectedRevision` (0: there is none). */
export async function writeVaultRow<K extends VaultKind>(
  tx: LedgerTransaction,
  sealer: VaultSealer,
  row: { readonly kind: K; readonly id: string; readonly content: VaultContent[K] },
  expectedRevision: number,
): Promise<number | null> {
  const key = rowKey(row.kind, row.id)
  if (expectedRevision > 0) {
    const former = await rows.get(tx, key)
    if (former === null || former.revision !== expectedRevision) return null
    await formerRows.put(tx, formerKey(row.kind, row.id, expectedRevision), former.value, 0)
  }
  const sealed = sealVaultRow(sealer.vaultKey, sealer.random, { ...row, revision: expectedRevision + 1 })
  return rows.put(tx, key, sealed, expectedRevision)
}

/**
 * Takes a row back to what it said at `toRevision`, as a new revision; 0 removes the row and all it ever said.
 * Answers false, having written nothing, when the row does not stand at `fromRevision`.
 */
export async function returnVaultRow(
  tx: LedgerTransaction,
  sealer: VaultSealer,
  row: { readonly kind: VaultKind; readonly id: string; readonly fromRevision: number; readonly toRevision: number },
): Promise<boolean> {
  if (row.toRevision === 0) {
    if (!(await rows.remove(tx, rowKey(row.kind, row.id), row.fromRevision))) return false
    for (const former of await formerRows.revisions(tx, `${row.kind}|${row.id}|`))
      await formerRows.remove(tx, former.key, former.revision)
    return true
  }
  const former = await formerRows.get(tx, formerKey(row.kind, row.id, row.toRevision))
  if (former === null) return false
  const before = opened(sealer.vaultKey, row.kind, former.value)
  return (
    (await writeVaultRow(tx, sealer, { kind: row.kind, id: row.id, content: before.content }, row.fromRevision)) !==
    null
  )
}

/** Lets timers and other requests run in the middle of long work. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
