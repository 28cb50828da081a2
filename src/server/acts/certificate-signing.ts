// The text in a certificate's QR code, signed with the key of the training provider (contract/paper.ts).
import { canonicalText } from '#contract/canonical.ts'
import { CertificateClaim } from '#contract/paper.ts'
import type { SigningKey } from '#server/ledger/ed25519.ts'
import { isSignedBy } from '#server/ledger/ed25519.ts'

const PREFIX = 'XC1'

/** Signs a claim: the whole QR text, and the signature alone as the ledger keeps it. */
export function signClaim(
  claim: CertificateClaim,
  key: SigningKey,
): { readonly qrText: string; readonly signature: string } {
  const signed = `${PREFIX}.${Buffer.from(canonicalText(claim), 'utf8').toString('base64url')}`
  const signature = key.sign(signed)
  return { qrText: `${signed}.${signature}`, signature }
}

/** Reads a QR text with a provider's public key (raw, base64url); null when it is altered, malformed or signed with another key. */
export function verifyClaim(qrText: string, publicKey: string): CertificateClaim | null {
  const [prefix, body = '', signature = '', ...rest] = qrText.split('.')
  if (prefix !== PREFIX || rest.length > 0 || !isSignedBy(publicKey, `${prefix}.${body}`, signature)) return null
  const claim = CertificateClaim.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')))
  return claim.success ? claim.data : null
}
