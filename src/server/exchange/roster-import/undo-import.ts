// Taking a roster import back: facts in the ledger and identities in the vault, as they were before, all or nothing.
import type { RosterImports } from '#contract/roster-import.ts'
import type { EntryDraft } from '#domain/shared/decider.ts'
import { appendAsServer } from '#server/ledger/append-as-server.ts'
import { vaultRows } from '#server/ledger/collections.ts'
import type { Outcome } from '#server/ledger/outcome.ts'
import { done, problem } from '#server/ledger/outcome.ts'
import { decideAct } from '#server/ledger/perform-act.ts'
import type { Actor, ActPerformer, ActWritten, ServerContext } from '#server/ledger/server-context.ts'
import type { LedgerTransaction } from '#server/storage/ledger-store.ts'
import { forgetCardProgress, removeCard } from '#server/vault/cards.ts'
import { breathe, returnVaultRow } from '#server/vault/vault-rows.ts'
import type { ConfirmedImport, WrittenTrace } from './import-records.ts'
import { confirmedImports, importTraces } from './import-records.ts'

/** How many imports are listed; older ones are history. */
const LISTED_MAX = 20
const CHUNK = 500

/**
 * Undoes a confirmed import.
 * Refuses: trainee/import-unknown, and trainee/import-in-use when a later entry or a later change of an identity rests on it.
 */
export const undoImport: ActPerformer<'undoImport'> = {
  async perform({ body, actor }, tx, context): Promise<Outcome<ActWritten>> {
    const { importId } = body
    const confirmed = await confirmedImports.get(tx, importId)
    if (confirmed === null || confirmed.value.undone) return problem('refused', { refusal: 'trainee/import-unknown' })
    const drafts = await draftsOfUndo(tx, context, actor, confirmed.value)
    if (!drafts.ok) return drafts
    const positions = await appendInChunks(tx, context, actor, drafts.value)
    const traces = (await importTraces.get(tx, importId))?.value ?? []
    const stuck = await returnIdentities(tx, context, traces)
    if (stuck > 0) return problem('refused', { refusal: 'trainee/import-in-use', params: { count: stuck } })
    await confirmedImports.put(tx, importId, { ...confirmed.value, undone: true }, confirmed.revision)
    await forgetCardProgress(tx)
    return done({ positions })
  },
}

/** The law's part. An import that changed names only has left no entry, and none is needed to undo it. */
async function draftsOfUndo(
  tx: LedgerTransaction,
  context: ServerContext,
  actor: Actor,
  confirmed: ConfirmedImport,
): Promise<Outcome<readonly EntryDraft[]>> {
  if (confirmed.positions === null) return done([])
  return decideAct(tx, context, actor, 'undoImport', { importId: confirmed.importId })
}

async function appendInChunks(
  tx: LedgerTransaction,
  context: ServerContext,
  actor: Actor,
  drafts: readonly EntryDraft[],
): Promise<readonly number[]> {
  const positions: number[] = []
  for (let from = 0; from < drafts.length; from += CHUNK) {
    const recorded = await appendAsServer(tx, context, actor, drafts.slice(from, from + CHUNK))
    positions.push(...recorded.flatMap(({ position }) => position ?? []))
    await breathe()
  }
  return positions
}

/** Takes the vault rows back; answers how many had been changed since. */
async function returnIdentities(
  tx: LedgerTransaction,
  context: ServerContext,
  traces: readonly WrittenTrace[],
): Promise<number> {
  let stuck = 0
  for (const [index, { traineeId, previousVaultRevision, vaultRevision }] of traces.entries()) {
    if (index % CHUNK === CHUNK - 1) await breathe()
    const row = {
      kind: 'trainee',
      id: traineeId,
      fromRevision: vaultRevision,
      toRevision: previousVaultRevision,
    } as const
    if (!(await returnVaultRow(tx, context, row))) stuck += 1
    if (previousVaultRevision === 0) await removeCard(tx, traineeId)
  }
  return stuck
}

/** The last imports, newest first, each with whether it may still be undone by this person. */
export async function listImports(tx: LedgerTransaction, context: ServerContext, actor: Actor): Promise<RosterImports> {
  const all = (await confirmedImports.list(tx)).map((record) => record.value)
  const newest = all.sort((a, b) => (a.confirmedAt < b.confirmedAt ? 1 : -1)).slice(0, LISTED_MAX)
  const revisions = new Map((await vaultRows.revisions(tx, 'trainee|')).map(({ key, revision }) => [key, revision]))
  const imports: RosterImports['imports'] = []
  for (const confirmed of newest) {
    const { importId, confirmedAt, admittedCount, changedCount, undone } = confirmed
    const undoable = !undone && (await mayUndo(tx, context, actor, confirmed, revisions))
    imports.push({ importId, confirmedAt, admittedCount, changedCount, undone, undoable })
  }
  return { imports }
}

async function mayUndo(
  tx: LedgerTransaction,
  context: ServerContext,
  actor: Actor,
  confirmed: ConfirmedImport,
  revisions: ReadonlyMap<string, number>,
): Promise<boolean> {
  const traces = (await importTraces.get(tx, confirmed.importId))?.value ?? []
  const isUntouched = traces.every(
    ({ traineeId, vaultRevision }) => revisions.get(`trainee|${traineeId}`) === vaultRevision,
  )
  return isUntouched && (await draftsOfUndo(tx, context, actor, confirmed)).ok
}
