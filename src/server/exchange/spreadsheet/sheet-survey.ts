// Measures a sheet before it is parsed: how many rows hold cells, how far the addresses reach, what is merged.
import type { MergedRange } from './spreadsheet-read.ts'
import { attributeOf, tagsOf } from './xml-tags.ts'

/** The extent of a sheet, rows and columns from 1. */
interface SheetSurvey {
  readonly rowsWithCells: number
  readonly highestRow: number
  readonly highestColumn: number
}

const mergedMax = 2000

/** Walks the addresses of a sheet once, without building anything. */
export function surveySheet(sheetXml: string): SheetSurvey {
  let rowsWithCells = 0
  let highestRow = 0
  let highestColumn = 0
  let rowOfLastCell = -1
  const pattern = /<(?:[A-Za-z0-9_]+:)?(row|c)(?=[\s/>])([^<>]*)>/g
  for (const match of sheetXml.matchAll(pattern)) {
    const address = /\sr\s*=\s*["']([A-Z]*)(\d{1,9})["']/.exec(match[2] ?? '')
    const row = Number(address?.[2] ?? 0)
    if (row > highestRow) highestRow = row
    if (match[1] === 'row') {
      rowOfLastCell = -1
      continue
    }
    const isEmptyCell = (match[2] ?? '').endsWith('/')
    if (!isEmptyCell && rowOfLastCell === -1) {
      rowsWithCells += 1
      rowOfLastCell = row
    }
    const column = columnNumber(address?.[1] ?? '')
    if (column > highestColumn && !isEmptyCell) highestColumn = column
  }
  return { rowsWithCells, highestRow, highestColumn }
}

/** The merged blocks of a sheet, at most 2,000, in the file's order. */
export function mergedRangesOf(sheetXml: string): MergedRange[] {
  const ranges: MergedRange[] = []
  for (const tag of tagsOf(sheetXml, 'mergeCell')) {
    const match = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(attributeOf(tag, 'ref') ?? '')
    if (match === null) continue
    ranges.push({
      fromColumn: columnNumber(match[1] ?? ''),
      fromRow: Number(match[2]),
      toColumn: columnNumber(match[3] ?? ''),
      toRow: Number(match[4]),
    })
    if (ranges.length >= mergedMax) break
  }
  return ranges
}

function columnNumber(letters: string): number {
  let column = 0
  for (const letter of letters) column = column * 26 + (letter.charCodeAt(0) - 64)
  return column
}
