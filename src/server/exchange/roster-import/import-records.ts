// What is kept of roster imports: the parsed people between dry run and confirmation (sealed, one hour), and what undoing needs.
import type { TraineeFacts } from '#contract/kinds/trainee.ts'
import type { ImportId, Instant, TraineeId } from '#contract/values.ts'
import type { TraineeIdentity } from '#contract/vault.ts'
import { recordCollection } from '#server/ledger/record-collection.ts'
import type { LedgerReader, LedgerTransaction } from '#server/storage/ledger-store.ts'
import { freshIv, fromBase64Url, openJson, sealJson, toBase64Url } from '#server/vault/cipher.ts'
import type { VaultSealer } from '#server/vault/vault-rows.ts'

/** One person a confirmation writes. `previousRevision` 0: new. `numberChanged`: his card no longer opens with number and code. */
export interface Candidate {
  readonly traineeId: TraineeId
  readonly previousRevision: number
  readonly numberChanged: boolean
  readonly identity: TraineeIdentity
  readonly facts: TraineeFacts
}

/** A dry run waiting to be confirmed. `peopleMark` tells whether the people it was compared with are still the same. */
export interface DraftImport {
  readonly importId: ImportId
  readonly madeAt: Instant
  readonly parts: number
  readonly peopleMark: string
}

/** Where an import touched a person: the revision to return to and the one it wrote. */
export interface WrittenTrace {
  readonly traineeId: TraineeId
  readonly previousVaultRevision: number
  readonly vaultRevision: number
}

/** A confirmed import. */
export interface ConfirmedImport {
  readonly importId: ImportId
  readonly confirmedAt: Instant
  readonly admittedCount: number
  readonly changedCount: number
  readonly positions: readonly [number, number] | null
  readonly undone: boolean
}

/** Confirmed imports by id. */
export const confirmedImports = recordCollection<ConfirmedImport>('rosterImport')
/** Their traces by id, apart because they are long. */
export const importTraces = recordCollection<readonly WrittenTrace[]>('rosterImportTrace')

const drafts = recordCollection<DraftImport>('rosterDraft')
const draftParts = recordCollection<{ readonly iv: string; readonly sealed: string }>('rosterDraftPart')

const PART_SIZE = 500
const DRAFT_MILLISECONDS = 60 * 60 * 1000
const partKey = (importId: ImportId, part: number): string => `${importId}|${String(part).padStart(4, '0')}`

/** A dry run's people as sealed parts, ready to be stored. */
export interface SealedDraft {
  readonly draft: DraftImport
  readonly parts: readonly { readonly key: string; readonly iv: string; readonly sealed: string }[]
}

/** Seals the candidates of a dry run, some hundred a part. */
export function sealDraft(
  candidates: readonly Candidate[],
  draft: Omit<DraftImport, 'parts'>,
  sealer: VaultSealer,
): SealedDraft {
  const count = Math.ceil(candidates.length / PART_SIZE)
  const parts = Array.from({ length: count }, (_, part) => {
    const key = partKey(draft.importId, part)
    const iv = freshIv(sealer.random)
    const sealed = sealJson(
      sealer.vaultKey,
      iv,
      `roster-draft|${key}`,
      candidates.slice(part * PART_SIZE, (part + 1) * PART_SIZE),
    )
    return { key, iv: toBase64Url(iv), sealed: toBase64Url(sealed) }
  })
  return { draft: { ...draft, parts: count }, parts }
}

/** Stores a dry run and throws away those that are too old to be confirmed. */
export async function storeDraft(tx: LedgerTransaction, { draft, parts }: SealedDraft): Promise<void> {
  for (const old of await drafts.list(tx)) {
    if (isExpired(old.value, draft.madeAt)) await removeDraft(tx, old.value.importId)
  }
  await drafts.put(tx, draft.importId, draft, 0)
  for (const { key, iv, sealed } of parts) await draftParts.put(tx, key, { iv, sealed }, 0)
}

/** Answers a dry run that may still be confirmed at `now`, or null. */
export async function readDraft(tx: LedgerReader, importId: ImportId, now: Instant): Promise<DraftImport | null> {
  const draft = await drafts.get(tx, importId)
  return draft === null || isExpired(draft.value, now) ? null : draft.value
}

/** Opens the people of a dry run, in the order of the file. */
export async function openCandidates(tx: LedgerReader, draft: DraftImport, sealer: VaultSealer): Promise<Candidate[]> {
  const candidates: Candidate[] = []
  for (const part of await draftParts.list(tx, `${draft.importId}|`)) {
    const { iv, sealed } = part.value
    const opened = openJson(sealer.vaultKey, fromBase64Url(iv), `roster-draft|${part.key}`, fromBase64Url(sealed))
    if (!Array.isArray(opened)) throw new Error(`part ${part.key} of a roster import does not open with this vault key`)
    // Sealed and opened by this program alone: the shape is the one it wrote.
    candidates.push(...(opened as Candidate[]))
  }
  return candidates
}

/** Forgets a dry run. */
export async function removeDraft(tx: LedgerTransaction, importId: ImportId): Promise<void> {
  const draft = await drafts.get(tx, importId)
  if (draft !== null) await drafts.remove(tx, importId, draft.revision)
  for (const part of await draftParts.revisions(tx, `${importId}|`))
    await draftParts.remove(tx, part.key, part.revision)
}

function isExpired(draft: DraftImport, now: Instant): boolean {
  return Date.parse(now) - Date.parse(draft.madeAt) > DRAFT_MILLISECONDS
}
