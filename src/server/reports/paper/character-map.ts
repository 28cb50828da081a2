// Reads which characters a TrueType font has a glyph for: the `cmap` table, formats 4 and 12 (OpenType 1.9, cmap).
// Read here directly because a PDF library draws an empty box for a missing glyph and says nothing.

/** Gives the glyph number of a code point, 0 when the font has none. */
export type CharacterMap = (codePoint: number) => number

/** Reads the character map of a font file; throws when the file holds none that can be read. */
export function readCharacterMap(font: Uint8Array): CharacterMap {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  const table = findTable(view, 'cmap')
  const offsets = subtableOffsets(view, table)
  const full = offsets.find((offset) => view.getUint16(offset) === 12)
  if (full !== undefined) return readGroups(view, full)
  const basic = offsets.find((offset) => view.getUint16(offset) === 4)
  if (basic !== undefined) return readSegments(view, basic)
  throw new Error('The font holds no character map in format 4 or 12.')
}

function findTable(view: DataView, tag: string): number {
  const count = view.getUint16(4)
  for (let index = 0; index < count; index += 1) {
    const record = 12 + index * 16
    const name = String.fromCharCode(...[0, 1, 2, 3].map((at) => view.getUint8(record + at)))
    if (name === tag) return view.getUint32(record + 8)
  }
  throw new Error(`The font has no ${tag} table.`)
}

function subtableOffsets(view: DataView, table: number): number[] {
  const count = view.getUint16(table + 2)
  return Array.from({ length: count }, (_, index) => table + view.getUint32(table + 4 + index * 8 + 4))
}

/** Format 12: sorted groups of first code, last code, first glyph. */
function readGroups(view: DataView, offset: number): CharacterMap {
  const count = view.getUint32(offset + 12)
  return (codePoint) => {
    let low = 0
    let high = count - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const group = offset + 16 + middle * 12
      if (codePoint < view.getUint32(group)) high = middle - 1
      else if (codePoint > view.getUint32(group + 4)) low = middle + 1
      else return view.getUint32(group + 8) + codePoint - view.getUint32(group)
    }
    return 0
  }
}

/** Format 4: the basic plane in sorted segments, glyphs by a difference or through a list. */
function readSegments(view: DataView, offset: number): CharacterMap {
  const doubled = view.getUint16(offset + 6)
  const ends = offset + 14
  const starts = ends + doubled + 2
  const deltas = starts + doubled
  const ranges = deltas + doubled
  return (codePoint) => {
    if (codePoint > 0xffff) return 0
    for (let at = 0; at < doubled; at += 2) {
      if (codePoint > view.getUint16(ends + at)) continue
      const start = view.getUint16(starts + at)
      if (codePoint < start) return 0
      const range = view.getUint16(ranges + at)
      const delta = view.getUint16(deltas + at)
      if (range === 0) return (codePoint + delta) & 0xffff
      const glyph = view.getUint16(ranges + at + range + (codePoint - start) * 2)
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff
    }
    return 0
  }
}
