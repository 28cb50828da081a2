// Is this call by a known device, as sent, and for the first time?
import { createHash } from 'node:crypto'
import { SIGNING_HEADERS } from '#contract/device.ts'
import { devices, type KnownDevice } from '#server/ledger/collections.ts'
import { isSignedBy } from '#server/ledger/ed25519.ts'
import { done, type Outcome, problem } from '#server/ledger/outcome.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import { callText } from '#server/ledger/signed-texts.ts'

/** How many nonces of one device are remembered; at one call a second that is more than two hours. */
const NONCES_MAX = 10_000

/** Remembers which nonces each device has used, the newest of them. */
export interface NonceMemory {
  /** Answers false for a nonce seen before. */
  use(deviceId: string, nonce: string): boolean
}

/** Makes an empty memory. It does not outlive the process: what may be replayed after a restart is idempotent by its own id. */
export function makeNonceMemory(noncesMax: number = NONCES_MAX): NonceMemory {
  const seen = new Map<string, Set<string>>()
  return {
    use(deviceId, nonce) {
      const ofDevice = seen.get(deviceId) ?? new Set()
      seen.set(deviceId, ofDevice)
      if (ofDevice.has(nonce)) return false
      ofDevice.add(nonce)
      // A Set keeps the order of arrival, so its first member is the oldest.
      for (const oldest of ofDevice) {
        if (ofDevice.size <= noncesMax) break
        ofDevice.delete(oldest)
      }
      return true
    },
  }
}

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
export async function checkCallSignature(
  context: ServerContext,
  nonces: NonceMemory,
  call: SignedCall,
): Promise<Outcome<KnownDevice>> {
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
  // Only a nonce that was really signed is remembered, or anybody could fill the memory.
  return nonces.use(deviceId, nonce) ? done(device.value) : problem('replayed')
}
