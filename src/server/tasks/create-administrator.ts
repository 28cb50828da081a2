// A new administrator made at the server itself, for when nobody can sign in any more.
import { actCommands } from '#contract/commands/acts.ts'
import type { StaffId } from '#contract/values.ts'
import { runAct } from '#server/ledger/perform-act.ts'
import { SERVER_ACTOR, type ServerContext } from '#server/ledger/server-context.ts'
import type { TaskReport } from './task-report.ts'
import { taskMessages } from './task-messages.template.ts'

const { account: AccountName, displayName: DisplayName } = actCommands.appointStaff.shape

/** A random PIN may be one of the simple ones; so many in a row are not. */
const PIN_TRIES_MAX = 20

function randomPin(random: (count: number) => Uint8Array): string {
  // Bytes from 250 on would make the low digits likelier.
  const digits: number[] = []
  while (digits.length < 6) digits.push(...[...random(8)].filter((byte) => byte < 250).map((byte) => byte % 10))
  return digits.slice(0, 6).join('')
}

/** Runs the task: ACCOUNT and NAME. The PIN is made here and shown once, so that it never stands in a command line. */
export async function createAdministratorTask(context: ServerContext, args: readonly string[]): Promise<TaskReport> {
  const account = AccountName.safeParse(args[0])
  const displayName = DisplayName.safeParse(args[1])
  if (!account.success || !displayName.success || args.length !== 2)
    return { ok: false, sentence: taskMessages.administratorUsage(), facts: { code: 'usage' } }
  for (let tries = 1; ; tries += 1) {
    const pin = randomPin(context.random)
    const made = await runAct(context, SERVER_ACTOR, 'appointStaff', {
      staffId: context.newId() as StaffId,
      account: account.data,
      displayName: displayName.data,
      pin,
      staffRole: 'administrator',
      providerId: null,
    })
    if (made.ok)
      return { ok: true, sentence: taskMessages.administratorMade(account.data), facts: { account: account.data, pin } }
    const code = made.problem.refusal ?? made.problem.code
    if (code !== 'access/pin-too-simple' || tries === PIN_TRIES_MAX)
      return { ok: false, sentence: taskMessages.administratorRefused(code), facts: { code } }
  }
}
