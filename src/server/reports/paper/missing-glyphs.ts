// Finds characters the certificate's typeface cannot draw, before anything is printed: a name is printed right or not at all.
import type { UnprintableCharacter } from '#domain/certificate/printable.ts'
import { unprintableIn } from '#domain/certificate/printable.ts'
import { certificateFont } from './certificate-font.ts'
import { certificateFixedText } from './certificate.template.ts'
import type { CertificatePaper } from './paper-input.ts'

/** The printed fields a missing character can stand in. */
export type PrintedField = 'holderName' | 'idNumber' | 'occupationName' | 'skillLevelLabel' | 'issuerName' | 'number'

/** A missing character with the place of its certificate: `index` from 0 in the given list, its number, and the field. Never the name. */
export interface MissingGlyph extends UnprintableCharacter {
  readonly index: number
  readonly number: string
  readonly field: PrintedField
}

const printedFields: readonly PrintedField[] = [
  'holderName',
  'idNumber',
  'occupationName',
  'skillLevelLabel',
  'issuerName',
  'number',
]

/** The characters of a text that cannot be drawn, each once, in order. */
export async function findMissingGlyphs(text: string): Promise<UnprintableCharacter[]> {
  return unprintableIn(text, await canPrint())
}

/** All characters of a list of certificates that cannot be drawn. */
export async function findMissingInCertificates(certificates: readonly CertificatePaper[]): Promise<MissingGlyph[]> {
  const isPrintable = await canPrint()
  const fixed = unprintableIn(certificateFixedText, isPrintable)
  if (fixed.length > 0)
    throw new Error(
      `The certificate's own words cannot be drawn: ${fixed.map(({ codePoint }) => codePoint).join(', ')}.`,
    )
  return certificates.flatMap((certificate, index) =>
    printedFields.flatMap((field) =>
      unprintableIn(certificate[field] ?? '', isPrintable).map((missing) => ({
        index,
        number: certificate.number,
        field,
        ...missing,
      })),
    ),
  )
}

async function canPrint(): Promise<(codePoint: number) => boolean> {
  const { characters } = await certificateFont()
  return (codePoint) => characters(codePoint) !== 0
}
