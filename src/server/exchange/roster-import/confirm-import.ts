// Confirming a dry run: identities into the vault and facts into the ledger, all of them or none.
import type { ImportId } from '#contract/values.ts'
import type { RosterConfirmation } from '#contract/roster-import.ts'
import { appendAsServer } from '#server/ledger/append-as-server.ts'
import type { Outcome } from '#server/ledger/outcome.ts'
import { done, problem } from '#server/ledger/outcome.ts'
import { decideAct } from '#server/ledger/perform-act.ts'
import type { Actor, ServerContext } from '#server/ledger/server-context.ts'
import type { LedgerTransaction } from '#server/storage/ledger-store.ts'
import { forgetCardProgress, removeCard } from '#server/vault/cards.ts'
import { breathe, writeVaultRow } from '#server/vault/vault-rows.ts'
import type { Candidate, ConfirmedImport, WrittenTrace } from './import-records.ts'
import { confirmedImports, importTraces, openCandidates, readDraft, removeDraft } from './import-records.ts'
import { markOfPeople } from './known-people.ts'

const CHUNK = 500

/**
 * Writes what a dry run found. Asked twice it answers the same and writes once.
 * Refuses: trainee/import-unknown (never made, or older than an hour), trainee/import-outdated (people changed since the dry run).
 */
export async function confirmImport(
  tx: LedgerTransaction,
  context: ServerContext,
  actor: Actor,
  importId: ImportId,
): Promise<Outcome<RosterConfirmation>> {
  const before = await confirmedImports.get(tx, importId)
  if (before !== null) return done(confirmationOf(before.value))
  const draft = await readDraft(tx, importId, context.clock.now())
  if (draft === null) return problem('refused', { refusal: 'trainee/import-unknown' })
  if ((await markOfPeople(tx)) !== draft.peopleMark) return problem('refused', { refusal: 'trainee/import-outdated' })
  const candidates = await openCandidates(tx, draft, context)
  const positions = await admit(tx, context, actor, importId, candidates)
  if (!positions.ok) return positions
  const traces = await writeIdentities(tx, context, candidates)
  if (traces === null) return problem('refused', { refusal: 'trainee/import-outdated' })
  const admittedCount = candidates.filter((candidate) => candidate.previousRevision === 0).length
  const confirmed: ConfirmedImport = {
    importId,
    confirmedAt: context.clock.now(),
    admittedCount,
    changedCount: candidates.length - admittedCount,
    positions: positions.value,
    undone: false,
  }
  await confirmedImports.put(tx, importId, confirmed, 0)
  await importTraces.put(tx, importId, traces, 0)
  await removeDraft(tx, importId)
  await forgetCardProgress(tx)
  return done(confirmationOf(confirmed))
}

/** Admits some hundred people at a time, so that other calls are answered in between; it is one transaction all the same. */
async function admit(
  tx: LedgerTransaction,
  context: ServerContext,
  actor: Actor,
  importId: ImportId,
  candidates: readonly Candidate[],
): Promise<Outcome<[number, number] | null>> {
  const positions: number[] = []
  for (let from = 0; from < candidates.length; from += CHUNK) {
    const chunk = candidates.slice(from, from + CHUNK)
    const trainees = chunk.map(({ traineeId, facts, previousRevision }) => ({
      traineeId,
      facts,
      isNew: previousRevision === 0,
    }))
    const decided = await decideAct(tx, context, actor, 'admitTrainees', { importId, trainees })
    if (!decided.ok) return decided
    const recorded = await appendAsServer(tx, context, actor, decided.value)
    positions.push(...recorded.flatMap(({ position }) => position ?? []))
    await breathe()
  }
  const [first] = positions
  const last = positions.at(-1)
  return done(first === undefined || last === undefined ? null : [first, last])
}

async function writeIdentities(
  tx: LedgerTransaction,
  context: ServerContext,
  candidates: readonly Candidate[],
): Promise<WrittenTrace[] | null> {
  const traces: WrittenTrace[] = []
  for (const [index, { traineeId, previousRevision, identity, numberChanged }] of candidates.entries()) {
    if (index % CHUNK === CHUNK - 1) await breathe()
    const revision = await writeVaultRow(
      tx,
      context,
      { kind: 'trainee', id: traineeId, content: identity },
      previousRevision,
    )
    if (revision === null) return null
    if (numberChanged) await removeCard(tx, traineeId)
    traces.push({ traineeId, previousVaultRevision: previousRevision, vaultRevision: revision })
  }
  return traces
}

function confirmationOf({ importId, admittedCount, changedCount, positions }: ConfirmedImport): RosterConfirmation {
  return { importId, admittedCount, changedCount, positions: positions === null ? null : [positions[0], positions[1]] }
}
