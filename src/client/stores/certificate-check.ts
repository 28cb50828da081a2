// Checking a certificate: with the providers' keys on this device, without network and without anybody signed in.
import type { CalendarDate } from '#contract/values.ts'
import { verifyCertificate } from '#client/acts/verify-certificate.ts'
import type { CertificateVerdict } from '#client/acts/verify-certificate.ts'
import { clientCore } from './container.ts'

/**
 * The answer, and the day the certificate was voided if this device knows of it. `isListed`: this device holds the list the certificate stands in;
 * without it a genuine signature does not tell whether the certificate was voided since. `keyCount`: how many keys there were to check with.
 */
export interface CertificateCheck {
  readonly verdict: CertificateVerdict
  readonly voidedOn: CalendarDate | null
  readonly isListed: boolean
  readonly keyCount: number
}

/** Checks texts of certificates. */
export function useCertificateCheck(): { check(text: string): Promise<CertificateCheck> } {
  const core = clientCore()
  return {
    async check(text) {
      const ledger = core.joined.value?.ledger
      const keys = ((await ledger?.all('provider')) ?? []).flatMap(({ state }) => state.keys)
      const verdict = await verifyCertificate(text, keys)
      const number = 'claim' in verdict ? verdict.claim.no : undefined
      const issued =
        number === undefined
          ? []
          : ((await ledger?.all('certificates')) ?? []).flatMap(({ state }) => state.certificates)
      const listed = issued.find((certificate) => certificate.number === number)
      return {
        verdict,
        voidedOn: listed?.voided?.on ?? null,
        isListed: listed !== undefined,
        keyCount: keys.length,
      }
    },
  }
}
