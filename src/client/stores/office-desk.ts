// The office's one way to the server: acts, files and imports. Where the sign-in at the server is not open, it asks for the PIN once and goes on.
import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import type { ActAnswer, ActBody, ActName } from '#contract/commands/acts.ts'
import type { Problem } from '#contract/problem.ts'
import { mayAct } from '#domain/access/permissions.ts'
import { useActs } from '#client/stores/acts.ts'
import { useSignIn } from '#client/stores/sign-in.ts'

/** Why the server did not do it. `given-up`: the person closed the question for the PIN. */
export type OfficeNo =
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'fault'; readonly fault: string }
  | { readonly kind: 'given-up' }
type OfficeAnswer<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly no: OfficeNo }

/** What every call to the server answers. */
type CallAnswer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Problem }
  | { readonly ok: false; readonly fault: string }

export const useOfficeDesk = defineStore('office-desk', () => {
  const acts = useActs()
  const signIn = useSignIn()
  const asking = ref(false)
  let resume: ((opened: boolean) => void) | null = null

  /** Opens the question for the PIN; answers whether the sign-in at the server is open afterwards. */
  function askForPin(): Promise<boolean> {
    resume?.(false)
    asking.value = true
    return new Promise((resolve) => {
      resume = resolve
    })
  }
  function close(opened: boolean): void {
    asking.value = false
    resume?.(opened)
    resume = null
  }

  // The sign-in at the server may open late, on a slow network: then nobody needs to enter anything.
  watch(
    () => signIn.atServer,
    (isOpen) => {
      if (isOpen && asking.value) close(true)
    },
  )
  // Whoever locks the screen has given the question up.
  watch(
    () => signIn.unlocked,
    (isUnlocked) => {
      if (!isUnlocked && asking.value) close(false)
    },
  )

  /** Runs a call that needs the sign-in at the server. A no for want of it asks for the PIN and runs once more. */
  async function call<Value>(run: () => Promise<CallAnswer<Value>>): Promise<OfficeAnswer<Value>> {
    if (!signIn.atServer && !(await askForPin())) return { ok: false, no: { kind: 'given-up' } }
    let answer = await run()
    if (!answer.ok && 'problem' in answer && answer.problem.code === 'sign-in-needed') {
      if (!(await askForPin())) return { ok: false, no: { kind: 'given-up' } }
      answer = await run()
    }
    if (answer.ok) return answer
    return {
      ok: false,
      no: 'problem' in answer ? { kind: 'problem', problem: answer.problem } : { kind: 'fault', fault: answer.fault },
    }
  }

  /** Has the server perform an act. */
  function perform<N extends ActName>(name: N, body: ActBody<N>): Promise<OfficeAnswer<ActAnswer>> {
    return call(async () => {
      const answer = await acts.perform(name, body)
      return answer.ok ? { ok: true, value: answer.answer } : answer
    })
  }

  /** Whether the person signed in may ask for the act. */
  function may(name: ActName): boolean {
    return signIn.staff !== null && mayAct(signIn.staff.role, name)
  }

  return { asking, askForPin, close, call, perform, may }
})
