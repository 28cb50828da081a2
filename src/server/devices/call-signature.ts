// Is this call by a known device, as sent, and for the first time?
import { createHash } from 'node:crypto'
import { SIGNING_HEADERS } from '#contract/device.ts'
import { devices, type KnownDevice } from '#server/ledger/collections.ts'
import { isSignedBy } from '#server/ledger/ed25519.ts'
import { done, type Outcome, problem } from '#server/ledger/outcome.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import { callText } from '#server/ledger/signed-texts.ts'

/** A call as it arrived. */
export interface SignedCall {
  readonly method: string
  readonly pathAndQuery: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Uint8Array
}

const headerOf = (call: SignedCall, name: string) => {
  const value = call.headers[name]
  return typeof value === 'string' ? value : null
}

/** Answers the device that signed the call. Problems: unsigned, unknown-device, bad-signature, replayed. */
export async function checkCallSignature(context: ServerContext, call: SignedCall): Promise<Outcome<KnownDevice>> {
  const deviceId = headerOf(call, SIGNING_HEADERS.device)
  const nonce = headerOf(call, SIGNING_HEADERS.nonce)
  const signature = headerOf(call, SIGNING_HEADERS.signature)
  if (deviceId === null || nonce === null || signature === null) return problem('unsigned')
  if (!/^[A-Za-z0-9_-]{16,64}$/.test(nonce)) return problem('unsigned')
  const device = await context.store.read(context.facilityId, (view) => devices.get(view, deviceId))
  if (device === null) return problem('unknown-device')
  const bodyHash = createHash('sha256').update(call.body).digest('hex')
  const text = callText(call.method, call.pathAndQuery, deviceId, nonce, bodyHash)
  if (!isSignedBy(device.value.publicKey, text, signature)) return problem('bad-signature')
  // Only a nonce that was really signed is remembered, or anybody could fill the memory. All instances on one store share it; what may be
  // replayed after a restart, when it is forgotten, is idempotent by its own id.
  const isFirst = await context.store.shortMemory.firstUse(context.facilityId, deviceId, nonce)
  return isFirst ? done(device.value) : problem('replayed')
}
