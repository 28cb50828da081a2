// Ten wrong PINs in a row close an account until its PIN is set again.
import { recordCollection } from '#server/ledger/record-collection.ts'
import type { LedgerTransaction } from '#server/storage/ledger-store.ts'

/** How many wrong PINs in a row close an account. */
export const SIGN_IN_TRIES_MAX = 10

/** Wrong tries in a row, by staff id. */
const signInTries = recordCollection<{ failures: number }>('signInTries')

/** Counts a try before its PIN is looked at, so that many tries at once are many tries. Answers false when the account is closed. */
export async function countSignInTry(tx: LedgerTransaction, staffId: string): Promise<boolean> {
  const before = await signInTries.get(tx, staffId)
  const failures = before?.value.failures ?? 0
  if (failures >= SIGN_IN_TRIES_MAX) return false
  await signInTries.put(tx, staffId, { failures: failures + 1 }, before?.revision ?? 0)
  return true
}

/** Forgets the wrong tries: after a right PIN, and when the PIN is set again. */
export async function clearSignInFailures(tx: LedgerTransaction, staffId: string): Promise<void> {
  const before = await signInTries.get(tx, staffId)
  if (before !== null) await signInTries.remove(tx, staffId, before.revision)
}
