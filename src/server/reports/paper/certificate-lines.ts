// Breaks the certificate's sentence into lines. A field keeps together while it fits a line; a long one may break after
// an interpunct, one longer than a line breaks where it must, and nothing is ever cut. No line begins with a closing mark.
import type { TextRun } from './certificate.template.ts'

/** Measures a text at the certificate's size; fields are set larger than plain words. */
type Measure = (text: string, isField: boolean) => number

/** A placed piece of one line, `x` from the left edge of the text block, in points. */
export interface PlacedRun {
  readonly text: string
  readonly isField: boolean
  readonly x: number
  readonly width: number
}

/** A part that stays on one line; `run` tells which run it belongs to, `before` and `after` the room around it. */
interface Piece {
  readonly run: number
  readonly text: string
  readonly isField: boolean
  readonly width: number
  readonly before: number
  readonly after: number
}

// Marks that must not open a line (U+FF0C, U+3002, U+3001, U+FF1B, U+FF1A, U+FF09).
const closingMarks = /^[\uff0c\u3002\u3001\uff1b\uff1a\uff09]/
const interpunct = '\u00b7'
// A field shorter than this part of a line is moved down whole.
const breakableShare = 0.45

/** Sets runs into lines no wider than `width`; `padding` is kept free on both sides of a field. */
export function breakIntoLines(
  runs: readonly TextRun[],
  width: number,
  padding: number,
  measure: Measure,
): PlacedRun[][] {
  const pieces = runs.flatMap((run, index) =>
    run.isField
      ? fieldPieces(run.text, index, { width: width - 2 * padding, padding, measure })
      : plainPieces(run.text, index, measure),
  )
  const lines: Piece[][] = [[]]
  let used = 0
  for (const piece of pieces) {
    const current = lines.at(-1) ?? []
    if (used + spaceOf(piece) > width && current.length > 0) {
      const line = closingMarks.test(piece.text) ? [...takeLast(current), piece] : [piece]
      lines.push(line)
      used = line.reduce((sum, part) => sum + spaceOf(part), 0)
    } else {
      current.push(piece)
      used += spaceOf(piece)
    }
  }
  return lines.filter((line) => line.length > 0).map(place)
}

function spaceOf(piece: Piece): number {
  return piece.before + piece.width + piece.after
}

/** A closing mark takes the piece before it along, unless that would empty the line. */
function takeLast(line: Piece[]): Piece[] {
  const last = line.length < 2 ? undefined : line.pop()
  return last === undefined ? [] : [last]
}

function plainPieces(text: string, run: number, measure: Measure): Piece[] {
  return [...text].map((character) => ({
    run,
    text: character,
    isField: false,
    width: measure(character, false),
    before: 0,
    after: 0,
  }))
}

interface FieldRoom {
  readonly width: number
  readonly padding: number
  readonly measure: Measure
}

function fieldPieces(text: string, run: number, room: FieldRoom): Piece[] {
  const isShort = room.measure(text, true) <= room.width * breakableShare
  const parts = isShort
    ? [text]
    : text.split(new RegExp(`(?<=${interpunct})`)).flatMap((part) => fittingParts(part, room))
  return parts.map((part, index) => ({
    run,
    text: part,
    isField: true,
    width: room.measure(part, true),
    before: index === 0 ? room.padding : 0,
    after: index === parts.length - 1 ? room.padding : 0,
  }))
}

/** Cuts a text wider than a line into pieces that fit; a text that fits stays whole. */
function fittingParts(text: string, room: FieldRoom): string[] {
  const parts: string[] = []
  let rest = [...text]
  while (rest.length > 0) {
    let count = rest.length
    while (count > 1 && room.measure(rest.slice(0, count).join(''), true) > room.width) count -= 1
    parts.push(rest.slice(0, count).join(''))
    rest = rest.slice(count)
  }
  return parts
}

/** Joins neighbours of one run and gives each run its place. */
function place(line: readonly Piece[]): PlacedRun[] {
  const placed: (PlacedRun & { run: number })[] = []
  let x = 0
  for (const piece of line) {
    const last = placed.at(-1)
    if (last !== undefined && last.run === piece.run) {
      placed[placed.length - 1] = { ...last, text: last.text + piece.text, width: x - last.x + piece.width }
    } else {
      placed.push({ run: piece.run, text: piece.text, isField: piece.isField, width: piece.width, x: x + piece.before })
    }
    x += spaceOf(piece)
  }
  return placed.map(({ text, isField, width, x: at }) => ({ text, isField, width, x: at }))
}
