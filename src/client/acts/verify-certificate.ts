// Whether the text of a certificate's QR is what a training provider signed. Needs no network and no sign-in, only the providers' keys on this device.
import { CertificateClaim } from '#contract/paper.ts'
import { fromBase64Url } from '#client/storage/base64url.ts'
import { isSignedBy } from '#client/sync/device-signer.ts'

/** The key a provider signs with: raw 32 bytes in base64url. */
export interface ProviderKey {
  readonly keyId: string
  readonly publicKey: string
}

/**
 * The answer. `altered`: it reads as a certificate, but this is not what the named key signed; what it says is shown and must not be relied
 * on. `not-a-certificate`: nothing of ours can be read from it, so nobody is accused of having changed anything.
 */
export type CertificateVerdict =
  | { readonly answer: 'valid' | 'altered' | 'unknown-key'; readonly claim: CertificateClaim }
  | { readonly answer: 'not-a-certificate' }

// An Ed25519 signature is 64 bytes, 86 characters of base64url: fewer were not scanned or pasted whole.
const SHAPE = /^XC1\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{86})$/

function claimOf(encoded: string): CertificateClaim | null {
  const bytes = fromBase64Url(encoded)
  if (bytes === null) return null
  try {
    const parsed = CertificateClaim.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** Checks a QR text; blanks and line breaks that typing or pasting added are passed over. @clause 7 */
export async function verifyCertificate(text: string, keys: readonly ProviderKey[]): Promise<CertificateVerdict> {
  const [, encoded, signature] = SHAPE.exec(text.replaceAll(/\s+/g, '')) ?? []
  if (encoded === undefined || signature === undefined) return { answer: 'not-a-certificate' }
  const claim = claimOf(encoded)
  if (claim === null) return { answer: 'not-a-certificate' }
  const key = keys.find(({ keyId }) => keyId === claim.kid)
  if (key === undefined) return { answer: 'unknown-key', claim }
  const signed = await isSignedBy(key.publicKey, `XC1.${encoded}`, signature)
  return { answer: signed ? 'valid' : 'altered', claim }
}
