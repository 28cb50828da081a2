// Acts: what only the server does, asked for by a signed-in person. One shape for all of them, idempotent by the command's id.
import { createHmac } from 'node:crypto'
import { canonicalText } from '#contract/canonical.ts'
import type { ActBody, ActName } from '#contract/commands/acts.ts'
import type { CommandId } from '#contract/values.ts'
import { mayAct } from '#domain/access/permissions.ts'
import { type CommandBody, decideCommand } from '#domain/deciders.ts'
import { shanghaiTimeOf } from '#domain/shared/calendar.ts'
import type { EntryDraft } from '#domain/shared/decider.ts'
import { refused } from '#domain/shared/refusal.ts'
import type { LedgerTransaction } from '#server/storage/ledger-store.ts'
import { appendAsServer } from './append-as-server.ts'
import { performedCommands } from './collections.ts'
import { commitOutcome } from './commit-outcome.ts'
import { loadReader } from './load-states.ts'
import { done, type Outcome, problem, refusedAs } from './outcome.ts'
import type { Actor, ActPerformer, ActWritten, ServerContext } from './server-context.ts'

/** Asks the law: may this role act, and what would be written? Writes nothing. Refuses: access/not-allowed and what the rule refuses. */
export async function decideAct<Name extends ActName>(
  tx: LedgerTransaction,
  context: ServerContext,
  actor: Actor,
  name: Name,
  body: ActBody<Name>,
): Promise<Outcome<readonly EntryDraft[]>> {
  if (!mayAct(actor.role, name)) return refusedAs(refused('access/not-allowed').refusal)
  const reader = await loadReader(tx, name, body as CommandBody<Name>)
  const { clock } = context
  const moment = { today: clock.today(), time: shanghaiTimeOf(clock.now()) }
  const decided = decideCommand(name, body as CommandBody<Name>, reader, { ...actor, ...moment })
  return decided.ok ? done(decided.value) : refusedAs(decided.refusal)
}

/** Performs an act that is only decide and append: rights, needs, law, ledger, stored states. */
export async function performAct<Name extends ActName>(
  tx: LedgerTransaction,
  context: ServerContext,
  actor: Actor,
  name: Name,
  body: ActBody<Name>,
): Promise<Outcome<ActWritten>> {
  const drafts = await decideAct(tx, context, actor, name, body)
  if (!drafts.ok) return drafts
  const recordeds = await appendAsServer(tx, context, actor, drafts.value)
  return done({ positions: recordeds.flatMap(({ position }) => position ?? []) })
}

/** An act that was prepared; `perform` belongs inside one transaction. */
export interface PreparedAct {
  perform(tx: LedgerTransaction): Promise<Outcome<ActWritten>>
}

/** Does an act's slow part, outside any transaction. Rights are asked first, so that nobody makes the server work for a no. */
export async function prepareAct<Name extends ActName>(
  context: ServerContext,
  actor: Actor,
  name: Name,
  body: ActBody<Name>,
): Promise<PreparedAct> {
  const performer = context.performers[name] as ActPerformer<Name> | undefined
  if (performer === undefined || !mayAct(actor.role, name))
    return { perform: (tx) => performAct(tx, context, actor, name, body) }
  const prepared = await performer.prepare?.(body, context)
  return { perform: (tx) => performer.perform({ body, prepared, actor }, tx, context) }
}

/**
 * Performs a prepared act once: the same command asked for again gets the stored answer, without the codes.
 * Problem `malformed` when the command's id was used for something else.
 */
export async function performOnce(
  tx: LedgerTransaction,
  context: ServerContext,
  command: { readonly commandId: CommandId; readonly name: ActName; readonly body: unknown },
  act: PreparedAct,
): Promise<Outcome<ActWritten>> {
  // Keyed: a body may hold a PIN, and six digits are soon guessed from a plain hash.
  const bodyHash = createHmac('sha256', context.vaultKey).update(canonicalText(command.body)).digest('hex')
  const before = await performedCommands.get(tx, command.commandId)
  if (before !== null) {
    const isRepeat = before.value.name === command.name && before.value.bodyHash === bodyHash
    return isRepeat ? done({ positions: before.value.positions }) : problem('malformed')
  }
  const written = await act.perform(tx)
  if (!written.ok) return written
  await performedCommands.put(
    tx,
    command.commandId,
    { name: command.name, bodyHash, positions: written.value.positions },
    0,
  )
  return written
}

/** Prepares and performs an act in a transaction of its own: for seeds, tasks, set-up and tests. */
export async function runAct<Name extends ActName>(
  context: ServerContext,
  actor: Actor,
  name: Name,
  body: ActBody<Name>,
): Promise<Outcome<ActWritten>> {
  const act = await prepareAct(context, actor, name, body)
  return commitOutcome(context, (tx) => act.perform(tx))
}
