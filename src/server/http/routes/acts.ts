// Acts: one route for all of them.
import { ActAnswer, actCommands, ActRequest } from '#contract/commands/acts.ts'
import { done, problem } from '#server/ledger/outcome.ts'
import { performOnce, prepareAct } from '#server/ledger/perform-act.ts'
import type { App } from '../app.ts'
import { endpoint } from '../endpoint.ts'

/** Room for the roster of a large facility in one act. */
const ACT_BYTES_MAX = 8 * 1024 * 1024

/** Registers `POST /api/acts`. Which role may do which act is the law's to say. */
export function registerActs(app: App): void {
  endpoint(app, {
    method: 'POST',
    path: '/api/acts',
    summary: 'Perform an act; the same commandId twice is one act',
    needs: { role: ['administrator', 'officer', 'instructor'] },
    bodyLimit: ACT_BYTES_MAX,
    body: ActRequest,
    answer: ActAnswer,
    async prepare({ context, signIn, body }) {
      const parsed = actCommands[body.name].safeParse(body.body)
      if (!parsed.success)
        return problem('malformed', { params: { path: `/body/${parsed.error.issues[0]?.path.join('/') ?? ''}` } })
      return done({ act: await prepareAct(context, signIn.actor, body.name, parsed.data) })
    },
    async run({ context, body }, tx, { act }) {
      const written = await performOnce(tx, context, body, act)
      if (!written.ok) return written
      const { positions, codes, heldBack } = written.value
      return done({
        commandId: body.commandId,
        positions: [...positions],
        ...(codes === undefined ? {} : { codes }),
        ...(heldBack === undefined ? {} : { heldBack }),
      })
    },
  })
}
