// Which characters a certificate can print. The typeface lies at the server; a tablet judges by the ranges the server answered.

/** A character the typeface lacks; `codePoint` as in `U+20BB7`. */
export interface UnprintableCharacter {
  readonly character: string
  readonly codePoint: string
}

/** Ranges of code points, both ends included, ascending and apart. */
export type CodePointRanges = readonly (readonly [first: number, last: number])[]

/** Whether a code point lies in one of the ranges. */
export function isCovered(ranges: CodePointRanges, codePoint: number): boolean {
  let low = 0
  let high = ranges.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const [first, last] = ranges[middle] ?? [0, -1]
    if (codePoint < first) high = middle - 1
    else if (codePoint > last) low = middle + 1
    else return true
  }
  return false
}

/** The characters of a text that cannot be printed, each once, in order. @rule CRT-7 */
export function unprintableIn(text: string, canPrint: (codePoint: number) => boolean): UnprintableCharacter[] {
  return [...new Set(text)]
    .map((character) => ({ character, code: character.codePointAt(0) ?? 0 }))
    .filter(({ code }) => !canPrint(code))
    .map(({ character, code }) => ({ character, codePoint: `U+${code.toString(16).toUpperCase().padStart(4, '0')}` }))
}
