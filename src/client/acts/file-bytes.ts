// Files that come in an answer as text.
import { fromBase64Url } from '#client/storage/base64url.ts'

/** The bytes of base64url; none for a text that is not. */
export function bytesOfText(text: string): Uint8Array<ArrayBuffer> {
  return fromBase64Url(text) ?? new Uint8Array()
}
