// How a browser becomes a device: a one-time code, or, on the demonstration, being on this very machine.
import { createHash } from 'node:crypto'
import type { DevicePurpose, FormerDevice, JoinAnswer } from '#contract/device.ts'
import { deviceStream, facilityStream } from '#contract/streams.ts'
import type { ClassId, DeviceId, Instant } from '#contract/values.ts'
import { appendAsServer } from '#server/ledger/append-as-server.ts'
import { devices, type KnownDevice } from '#server/ledger/collections.ts'
import { isPublicKey } from '#server/ledger/ed25519.ts'
import { loadFamily, loadState } from '#server/ledger/load-states.ts'
import { done, type Outcome, problem } from '#server/ledger/outcome.ts'
import { recordCollection } from '#server/ledger/record-collection.ts'
import { SERVER_ACTOR, type ServerContext } from '#server/ledger/server-context.ts'
import type { LedgerReader, LedgerTransaction } from '#server/storage/ledger-store.ts'
import { siteFileKey } from './file-key.ts'
import { recordReplacement } from './renew-key.ts'

/** Letters and digits nobody mistakes for one another: 32 of them, so five random bits each. */
const CODE_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const CODE_LENGTH = 8
const CODE_LIFE_MS = 10 * 60 * 1000

/** Open join codes, by SHA-256 of the code. */
const joinCodes = recordCollection<{ purpose: DevicePurpose; expiresAt: Instant }>('joinCode')

const keyOf = (code: string) => createHash('sha256').update(code).digest('hex')

/** A code to type on the new device, shown once. */
export interface JoinCode {
  readonly code: string
  readonly purpose: DevicePurpose
  readonly expiresAt: Instant
}

/** Makes a code for one device, good for ten minutes and one use, and forgets codes whose time is over. */
export async function makeJoinCode(
  tx: LedgerTransaction,
  context: ServerContext,
  purpose: DevicePurpose,
): Promise<JoinCode> {
  const now = context.clock.now()
  for (const { key, revision, value } of await joinCodes.list(tx)) {
    if (value.expiresAt <= now) await joinCodes.remove(tx, key, revision)
  }
  const code = [...context.random(CODE_LENGTH)].map((byte) => CODE_LETTERS[byte % CODE_LETTERS.length]).join('')
  const expiresAt = new Date(Date.parse(now) + CODE_LIFE_MS).toISOString() as Instant
  await joinCodes.put(tx, keyOf(code), { purpose, expiresAt }, 0)
  return { code, purpose, expiresAt }
}

/** Uses a code up. Problem join-code-wrong for one that is unknown, used or too old. */
export async function useJoinCode(
  tx: LedgerTransaction,
  context: ServerContext,
  code: string,
): Promise<Outcome<DevicePurpose>> {
  const found = await joinCodes.get(tx, keyOf(code))
  if (found === null) return problem('join-code-wrong')
  await joinCodes.remove(tx, found.key, found.revision)
  return found.value.expiresAt > context.clock.now()
    ? done(found.value.purpose)
    : problem('join-code-wrong', { keepWrites: true })
}

async function sealedClasses(view: LedgerReader): Promise<readonly ClassId[]> {
  const classes = await loadFamily(view, 'class')
  return classes.flatMap(({ state }) => (state.phase === 'sealed' && state.plan !== null ? state.plan.classId : []))
}

/**
 * Takes a device in: an entry says that it joined, a record keeps its key. Problem malformed for what is no Ed25519 key.
 * An instructor's tablet never gets the classes sealed before this moment.
 */
export async function joinDevice(
  tx: LedgerTransaction,
  context: ServerContext,
  asked: {
    readonly label: string
    readonly publicKey: string
    readonly purpose: DevicePurpose
    readonly former?: FormerDevice | undefined
  },
): Promise<Outcome<JoinAnswer>> {
  if (!isPublicKey(asked.publicKey)) return problem('malformed')
  const { label, publicKey, purpose } = asked
  const deviceId = context.newId() as DeviceId
  const deviceSecret = Buffer.from(context.random(32)).toString('base64url')
  const device: KnownDevice = {
    deviceId,
    label,
    purpose,
    publicKey,
    deviceSecret,
    joinedAt: context.clock.now(),
    lastSeenAt: null,
    closedClasses: await sealedClasses(tx),
    quarantinedAt: null,
  }
  await devices.put(tx, deviceId, device, 0)
  await appendAsServer(tx, context, SERVER_ACTOR, [
    {
      stream: deviceStream(deviceId),
      kind: 'device.joined.v1',
      body: { deviceId, label, purpose, publicKey },
      occurredOn: context.clock.today(),
      basedOn: null,
    },
  ])
  if (asked.former !== undefined) await recordReplacement(tx, context, asked.former, deviceId)
  const facility = await loadState(tx, 'facility', facilityStream)
  const { facilityId, serverKeys } = context
  const { publicKey: serverPublicKey, epoch: serverEpoch } = serverKeys
  return done({
    facilityId,
    facilityName: facility.name,
    deviceId,
    purpose,
    deviceSecret,
    serverPublicKey,
    serverEpoch,
    fileKey: siteFileKey(context),
  })
}

/** Says whether any device of the office has joined, so that somebody can make further codes. */
export async function hasOfficeDevice(view: LedgerReader): Promise<boolean> {
  return (await devices.list(view)).some(({ value }) => value.purpose === 'office')
}
