// Reads delimited text: strict UTF-8 first, then GB 18030, which also covers the GBK and GB 2312 files of older Excel.
import Papa from 'papaparse'
import type { SpreadsheetKind, SpreadsheetLimits, SpreadsheetRead, SpreadsheetWarning } from './spreadsheet-read.ts'
import { spreadsheetFault } from './spreadsheet-read.ts'

interface DecodedText {
  readonly text: string
  readonly kind: SpreadsheetKind
}

/** Reads a CSV or tab-separated file; `fileName` only helps to name a web page saved as .xls for what it is. */
export function readCsv(bytes: Uint8Array, fileName: string, limits: SpreadsheetLimits): SpreadsheetRead {
  const decoded = decodeText(bytes)
  if (decoded === null) return spreadsheetFault('spreadsheet/not-a-spreadsheet')
  if (decoded.text.trim() === '') return spreadsheetFault('spreadsheet/empty-file')
  // Web pages and XML saved by older programs under a spreadsheet's name.
  if (/^\s*<(?:!doctype|html|\?xml|table|meta)/i.test(decoded.text)) {
    return spreadsheetFault(/\.xls$/i.test(fileName) ? 'spreadsheet/old-xls' : 'spreadsheet/not-a-spreadsheet')
  }
  if (countLines(decoded.text, limits.rowsMax) > limits.rowsMax) return spreadsheetFault('spreadsheet/too-many-rows')
  return parseDelimited(decoded)
}

function decodeText(bytes: Uint8Array): DecodedText | null {
  // A NUL never occurs in a text file of these two encodings.
  if (bytes.includes(0)) return null
  return decodeAs(bytes, 'utf-8', 'csv-utf8') ?? decodeAs(bytes, 'gb18030', 'csv-gb18030')
}

function decodeAs(bytes: Uint8Array, encoding: string, kind: SpreadsheetKind): DecodedText | null {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return hasControlCharacters(text) ? null : { text, kind }
  } catch {
    return null
  }
}

function hasControlCharacters(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    const isAllowed = unit === 9 || unit === 10 || unit === 13 || unit === 26
    if (unit < 32 && !isAllowed) return true
  }
  return false
}

/** Counts the lines that hold more than separators, and stops just past the limit: a huge file is refused before it is parsed. */
function countLines(text: string, limit: number): number {
  let lines = 0
  let holdsText = false
  for (let index = 0; index <= text.length; index += 1) {
    const unit = index < text.length ? text.charCodeAt(index) : 10
    if (unit === 10 || unit === 13) {
      if (holdsText) lines += 1
      if (lines > limit + 1) return lines
      holdsText = false
    } else if (unit !== 44 && unit !== 9 && unit !== 59 && unit !== 32 && unit !== 34) {
      holdsText = true
    }
  }
  return lines
}

/** The separator that occurs most often in one of the first lines; titles above the header have none. */
function delimiterOf(text: string): string {
  const lines = text.slice(0, 20_000).split(/\r\n|\r|\n/, 20)
  let best = { delimiter: ',', count: 0 }
  for (const delimiter of [',', '\t', ';', '|']) {
    const count = Math.max(...lines.map((line) => line.split(delimiter).length - 1))
    if (count > best.count) best = { delimiter, count }
  }
  return best.delimiter
}

function parseDelimited({ text, kind }: DecodedText): SpreadsheetRead {
  const parsed = Papa.parse<string[]>(text, { delimiter: delimiterOf(text) })
  const warnings: SpreadsheetWarning[] = parsed.errors
    .filter((error) => error.type === 'Quotes')
    .slice(0, 20)
    .map((error) => ({ code: 'spreadsheet/broken-quotes', row: (error.row ?? 0) + 1 }))
  const rows = parsed.data
    .map((fields, index) => ({
      rowNumber: index + 1,
      cells: fields.map((field) => ({ text: field.trim(), wasNumber: false })),
    }))
    .filter((row) => row.cells.some((cell) => cell.text !== ''))
  if (rows.length === 0) return spreadsheetFault('spreadsheet/empty-file')
  return { ok: true, kind, rows, merged: [], warnings }
}
