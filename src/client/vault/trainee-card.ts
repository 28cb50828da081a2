// A trainee's own card at the kiosk: found by number, opened by number and code together. The staff vault plays no part in it.
import { OwnState } from '#contract/vault.ts'
import type { TraineeCard } from '#contract/vault.ts'
import type { AttemptStore } from '#client/storage/attempt-store.ts'
import type { PrivateStore } from '#client/storage/private-store.ts'
import { deriveKey, openJson, unwrapKey } from './cipher.ts'
import { proofOf } from './device-proof.ts'
import { TRIES_MAX } from './vault.ts'

/** How opening ended. A wrong number and a wrong code answer alike. */
export type CardAnswer =
  | { readonly ok: true; readonly card: OwnState }
  | { readonly ok: false; readonly code: 'no-match' | 'locked' | 'not-on-device' }

/** The cards on this device. Every call may fault with storage-full or storage-broken. */
export interface TraineeCards {
  open(facilityNumber: string, code: string): Promise<CardAnswer>
  /** Staff let a card be tried again; false when no card has this number. */
  unlock(facilityNumber: string): Promise<boolean>
  lockedCount(): Promise<number>
}

/** What the cards are read with. */
export interface CardParts {
  readonly store: PrivateStore
  readonly attempts: AttemptStore
  readonly deviceSecret: string
}

const PREFIX = 'card|'

/** Where a card lies: HMAC-SHA-256 of the number under the device secret, base64url. */
export function lookupOf(deviceSecret: string, facilityNumber: string): Promise<string> {
  return proofOf(deviceSecret, facilityNumber)
}

// Numbers are printed in capitals; a kiosk keyboard may give small letters.
function spellingsOf(typed: string): readonly string[] {
  const trimmed = typed.trim()
  return [...new Set([trimmed, trimmed.toUpperCase()])]
}

/** Makes the reader of the cards. */
export function createTraineeCards({ store, attempts, deviceSecret }: CardParts): TraineeCards {
  async function find(typed: string): Promise<{ readonly card: TraineeCard; readonly number: string } | null> {
    for (const number of spellingsOf(typed)) {
      const card = await store.cardOf(await lookupOf(deviceSecret, number))
      if (card !== null) return { card, number }
    }
    return null
  }
  async function tryCode(card: TraineeCard, number: string, code: string): Promise<CardAnswer> {
    const attemptKey = PREFIX + card.lookup
    // The wrapped key changes only with the code: a new slip starts from zero, a new state of the card does not.
    if ((await attempts.failures(attemptKey, card.wrapped)) >= TRIES_MAX) return { ok: false, code: 'locked' }
    const failures = await attempts.count(attemptKey, card.wrapped)
    const derived = await deriveKey(`${number}:${code}`, card.cost)
    const key = await unwrapKey(derived, { iv: card.keyIv, sealed: card.wrapped }, 'card-key', ['decrypt'])
    if (key === null) return { ok: false, code: failures >= TRIES_MAX ? 'locked' : 'no-match' }
    const own = OwnState.safeParse(await openJson(key, card, `card|${String(card.revision)}`))
    if (!own.success) return { ok: false, code: 'no-match' }
    await attempts.clear(attemptKey)
    return { ok: true, card: own.data }
  }
  return {
    async open(facilityNumber, code) {
      const found = await find(facilityNumber)
      if (found !== null) return tryCode(found.card, found.number, code.trim())
      return { ok: false, code: (await store.cardCount()) === 0 ? 'not-on-device' : 'no-match' }
    },
    async unlock(facilityNumber) {
      const found = await find(facilityNumber)
      if (found === null) return false
      await attempts.clear(PREFIX + found.card.lookup)
      return true
    },
    lockedCount: async () => (await attempts.reached(PREFIX, TRIES_MAX)).length,
  }
}
