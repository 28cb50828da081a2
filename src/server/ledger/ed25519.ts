// Ed25519 over texts, with raw keys as base64url.
import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'

/** What precedes the 32 bytes of a private key in PKCS 8. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex')

/** A key pair made from 32 random bytes. */
export interface SigningKey {
  /** Raw 32 bytes as base64url. */
  readonly publicKey: string
  /** Signs the UTF-8 text, base64url. */
  sign(text: string): string
}

/** Makes the key pair of a 32-byte seed. */
export function signingKeyOf(seed: Uint8Array): SigningKey {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey).export({ format: 'jwk' }).x
  if (publicKey === undefined) throw new Error('an Ed25519 key has a public part')
  return { publicKey, sign: (text) => sign(null, Buffer.from(text, 'utf8'), privateKey).toString('base64url') }
}

const CACHED_KEYS_MAX = 1000
const cachedKeys = new Map<string, KeyObject>()

function publicKeyOf(raw: string): KeyObject {
  const found = cachedKeys.get(raw) ?? createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: raw } })
  if (cachedKeys.size >= CACHED_KEYS_MAX) cachedKeys.clear()
  cachedKeys.set(raw, found)
  return found
}

/** Says whether text is a usable public key: 32 bytes as base64url. */
export function isPublicKey(raw: string): boolean {
  return Buffer.from(raw, 'base64url').length === 32 && /^[A-Za-z0-9_-]{43}$/.test(raw)
}

/** Says whether the signature (base64url) over the text is by that key; false for anything malformed. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64url')
  if (bytes.length !== 64 || !isPublicKey(publicKey)) return false
  return verify(null, Buffer.from(text, 'utf8'), publicKeyOf(publicKey), bytes)
}
