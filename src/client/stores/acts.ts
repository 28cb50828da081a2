// Acts: what only the server performs. Asked for once, shown as soon as the entries it wrote have come back.
import type { ActAnswer, ActBody, ActName } from '#contract/commands/acts.ts'
import type { Problem } from '#contract/problem.ts'
import type { CommandId } from '#contract/values.ts'
import { clientCore } from './container.ts'

/** What became of an act. */
export type ActResult =
  | { readonly ok: true; readonly answer: ActAnswer }
  | { readonly ok: false; readonly problem: Problem }
  | { readonly ok: false; readonly fault: 'offline' | 'timeout' }

/** Performs acts at the server as the person signed in there. */
export function useActs(): { perform<N extends ActName>(name: N, body: ActBody<N>): Promise<ActResult> } {
  const core = clientCore()
  return {
    async perform(name, body) {
      const answer = await core.calls.act(core.newId() as CommandId, name, body)
      if (!answer.ok) {
        if ('problem' in answer && answer.problem.code === 'sign-in-needed') core.signInToken.value = null
        return answer
      }
      await core.joined.value?.sync.syncNow()
      return { ok: true, answer: answer.value }
    },
  }
}
