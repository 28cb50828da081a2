// A device that lost its key with one of its stores: it proves by the device secret that the new key is its own, and its chain goes on.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { type FormerDevice, type RenewKeyRequest, renewKeyText } from '#contract/device.ts'
import { deviceStream } from '#contract/streams.ts'
import type { DeviceId } from '#contract/values.ts'
import { appendAsServer } from '#server/ledger/append-as-server.ts'
import { chainHeads, devices, type KnownDevice } from '#server/ledger/collections.ts'
import { isPublicKey } from '#server/ledger/ed25519.ts'
import { done, type Outcome, problem } from '#server/ledger/outcome.ts'
import { isClosed } from '#server/ledger/quarantine.ts'
import { SERVER_ACTOR, type ServerContext } from '#server/ledger/server-context.ts'
import type { LedgerTransaction } from '#server/storage/ledger-store.ts'

/** Whether the proof was made with the secret the device got at joining. */
export function isRenewalProven(device: KnownDevice, request: RenewKeyRequest): boolean {
  const secret = Buffer.from(device.deviceSecret, 'base64url')
  const wanted = createHmac('sha256', secret).update(renewKeyText(request), 'utf8').digest()
  const given = Buffer.from(request.proof, 'base64url')
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

/** Whether the chain as the device has it goes on from what is here: a device that has less, or something else, must not write on. */
async function goesOn(tx: LedgerTransaction, device: KnownDevice, request: RenewKeyRequest): Promise<boolean> {
  const { deviceId, epoch, lastSeq, head } = request
  // It writes on in another chain as soon as it is heard.
  if (isClosed(device, epoch)) return true
  const here = (await chainHeads.get(tx, `${deviceId}|${epoch}`))?.value
  if (here === undefined || here.lastSeq < lastSeq) return true
  return here.lastSeq === lastSeq && here.head === head
}

/**
 * Takes a new key over from now on; the old one counts no more. The same key again is the same renewal and writes nothing.
 * Problems: malformed, unknown-device, bad-signature (the proof is wrong), chain-forked (quarantined, or the chain does not go on). @rule ACC-10
 */
export async function renewDeviceKey(
  tx: LedgerTransaction,
  context: ServerContext,
  request: RenewKeyRequest,
): Promise<Outcome<{ deviceId: DeviceId }>> {
  const { deviceId, publicKey, epoch, lastSeq, head } = request
  if (!isPublicKey(publicKey)) return problem('malformed')
  const device = (await devices.get(tx, deviceId))?.value
  if (device === undefined) return problem('unknown-device')
  if (!isRenewalProven(device, request)) return problem('bad-signature')
  if (device.quarantinedAt !== null || !(await goesOn(tx, device, request))) return problem('chain-forked')
  if (device.publicKey === publicKey) return done({ deviceId })
  await devices.update(tx, deviceId, (before) => ({ ...(before ?? device), publicKey }))
  await appendAsServer(tx, context, SERVER_ACTOR, [
    {
      stream: deviceStream(deviceId),
      kind: 'device.key-renewed.v1',
      body: { deviceId, publicKey, epoch, lastSeq, head },
      occurredOn: context.clock.today(),
      basedOn: null,
    },
  ])
  return done({ deviceId })
}

/** Records that a browser lost all it had of a former device and joined as another; a device nobody knows is passed over. @rule ACC-11 */
export async function recordReplacement(
  tx: LedgerTransaction,
  context: ServerContext,
  former: FormerDevice,
  byDeviceId: DeviceId,
): Promise<void> {
  const { deviceId, epoch, lastSeq } = former
  if ((await devices.get(tx, deviceId)) === null) return
  const receivedSeq = (await chainHeads.get(tx, `${deviceId}|${epoch}`))?.value.lastSeq ?? 0
  await appendAsServer(tx, context, SERVER_ACTOR, [
    {
      stream: deviceStream(deviceId),
      kind: 'device.replaced.v1',
      body: { deviceId, byDeviceId, epoch, acknowledgedSeq: lastSeq, receivedSeq },
      occurredOn: context.clock.today(),
      basedOn: null,
    },
  ])
}
