// Looks into a finished PDF the way a reader program does: pages, the words drawn on each, and whether every glyph
// that stands for them has an outline. A wrongly cut font keeps its text searchable and draws nothing.
import { inflateSync } from 'node:zlib'

/** One page's drawn text in drawing order, with the glyph of each character. */
interface InspectedPage {
  readonly text: string
  readonly glyphs: readonly { readonly character: string; readonly glyph: number }[]
}

/** What a PDF holds. `outlineBytes` gives the length of a glyph's outline in the embedded font, 0 for none. */
export interface InspectedPdf {
  readonly pages: readonly InspectedPage[]
  readonly info: string
  readonly mediaBoxes: readonly string[]
  outlineBytes(glyph: number): number
}

/** Takes a PDF apart; only what the writer in use produces is understood: one embedded TrueType font, plain objects. */
export function inspectPdf(bytes: Uint8Array): InspectedPdf {
  const file = Buffer.from(bytes).toString('latin1')
  const objects = new Map(
    [...file.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map((match) => [Number(match[1]), match[2] ?? '']),
  )
  const all = [...objects.values()]
  const fontFile = streamOf(objects, referenceIn(all, /\/FontFile2 (\d+) 0 R/))
  const characters = unicodeMap(streamOf(objects, referenceIn(all, /\/ToUnicode (\d+) 0 R/)).toString('latin1'))
  const pageObjects = all.filter((body) => /\/Type \/Page\b/.test(body))
  const pages = pageObjects.map((body) =>
    inspectPage(streamOf(objects, referenceIn([body], /\/Contents (\d+) 0 R/)).toString('latin1'), characters),
  )
  const info = objects.get(referenceIn([file.slice(file.lastIndexOf('trailer'))], /\/Info (\d+) 0 R/)) ?? ''
  return {
    pages,
    info,
    mediaBoxes: pageObjects.map((body) => /\/MediaBox \[([^\]]*)\]/.exec(body)?.[1] ?? ''),
    outlineBytes: outlineReader(fontFile),
  }
}

function referenceIn(bodies: readonly string[], pattern: RegExp): number {
  for (const body of bodies) {
    const match = pattern.exec(body)
    if (match !== null) return Number(match[1])
  }
  throw new Error(`Nothing matches ${pattern.source}.`)
}

function streamOf(objects: ReadonlyMap<number, string>, number: number): Buffer {
  const body = objects.get(number) ?? ''
  const start = body.indexOf('stream\n') + 'stream\n'.length
  const raw = Buffer.from(body.slice(start, body.lastIndexOf('\nendstream')), 'latin1')
  return body.includes('/FlateDecode') ? inflateSync(raw) : raw
}

/** The writer lists all glyphs of the font in ranges of the form `<first> <last> [<text> <text> ...]`. */
function unicodeMap(toUnicode: string): string[] {
  const characters: string[] = []
  for (const range of toUnicode.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi)) {
    const texts = [...(range[2] ?? '').matchAll(/<([0-9a-f ]*)>/gi)]
    texts.forEach((text, index) => {
      const hex = (text[1] ?? '').replaceAll(' ', '')
      characters[Number.parseInt(range[1] ?? '', 16) + index] = Buffer.from(hex, 'hex').swap16().toString('utf16le')
    })
  }
  return characters
}

function inspectPage(content: string, characters: readonly string[]): InspectedPage {
  const glyphs = [...content.matchAll(/\[([^\]]*)\] TJ/g)].flatMap((shown) =>
    [...(shown[1] ?? '').matchAll(/<([0-9a-f]+)>/gi)].flatMap((hex) => (hex[1] ?? '').match(/.{4}/g) ?? []),
  )
  const drawn = glyphs.map((hex) => ({
    glyph: Number.parseInt(hex, 16),
    character: characters[Number.parseInt(hex, 16)] ?? '',
  }))
  return { text: drawn.map(({ character }) => character).join(''), glyphs: drawn }
}

function outlineReader(font: Buffer): (glyph: number) => number {
  const tables = new Map(
    Array.from({ length: font.readUInt16BE(4) }, (_, index) => {
      const record = 12 + index * 16
      return [font.toString('latin1', record, record + 4), font.readUInt32BE(record + 8)] as const
    }),
  )
  const loca = tables.get('loca') ?? 0
  const isLong = font.readInt16BE((tables.get('head') ?? 0) + 50) === 1
  const offset = (glyph: number): number =>
    isLong ? font.readUInt32BE(loca + glyph * 4) : font.readUInt16BE(loca + glyph * 2) * 2
  return (glyph) => offset(glyph + 1) - offset(glyph)
}
