// Finds characters the certificate's typeface cannot draw, before anything is printed: a name is printed right or not at all.
import { certificateFont } from './certificate-font.ts'
import type { CharacterMap } from './character-map.ts'
import { certificateFixedText } from './certificate.template.ts'
import type { CertificatePaper } from './paper-input.ts'

/** A character without a glyph; `codePoint` as in `U+20BB7`. */
interface MissingCharacter {
  readonly character: string
  readonly codePoint: string
}

/** The printed fields a missing character can stand in. */
type PrintedField = 'holderName' | 'idNumber' | 'occupationName' | 'skillLevelLabel' | 'issuerName' | 'number'

/** A missing character with the place of its certificate: `index` from 0 in the given list, its number, and the field. Never the name. */
export interface MissingGlyph extends MissingCharacter {
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
export async function findMissingGlyphs(text: string): Promise<MissingCharacter[]> {
  const { characters } = await certificateFont()
  return missingIn(text, characters)
}

/** All characters of a list of certificates that cannot be drawn. */
export async function findMissingInCertificates(certificates: readonly CertificatePaper[]): Promise<MissingGlyph[]> {
  const { characters } = await certificateFont()
  const fixed = missingIn(certificateFixedText, characters)
  if (fixed.length > 0)
    throw new Error(
      `The certificate's own words cannot be drawn: ${fixed.map(({ codePoint }) => codePoint).join(', ')}.`,
    )
  return certificates.flatMap((certificate, index) =>
    printedFields.flatMap((field) =>
      missingIn(certificate[field] ?? '', characters).map((missing) => ({
        index,
        number: certificate.number,
        field,
        ...missing,
      })),
    ),
  )
}

function missingIn(text: string, characters: CharacterMap): MissingCharacter[] {
  return [...new Set(text)]
    .map((character) => ({ character, code: character.codePointAt(0) ?? 0 }))
    .filter(({ code }) => characters(code) === 0)
    .map(({ character, code }) => ({ character, codePoint: `U+${code.toString(16).toUpperCase().padStart(4, '0')}` }))
}
