// Registering a training provider also makes the key its certificates are signed with.
import type { ActPerformer } from '#server/ledger/server-context.ts'
import { appendAsServer } from '#server/ledger/append-as-server.ts'
import { done } from '#server/ledger/outcome.ts'
import { decideAct } from '#server/ledger/perform-act.ts'
import { makeProviderKey } from './provider-keys.ts'
import { writtenBy } from './written.ts'

/** Registers a provider and its first key in one step. */
export const registerProvider: ActPerformer<'registerProvider'> = {
  async perform({ body, actor }, tx, context) {
    const decided = await decideAct(tx, context, actor, 'registerProvider', body)
    if (!decided.ok) return decided
    const keyMade = await makeProviderKey(tx, context, body.providerId)
    return done(writtenBy(await appendAsServer(tx, context, actor, [...decided.value, keyMade])))
  },
}
