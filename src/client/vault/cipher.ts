// AES-256-GCM exactly as contract/vault.ts says it, through WebCrypto: 12-byte iv, 16-byte tag at the end, what the row is as additional data.
import type { KeyCost } from '#contract/vault.ts'
import { fromBase64Url, toBase64Url, utf8 } from '#client/storage/base64url.ts'

const KEY_BYTES = 32

/** Something sealed: the iv and the ciphertext with its tag, both base64url. */
export interface Sealed {
  readonly iv: string
  readonly sealed: string
}

/** Opens bytes; null when the key, the additional data or a single bit is another one. */
export async function openBytes(
  key: CryptoKey,
  { iv, sealed }: Sealed,
  aad: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const ivBytes = fromBase64Url(iv)
  const bytes = fromBase64Url(sealed)
  if (ivBytes?.length !== 12 || bytes === null || bytes.length < 16) return null
  try {
    return new Uint8Array(
      await crypto.subtle.decrypt({ name: 'AES-GCM', iv: ivBytes, additionalData: utf8(aad) }, key, bytes),
    )
  } catch {
    return null
  }
}

/** Opens a JSON value; undefined when it does not open or is no JSON. The shape is the caller's to parse. */
export async function openJson(key: CryptoKey, sealed: Sealed, aad: string): Promise<unknown> {
  const bytes = await openBytes(key, sealed, aad)
  if (bytes === null) return undefined
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}

/** Seals a JSON value under a fresh iv of 12 random bytes. */
export async function sealJson(
  key: CryptoKey,
  iv: Uint8Array<ArrayBuffer>,
  aad: string,
  value: unknown,
): Promise<Sealed> {
  const bytes = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: utf8(aad) },
    key,
    utf8(JSON.stringify(value)),
  )
  return { iv: toBase64Url(iv), sealed: toBase64Url(new Uint8Array(bytes)) }
}

/** Imports 32 bytes as a key that cannot be exported again; null for another length. */
export async function importKey(bytes: Uint8Array<ArrayBuffer>, uses: readonly KeyUsage[]): Promise<CryptoKey | null> {
  if (bytes.length !== KEY_BYTES) return null
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, [...uses])
}

/** Derives the key of a short secret with Argon2id; the code for it is loaded when first needed. */
export async function deriveKey(secret: string, cost: KeyCost): Promise<CryptoKey> {
  const { argon2id } = await import('hash-wasm')
  const bytes = await argon2id({
    password: secret,
    salt: fromBase64Url(cost.salt) ?? new Uint8Array(),
    parallelism: 1,
    iterations: cost.passes,
    memorySize: cost.memoryKib,
    hashLength: KEY_BYTES,
    outputType: 'binary',
  })
  return crypto.subtle.importKey('raw', new Uint8Array(bytes), 'AES-GCM', false, ['decrypt'])
}

/** The key that a derived key unwraps; null when the secret was wrong. */
export async function unwrapKey(
  derived: CryptoKey,
  wrapped: Sealed,
  aad: string,
  uses: readonly KeyUsage[],
): Promise<CryptoKey | null> {
  const bytes = await openBytes(derived, wrapped, aad)
  if (bytes === null) return null
  const key = await importKey(bytes, uses)
  bytes.fill(0)
  return key
}
