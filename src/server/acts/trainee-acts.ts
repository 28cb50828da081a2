// Admitting people without a roster import: only people whose identity the vault already holds.
import { appendAsServer } from '#server/ledger/append-as-server.ts'
import { done, problem } from '#server/ledger/outcome.ts'
import { decideAct } from '#server/ledger/perform-act.ts'
import type { ActPerformer } from '#server/ledger/server-context.ts'
import { vaultRows } from '#server/ledger/collections.ts'
import { writtenBy } from './written.ts'

/** Admits people; refuses trainee/unknown for someone without an identity, since a nameless person could never be found again. */
export const admitTrainees: ActPerformer<'admitTrainees'> = {
  async perform({ body, actor }, tx, context) {
    for (const { traineeId } of body.trainees) {
      if ((await vaultRows.get(tx, `trainee|${traineeId}`)) === null)
        return problem('refused', { refusal: 'trainee/unknown' })
    }
    const decided = await decideAct(tx, context, actor, 'admitTrainees', body)
    return decided.ok ? done(writtenBy(await appendAsServer(tx, context, actor, decided.value))) : decided
  },
}
