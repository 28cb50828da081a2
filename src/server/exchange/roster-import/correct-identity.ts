// Correcting one person's name or identity number: the vault is sealed anew, the ledger learns that it was corrected, by whom and why.
import type { ActBody } from '#contract/commands/acts.ts'
import type { TraineeIdentity } from '#contract/vault.ts'
import { checkIdNumber } from '#server/exchange/spreadsheet/id-number.ts'
import { readName } from '#server/exchange/spreadsheet/roster-cells.ts'
import { appendAsServer } from '#server/ledger/append-as-server.ts'
import type { ProblemOutcome } from '#server/ledger/outcome.ts'
import { done, problem } from '#server/ledger/outcome.ts'
import { decideAct } from '#server/ledger/perform-act.ts'
import type { ActPerformer, ServerContext } from '#server/ledger/server-context.ts'
import type { LedgerReader } from '#server/storage/ledger-store.ts'
import { readVaultRow, readVaultRows, writeVaultRow } from '#server/vault/vault-rows.ts'
import { soundsOf } from './name-sounds.ts'

/**
 * Corrects an identity. Certificates already issued keep what they said. Asked for what is there already it writes nothing.
 * Refuses: trainee/unknown, trainee/name-not-usable, trainee/id-number-wrong, trainee/id-number-taken, trainee/identity-changed (somebody else
 * corrected it since it was seen).
 */
export const correctIdentity: ActPerformer<'correctIdentity'> = {
  async perform({ body, actor }, tx, context) {
    const { traineeId } = body
    const row = await readVaultRow(tx, context.vaultKey, 'trainee', traineeId)
    if (row === null) return problem('refused', { refusal: 'trainee/unknown' })
    const before = row.content
    const wanted = { ...body, ...cleaned(body) }
    // Rights and the law come first: who may not correct learns nothing of what is there.
    const decided = await decideAct(tx, context, actor, 'correctIdentity', wanted)
    if (!decided.ok) return decided
    const { name, idNumber } = wanted
    if (name === before.name && idNumber === before.idNumber) return done({ positions: [] })
    if (body.seen.name !== before.name || body.seen.idNumber !== before.idNumber)
      return problem('refused', { refusal: 'trainee/identity-changed' })
    const unfit = await refuseUnfit(tx, context, wanted, before)
    if (unfit !== null) return unfit
    const content: TraineeIdentity = {
      ...before,
      ...(name === before.name ? {} : { name, ...soundsOf(name) }),
      idNumber,
    }
    const recorded = await appendAsServer(tx, context, actor, decided.value)
    const written = await writeVaultRow(tx, context, { kind: 'trainee', id: traineeId, content }, row.revision)
    return written === null
      ? problem('refused', { refusal: 'trainee/identity-changed' })
      : done({ positions: recorded.flatMap(({ position }) => position ?? []) })
  },
}

/** Name and number as an import would keep them: one kind of interpunct, no padding, a capital X. */
function cleaned({ name, idNumber }: ActBody<'correctIdentity'>): Pick<TraineeIdentity, 'name' | 'idNumber'> {
  const number = (idNumber ?? '').normalize('NFKC').replace(/\s/g, '').toUpperCase()
  return { name: readName({ text: name, wasNumber: false }).name, idNumber: number === '' ? null : number }
}

/** What is left as it was is not judged again: a number from before the check came may stay while the name is corrected. */
async function refuseUnfit(
  tx: LedgerReader,
  context: ServerContext,
  { traineeId, name, idNumber }: ActBody<'correctIdentity'>,
  before: TraineeIdentity,
): Promise<ProblemOutcome | null> {
  if (name !== before.name && readName({ text: name, wasNumber: false }).hasBadCharacters)
    return problem('refused', { refusal: 'trainee/name-not-usable' })
  if (idNumber === null || idNumber === before.idNumber) return null
  if (!checkIdNumber(idNumber).ok) return problem('refused', { refusal: 'trainee/id-number-wrong' })
  for (const other of (await readVaultRows(tx, context.vaultKey, 'trainee')).values()) {
    if (other.id !== traineeId && other.content.idNumber === idNumber)
      return problem('refused', { refusal: 'trainee/id-number-taken' })
  }
  return null
}
