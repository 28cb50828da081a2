// Open sign-ins of staff at the server, each bound to the device it was opened on.
import { createHash } from 'node:crypto'
import type { SignInAnswer } from '#contract/device.ts'
import { staffStream } from '#contract/streams.ts'
import type { ActorId, DeviceId, Instant, Role, StaffId } from '#contract/values.ts'
import { type KnownDevice, staffKeys } from '#server/ledger/collections.ts'
import { commitOutcome } from '#server/ledger/commit-outcome.ts'
import { loadFamily, loadState } from '#server/ledger/load-states.ts'
import { done, type Outcome, problem } from '#server/ledger/outcome.ts'
import { recordCollection } from '#server/ledger/record-collection.ts'
import type { Actor, ServerContext } from '#server/ledger/server-context.ts'
import type { LedgerReader, LedgerTransaction } from '#server/storage/ledger-store.ts'
import type { StaffKey } from '#contract/vault.ts'
import { clearSignInFailures, countSignInTry } from './sign-in-tries.ts'

const SIGN_IN_LIFE_MS = 8 * 60 * 60 * 1000

interface StoredSignIn {
  readonly staffId: StaffId
  readonly deviceId: DeviceId
  readonly expiresAt: Instant
}

/** Open sign-ins, by SHA-256 of the token. */
const signIns = recordCollection<StoredSignIn>('signIn')

const keyOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** A person signed in at the server. */
export interface OpenSignIn {
  readonly staffId: StaffId
  readonly role: Role
  readonly actor: Actor
}

/** Says whether a PIN opens a staff key; slow by design. */
export type VerifyPin = (key: StaffKey, pin: string) => Promise<boolean>

interface Candidate {
  readonly staffId: StaffId
  readonly role: Role
  readonly key: StaffKey
}

async function findCandidate(view: LedgerReader, account: string): Promise<Candidate | null> {
  const staff = (await loadFamily(view, 'staff')).find(({ state }) => state.account === account && state.enabled)?.state
  if (staff === undefined || staff.staffId === null || staff.staffRole === null) return null
  const key = await staffKeys.get(view, staff.staffId)
  return key === null ? null : { staffId: staff.staffId, role: staff.staffRole, key: key.value }
}

async function keepSignIn(
  tx: LedgerTransaction,
  context: ServerContext,
  device: KnownDevice,
  { staffId, role }: Candidate,
): Promise<SignInAnswer> {
  const now = context.clock.now()
  for (const { key, revision, value } of await signIns.list(tx)) {
    if (value.expiresAt <= now) await signIns.remove(tx, key, revision)
  }
  const token = Buffer.from(context.random(32)).toString('base64url')
  const expiresAt = new Date(Date.parse(now) + SIGN_IN_LIFE_MS).toISOString() as Instant
  await signIns.put(tx, keyOf(token), { staffId, deviceId: device.deviceId, expiresAt }, 0)
  await clearSignInFailures(tx, staffId)
  return { token, staffId, role, expiresAt }
}

/**
 * Opens a sign-in with an account's PIN. Problems: wrong-pin (also for an account nobody has), account-disabled (ten wrong PINs in a row),
 * not-allowed (a device in quarantine).
 */
export async function openSignIn(
  context: ServerContext,
  verifyPin: VerifyPin,
  device: KnownDevice,
  asked: { readonly account: string; readonly pin: string },
): Promise<Outcome<SignInAnswer>> {
  if (device.quarantinedAt !== null) return problem('not-allowed')
  const counted = await commitOutcome<Candidate>(context, async (tx) => {
    const candidate = await findCandidate(tx, asked.account)
    if (candidate === null) return problem('wrong-pin')
    return (await countSignInTry(tx, candidate.staffId)) ? done(candidate) : problem('account-disabled')
  })
  if (!counted.ok) return counted
  if (!(await verifyPin(counted.value.key, asked.pin))) return problem('wrong-pin')
  return commitOutcome(context, async (tx) => done(await keepSignIn(tx, context, device, counted.value)))
}

/** Answers the person whose token this is on this device, or null: unknown, over, disabled since, or another device's. */
export async function findSignIn(
  view: LedgerReader,
  context: ServerContext,
  device: KnownDevice,
  token: string,
): Promise<OpenSignIn | null> {
  const found = await signIns.get(view, keyOf(token))
  if (found === null || found.value.deviceId !== device.deviceId || found.value.expiresAt <= context.clock.now())
    return null
  const { staffId } = found.value
  const staff = await loadState(view, 'staff', staffStream(staffId))
  if (!staff.enabled || staff.staffRole === null || device.quarantinedAt !== null) return null
  const role = staff.staffRole
  return { staffId, role, actor: { actorId: staffId as string as ActorId, role } }
}

/** Closes one sign-in; a token nobody knows is closed already. */
export async function closeSignIn(tx: LedgerTransaction, token: string): Promise<void> {
  const found = await signIns.get(tx, keyOf(token))
  if (found !== null) await signIns.remove(tx, found.key, found.revision)
}

/** Closes every sign-in of a person, e.g. when the PIN is set again. */
export async function closeSignIns(tx: LedgerTransaction, staffId: string): Promise<void> {
  for (const { key, revision, value } of await signIns.list(tx)) {
    if (value.staffId === staffId) await signIns.remove(tx, key, revision)
  }
}
