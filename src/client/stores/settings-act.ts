// One act of a form: running, done, or not done and why.
import { ref, shallowRef } from 'vue'
import { actCommands, type ActAnswer, type ActBody, type ActName } from '#contract/commands/acts.ts'
import { type OfficeNo, useOfficeDesk } from '#client/stores/office-desk.ts'

/** The fields of an act's body that do not fit its shape; the whole set is empty when the body may be sent. */
export function fieldTroubles(name: ActName, body: unknown): ReadonlySet<string> {
  const parsed = actCommands[name].safeParse(body)
  return new Set(parsed.success ? [] : parsed.error.issues.map(({ path }) => String(path[0] ?? '')))
}

/** Has the server perform acts, with what a form needs to show of it. */
export function useDeskAct() {
  const desk = useOfficeDesk()
  const busy = ref(false)
  const no = shallowRef<OfficeNo | null>(null)
  async function run<N extends ActName>(name: N, body: ActBody<N>): Promise<ActAnswer | null> {
    busy.value = true
    no.value = null
    const answer = await desk.perform(name, body)
    busy.value = false
    if (!answer.ok) no.value = answer.no
    return answer.ok ? answer.value : null
  }
  return {
    busy,
    no,
    run,
    forget: () => {
      no.value = null
    },
  }
}
