// What only a holder of the device secret can compute.
import { fromBase64Url, toBase64Url, utf8 } from '#client/storage/base64url.ts'

/** HMAC-SHA-256 of a text under the device secret, base64url. */
export async function proofOf(deviceSecret: string, text: string): Promise<string> {
  const secret = fromBase64Url(deviceSecret) ?? new Uint8Array(1)
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return toBase64Url(new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(text))))
}
