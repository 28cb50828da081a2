// The root certificate of the site, as the site hands it out. Needs no joining and no secure context.
import { onScopeDispose, shallowRef } from 'vue'
import type { Ref } from 'vue'
import type { TrustAnswer } from '#contract/device.ts'
import { clientCore } from './container.ts'

/** Where asking stands; `none`: this site offers no https. */
export type TrustPhase = 'asking' | 'offline' | 'none' | 'there'

/** The root, its fingerprint in pairs as systems show it, and the https address of the page's own host. */
export interface TrustRoot {
  readonly name: string
  readonly endsOn: string
  readonly fingerprint: string
  readonly address: string | null
}

/** The file and the facts of the root. */
export function useTrustRoot(): {
  phase: Ref<TrustPhase>
  root: Ref<TrustRoot | null>
  file: string
  ask: () => Promise<void>
} {
  const core = clientCore()
  const phase = shallowRef<TrustPhase>('asking')
  const root = shallowRef<TrustRoot | null>(null)
  let stopped = false
  onScopeDispose(() => {
    stopped = true
  })

  function take({ root: told, httpsPort }: TrustAnswer): void {
    phase.value = told === null ? 'none' : 'there'
    if (told === null) return
    const { name, endsOn, sha256 } = told
    const fingerprint = (sha256.match(/../g) ?? []).join(':')
    const host = globalThis.location.hostname
    root.value = { name, endsOn, fingerprint, address: httpsPort === null ? null : `https://${host}:${httpsPort}` }
  }
  async function ask(): Promise<void> {
    phase.value = 'asking'
    const answer = await core.calls.trust()
    if (stopped) return
    if (answer.ok) take(answer.value)
    else phase.value = 'offline'
  }
  return { phase, root, file: '/api/trust/root.crt', ask }
}
