// One PDF for a whole class: a page for each certificate, in the given order, or nothing at all.
import PDFDocument from 'pdfkit'
import { certificateFont } from './certificate-font.ts'
import { drawCertificate } from './certificate-page.ts'
import { certificateWords } from './certificate.template.ts'
import type { MissingGlyph } from './missing-glyphs.ts'
import { findMissingInCertificates } from './missing-glyphs.ts'
import type { CertificatePaper } from './paper-input.ts'

/** `demonstration` prints the mark that these are not real. */
interface CertificatesPdfOptions {
  readonly demonstration: boolean
}

/** The file, or why there is none: nobody to print, or characters the typeface cannot draw. */
export type CertificatesPdf =
  | { readonly ok: true; readonly pdf: Uint8Array; readonly pages: number }
  | { readonly ok: false; readonly code: 'certificate/none-to-print' }
  | { readonly ok: false; readonly code: 'certificate/glyph-missing'; readonly missing: readonly MissingGlyph[] }

/** Prints certificates. Refuses before drawing anything when one character of one name cannot be drawn; equal input gives equal bytes. */
export async function renderCertificatesPdf(
  certificates: readonly CertificatePaper[],
  options: CertificatesPdfOptions,
): Promise<CertificatesPdf> {
  const first = certificates[0]
  if (first === undefined) return { ok: false, code: 'certificate/none-to-print' }
  const missing = await findMissingInCertificates(certificates)
  if (missing.length > 0) return { ok: false, code: 'certificate/glyph-missing', missing }
  const { bytes } = await certificateFont()
  const document = new PDFDocument({
    autoFirstPage: false,
    size: 'A4',
    layout: 'landscape',
    margin: 0,
    lang: 'zh-CN',
    displayTitle: true,
    // The date of issue stands for the time of making: a clock here would make equal papers differ.
    info: { Title: certificateWords.title, CreationDate: new Date(`${first.issuedOn}T00:00:00Z`) },
  })
  const finished = collect(document)
  document.registerFont('certificate', bytes)
  for (const certificate of certificates) {
    document.addPage()
    drawCertificate(document, certificate, options.demonstration)
  }
  document.end()
  return { ok: true, pdf: await finished, pages: certificates.length }
}

function collect(document: InstanceType<typeof PDFDocument>): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    document.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    document.on('end', () => resolve(Buffer.concat(chunks)))
    document.on('error', reject)
  })
}
