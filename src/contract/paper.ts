// The papers a class can be printed as: `GET /api/classes/{classId}/papers/{paper}` answers the file, read by a signed-in administrator.
import { z } from 'zod'

/** Six forms in Excel and one PDF with a page per issued certificate. */
export const PaperName = z.enum([
  'roster',
  'attendance',
  'scores',
  'qualified',
  'certificate-issue',
  'qualified-export',
  'certificates',
])
export type PaperName = z.infer<typeof PaperName>

/** The signed text in a certificate's QR: `XC1.` + base64url(canonical JSON of this) + `.` + base64url(Ed25519 signature over the part before it). */
export const CertificateClaim = z.strictObject({
  v: z.literal(1),
  kid: z.string(),
  no: z.string(),
  name: z.string(),
  project: z.string(),
  level: z.string(),
  from: z.string(),
  to: z.string(),
  hours: z.int(),
  issuer: z.string(),
  on: z.string(),
})
export type CertificateClaim = z.infer<typeof CertificateClaim>

/**
 * `GET /api/print-coverage`: the characters the certificate's typeface can print, as ranges of code points, both ends included, ascending and apart.
 * A character outside of them cannot stand on a certificate.
 */
export const PrintCoverage = z.object({ ranges: z.array(z.tuple([z.int().min(0), z.int().min(0)])) })
export type PrintCoverage = z.infer<typeof PrintCoverage>
