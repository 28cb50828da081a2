// Signs with this device's key and checks the server's signatures. Ed25519 through WebCrypto; the private key never leaves the browser.
import { fromBase64Url, toBase64Url, utf8 } from '#client/storage/base64url.ts'

/** Signs a text; the signature is base64url. */
export type SignText = (text: string) => Promise<string>

/** A signer over a private Ed25519 key. */
export function createSigner(privateKey: CryptoKey): SignText {
  return async (text) => toBase64Url(new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, utf8(text))))
}

/** Makes a device's key pair: the private key cannot be exported, the public one is answered as 32 raw bytes in base64url. */
export async function makeDeviceKey(): Promise<{ readonly privateKey: CryptoKey; readonly publicKey: string }> {
  // The public half of a pair is always exportable.
  const pair = (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair
  const raw = await crypto.subtle.exportKey('raw', pair.publicKey)
  return { privateKey: pair.privateKey, publicKey: toBase64Url(new Uint8Array(raw)) }
}

/** Whether an Ed25519 signature over a text is by this public key (raw 32 bytes, base64url). Malformed input is simply not signed. */
export async function isSignedBy(publicKey: string, text: string, signature: string): Promise<boolean> {
  const key = fromBase64Url(publicKey)
  const bytes = fromBase64Url(signature)
  if (key?.length !== 32 || bytes?.length !== 64) return false
  try {
    return await crypto.subtle.verify(
      'Ed25519',
      await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']),
      bytes,
      utf8(text),
    )
  } catch {
    return false
  }
}
