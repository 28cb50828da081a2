// Reads the first visible sheet of an .xlsx file.
// The archive is checked and re-packed before the reading library sees it, so that no size, address or
// row count written by a stranger is ever believed: only the parts looked at here reach the parser.
import { readSheet } from 'read-excel-file/node'
import type { SheetParts } from './sheet-parts.ts'
import { openSheet } from './sheet-parts.ts'
import { mergedRangesOf, surveySheet } from './sheet-survey.ts'
import type {
  SpreadsheetCell,
  SpreadsheetLimits,
  SpreadsheetRead,
  SpreadsheetRow,
  SpreadsheetWarning,
} from './spreadsheet-read.ts'
import { blankCell, spreadsheetFault } from './spreadsheet-read.ts'
import { writeZip } from './zip-archive.ts'

const columnsMax = 256

/** A number exactly as the file wrote it, before it becomes a JavaScript number and loses digits. */
interface RawNumber {
  readonly raw: string
}

/** Reads an .xlsx file already recognised as a ZIP archive. */
export async function readXlsx(bytes: Uint8Array, limits: SpreadsheetLimits): Promise<SpreadsheetRead> {
  const opened = await openSheet(bytes)
  if (!opened.ok) return opened
  const survey = surveySheet(opened.sheetXml)
  if (survey.rowsWithCells > limits.rowsMax) return spreadsheetFault('spreadsheet/too-many-rows')
  // An address far below the filled rows would make the parser build that many empty rows.
  if (survey.highestRow > limits.rowsMax * 2) return spreadsheetFault('spreadsheet/too-many-rows')
  if (survey.highestColumn > columnsMax) return spreadsheetFault('spreadsheet/too-large')
  const rows = await parseRows(opened)
  if (rows === null) return spreadsheetFault('spreadsheet/unreadable')
  if (rows.length === 0) return spreadsheetFault('spreadsheet/empty-file')
  const merged = mergedRangesOf(opened.sheetXml)
  const warnings: SpreadsheetWarning[] = []
  if (opened.otherSheets > 0) warnings.push({ code: 'spreadsheet/other-sheets-ignored', row: null })
  return { ok: true, kind: 'xlsx', rows, merged, warnings }
}

async function parseRows(opened: SheetParts): Promise<SpreadsheetRow[] | null> {
  try {
    const archive = Buffer.from(writeZip(opened.parts, false))
    const data = await readSheet<RawNumber>(archive, opened.sheetName, { parseNumber: (raw) => ({ raw }) })
    const rows: SpreadsheetRow[] = []
    data.forEach((values: readonly unknown[], index) => {
      const cells = values.map(toCell)
      if (cells.some((cell) => cell.text !== '')) rows.push({ rowNumber: index + 1, cells })
    })
    return rows
  } catch {
    return null
  }
}

function toCell(value: unknown): SpreadsheetCell {
  if (value === null || value === undefined) return blankCell
  if (typeof value === 'string') return { text: value.trim(), wasNumber: false }
  if (typeof value === 'boolean') return { text: value ? 'TRUE' : 'FALSE', wasNumber: false }
  if (value instanceof Date) return { text: dateText(value), wasNumber: false }
  if (typeof value === 'object' && 'raw' in value && typeof value.raw === 'string') return numberCell(value.raw)
  return { text: String(value), wasNumber: true }
}

function dateText(value: Date): string {
  return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10)
}

function numberCell(raw: string): SpreadsheetCell {
  const value = Number(raw)
  // A spreadsheet keeps 15 digits; anything longer is shown as written, so that its loss can be seen.
  const isExact = Number.isFinite(value) && Math.abs(value) < 1e15
  const text = !isExact ? raw : Number.isInteger(value) ? value.toFixed(0) : String(Number(value.toPrecision(15)))
  return { text, wasNumber: true }
}
