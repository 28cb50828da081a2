// Completing a class: the entry holds the code of the reason for missing hours, the vault its words, since words may name people.
import { appendAsServer } from '#server/ledger/append-as-server.ts'
import { noteClasses } from '#server/ledger/collections.ts'
import { done, problem } from '#server/ledger/outcome.ts'
import { decideAct } from '#server/ledger/perform-act.ts'
import type { ActPerformer } from '#server/ledger/server-context.ts'
import { writeVaultRow } from '#server/vault/vault-rows.ts'
import { writtenBy } from './written.ts'

/** Completes a class and keeps the words of its reason as a note of that class. Problem `malformed` when the note's id is another note's. */
export const completeClass: ActPerformer<'completeClass'> = {
  async perform({ body, actor }, tx, context) {
    const decided = await decideAct(tx, context, actor, 'completeClass', body)
    if (!decided.ok) return decided
    const recorded = await appendAsServer(tx, context, actor, decided.value)
    if (body.shortfall === undefined) return done(writtenBy(recorded))
    const { noteId, words } = body.shortfall
    const kept = await writeVaultRow(tx, context, { kind: 'note', id: noteId, content: { text: words } }, 0)
    if (kept === null) return problem('malformed', { params: { path: '/body/shortfall/noteId' } })
    await noteClasses.put(tx, noteId, { classId: body.classId }, 0)
    return done(writtenBy(recorded))
  },
}
