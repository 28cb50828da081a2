// A trainee's own card at the kiosk. While it is open it is he who records; the staff vault is never open beside it.
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { Wish } from '#contract/kinds/trainee.ts'
import { wishesStream } from '#contract/streams.ts'
import type { OwnState } from '#contract/vault.ts'
import type { ActorId } from '#contract/values.ts'
import { clientCore } from './container.ts'
import { useLiveState } from './live-state.ts'
import { useSignIn } from './sign-in.ts'

/** What the kiosk hears of a card; `given-up` when it was closed, or another one asked for, before it was open. */
export type CardResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: 'no-match' | 'locked' | 'not-on-device' | 'given-up' }

export const useOwnCard = defineStore('own-card', () => {
  const core = clientCore()
  const signIn = useSignIn()
  const card = shallowRef<OwnState | null>(null)
  const registered = useLiveState('wishes', () => (card.value === null ? null : wishesStream(card.value.traineeId)))

  // Opening takes a second or two: who has walked away meanwhile does not find his card open later.
  let turns = 0

  function close(): void {
    turns += 1
    card.value = null
    core.cardActor.value = null
  }
  async function open(facilityNumber: string, code: string): Promise<CardResult> {
    close()
    signIn.lock()
    const turn = turns
    const answer = await core.joined.value?.cards.open(facilityNumber, code)
    if (turn !== turns) return { ok: false, code: 'given-up' }
    if (answer === undefined) return { ok: false, code: 'not-on-device' }
    if (!answer.ok) return answer
    card.value = answer.card
    core.cardActor.value = { actorId: answer.card.traineeId as string as ActorId, role: 'trainee' }
    return { ok: true }
  }
  /** Staff let a locked card be tried again; false when nobody is signed in or no card has the number. */
  async function unlockCard(facilityNumber: string): Promise<boolean> {
    return signIn.unlocked && ((await core.joined.value?.cards.unlock(facilityNumber)) ?? false)
  }
  watch(core.joined, close)
  return {
    card,
    open,
    close,
    unlockCard,
    lockedCards: async (): Promise<number> => (await core.joined.value?.cards.lockedCount()) ?? 0,
    wishes: computed((): readonly Wish[] =>
      (registered.value?.changes ?? 0) > 0 ? (registered.value?.wishes ?? []) : (card.value?.wishes ?? []),
    ),
  }
})
