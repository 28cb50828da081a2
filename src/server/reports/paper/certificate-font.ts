// The typeface of certificates, carried with the program because a facility has no network to fetch one from.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CodePointRanges } from '#domain/certificate/printable.ts'
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

const LAST_CODE_POINT = 0x10ffff
let ranges: Promise<CodePointRanges> | null = null

/** All characters the font can draw, as ranges of code points; looked through once for the life of the process. */
export function printableRanges(): Promise<CodePointRanges> {
  ranges ??= certificateFont().then(({ characters }) => rangesOf(characters))
  return ranges
}

function rangesOf(characters: CharacterMap): CodePointRanges {
  const found: [number, number][] = []
  for (let code = 0; code <= LAST_CODE_POINT; code += 1) {
    if (characters(code) === 0) continue
    const last = found.at(-1)
    if (last?.[1] === code - 1) last[1] = code
    else found.push([code, code])
  }
  return found
}
