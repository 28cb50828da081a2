// The stage the demonstration is played on: the server's own gate, with the day of the play instead of today.
import type { ActBody, ActName } from '#contract/commands/acts.ts'
import type { TestimonyName } from '#contract/commands/testimony.ts'
import type { ActorId, CalendarDate, Instant, StaffId } from '#contract/values.ts'
import type { CommandBody } from '#domain/deciders.ts'
import { decideCommand } from '#domain/deciders.ts'
import { appendAsServer } from '#server/ledger/append-as-server.ts'
import { loadReader } from '#server/ledger/load-states.ts'
import type { ProblemDraft } from '#server/ledger/outcome.ts'
import { runAct } from '#server/ledger/perform-act.ts'
import type { Actor, ActWritten, ServerContext } from '#server/ledger/server-context.ts'
import type { LedgerTransaction } from '#server/storage/ledger-store.ts'

/** A no while seeding is a bug: the demonstration only does what the law allows. */
function refusedSeed(what: string, problem: ProblemDraft): Error {
  return new Error(
    `the demonstration's ${what} was refused: ${problem.refusal ?? problem.code} ${JSON.stringify(problem.params ?? {})}`,
  )
}

/** The same server on another day, at a time of that day (Asia/Shanghai, `HH:MM`). */
export function onDay(context: ServerContext, day: CalendarDate, time = '09:30'): ServerContext {
  const now = new Date(`${day}T${time}:00.000+08:00`).toISOString() as Instant
  return { ...context, clock: { now: () => now, today: () => day } }
}

/** Performs an act as somebody; throws when the law says no. */
export async function act<Name extends ActName>(
  context: ServerContext,
  actor: Actor,
  name: Name,
  body: ActBody<Name>,
): Promise<ActWritten> {
  const written = await runAct(context, actor, name, body)
  if (!written.ok) throw refusedSeed(name, written.problem)
  return written.value
}

/** Records testimony as somebody, through the same law as on a tablet; throws when it says no. */
export async function testify<Name extends TestimonyName>(
  tx: LedgerTransaction,
  context: ServerContext,
  actor: Actor,
  name: Name,
  body: CommandBody<Name>,
): Promise<void> {
  const decided = decideCommand(name, body, await loadReader(tx, name, body), {
    ...actor,
    today: context.clock.today(),
  })
  if (!decided.ok)
    throw refusedSeed(name, { code: 'refused', refusal: decided.refusal.code, params: decided.refusal.details })
  await appendAsServer(tx, context, actor, decided.value)
}

/** A staff member as the author of entries. */
export function staffActor(staffId: StaffId, role: 'administrator' | 'instructor'): Actor {
  return { actorId: staffId as string as ActorId, role }
}
