// A staff member's way into the vault: the vault key wrapped by Argon2id(PIN). There is no other trace of a PIN anywhere.
import type { KeyCost, StaffKey } from '#contract/vault.ts'
import { freshIv, fromBase64Url, open, seal, toBase64Url } from './cipher.ts'
import { PIN_COST, deriveKey, freshCost } from './key-derivation.ts'
import type { VaultSealer } from './vault-rows.ts'

/** A PIN after the slow step: what is left is quick and may happen inside a transaction. */
export interface DerivedPin {
  readonly cost: KeyCost
  readonly key: Uint8Array
}

const aadOf = (staffId: string): string => `staff-key|${staffId}`

/** Stretches a PIN with a fresh salt. */
export async function derivePin(pin: string, sealer: VaultSealer): Promise<DerivedPin> {
  const cost = freshCost(PIN_COST, sealer.random)
  return { cost, key: await deriveKey(pin, cost) }
}

/** Wraps the vault key for one person. */
export function makeStaffKey(
  person: Pick<StaffKey, 'staffId' | 'account' | 'staffRole' | 'revision'>,
  pin: DerivedPin,
  sealer: VaultSealer,
): StaffKey {
  const iv = freshIv(sealer.random)
  return {
    ...person,
    cost: pin.cost,
    iv: toBase64Url(iv),
    wrapped: toBase64Url(seal(pin.key, iv, aadOf(person.staffId), sealer.vaultKey)),
  }
}

/** Opens the vault key with a PIN; null for a wrong one. Takes a quarter of a second: never call it inside a transaction. */
export async function unwrapVaultKey(key: StaffKey, pin: string): Promise<Uint8Array | null> {
  return open(await deriveKey(pin, key.cost), fromBase64Url(key.iv), aadOf(key.staffId), fromBase64Url(key.wrapped))
}

/** Whether the PIN is this person's. Slow as above. */
export async function verifyPin(key: StaffKey, pin: string): Promise<boolean> {
  return (await unwrapVaultKey(key, pin)) !== null
}
