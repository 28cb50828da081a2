// WebCrypto checks signatures on another thread, and when it answers is the machine's business. A history must not depend on that: while it
// runs, the same check is done at once by node:crypto.
import { createPublicKey, verify, type KeyObject } from 'node:crypto'

const keys = new WeakMap<CryptoKey, KeyObject>()

const real = SubtleCrypto.prototype

// Everything but a public key of Ed25519 is imported as ever: carried files are sealed with other keys.
async function importKey(
  ...given: [format: 'raw', raw: Uint8Array<ArrayBuffer>, algorithm: string, extractable: boolean, usages: KeyUsage[]]
): Promise<CryptoKey> {
  const [, raw, algorithm] = given
  if (algorithm !== 'Ed25519') return real.importKey.apply(crypto.subtle, given)
  const key = {} as CryptoKey
  keys.set(
    key,
    createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(raw).toString('base64url') } }),
  )
  return key
}

async function verifyNow(
  _algorithm: string,
  key: CryptoKey,
  signature: Uint8Array,
  data: Uint8Array,
): Promise<boolean> {
  const known = keys.get(key)
  return known !== undefined && verify(null, data, known, signature)
}

/** Does work with signatures checked at once. */
export async function withSynchronousSignatures<Value>(work: () => Promise<Value>): Promise<Value> {
  Object.defineProperty(crypto.subtle, 'importKey', { value: importKey, configurable: true })
  Object.defineProperty(crypto.subtle, 'verify', { value: verifyNow, configurable: true })
  try {
    return await work()
  } finally {
    Reflect.deleteProperty(crypto.subtle, 'importKey')
    Reflect.deleteProperty(crypto.subtle, 'verify')
  }
}
