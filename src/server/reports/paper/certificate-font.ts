// The typeface of certificates, carried with the program because a facility has no network to fetch one from.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CharacterMap } from './character-map.ts'
import { readCharacterMap } from './character-map.ts'

const fontPath = join(import.meta.dirname, '../fonts/NotoSerifSC-Regular.ttf')

/** The font file and which characters it can draw. */
interface CertificateFont {
  readonly bytes: Buffer
  readonly characters: CharacterMap
}

let loaded: Promise<CertificateFont> | null = null

/** Reads the font once for the life of the process (14 MB). */
export function certificateFont(): Promise<CertificateFont> {
  loaded ??= readFile(fontPath).then((bytes) => ({ bytes, characters: readCharacterMap(bytes) }))
  return loaded
}
