// What reading a spreadsheet gives: rows of cells exactly as the file holds them, or one code saying why not.
// No meaning is given to any column here; that is roster-columns.ts and parse-roster.ts.

/**
 * One cell as text.
 * `wasNumber` tells that the file held a number: a long number has then already lost its last digits.
 * Date cells come as `YYYY-MM-DD` and are not numbers.
 */
export interface SpreadsheetCell {
  readonly text: string
  readonly wasNumber: boolean
}

/** One row; `rowNumber` is the number the person sees at the left edge of the sheet, from 1. */
export interface SpreadsheetRow {
  readonly rowNumber: number
  readonly cells: readonly SpreadsheetCell[]
}

/** A merged block, rows and columns counted from 1, both ends included. */
export interface MergedRange {
  readonly fromRow: number
  readonly toRow: number
  readonly fromColumn: number
  readonly toColumn: number
}

/** How the bytes were understood. */
export type SpreadsheetKind = 'xlsx' | 'csv-utf8' | 'csv-gb18030'

/** Something the reader did that a person should know; never a reason to stop by itself. */
export interface SpreadsheetWarning {
  readonly code: 'spreadsheet/other-sheets-ignored' | 'spreadsheet/broken-quotes'
  readonly row: number | null
}

/** Why nothing could be read. */
export type SpreadsheetFaultCode =
  | 'spreadsheet/empty-file'
  | 'spreadsheet/not-a-spreadsheet'
  | 'spreadsheet/old-xls'
  | 'spreadsheet/password-protected'
  | 'spreadsheet/too-many-rows'
  | 'spreadsheet/too-large'
  | 'spreadsheet/unreadable'

/** A spreadsheet that could be read; blank rows are left out, row numbers stay those of the file. `merged` is for whoever knows which rows matter. */
export interface SpreadsheetContent {
  readonly ok: true
  readonly kind: SpreadsheetKind
  readonly rows: readonly SpreadsheetRow[]
  readonly merged: readonly MergedRange[]
  readonly warnings: readonly SpreadsheetWarning[]
}

/** A spreadsheet that could not be read, with one code of the closed list. */
export interface SpreadsheetFault {
  readonly ok: false
  readonly code: SpreadsheetFaultCode
}

/** The outcome of `readSpreadsheet`. */
export type SpreadsheetRead = SpreadsheetContent | SpreadsheetFault

/** Limits of one read; rows count those that hold anything. */
export interface SpreadsheetLimits {
  readonly rowsMax: number
  readonly bytesMax: number
}

/** The limits used when none are given: 20,000 rows, 20 MB. */
export const defaultSpreadsheetLimits: SpreadsheetLimits = { rowsMax: 20_000, bytesMax: 20 * 1024 * 1024 }

/** Makes the failed outcome. */
export function spreadsheetFault(code: SpreadsheetFaultCode): SpreadsheetFault {
  return { ok: false, code }
}

/** The empty cell. */
export const blankCell: SpreadsheetCell = { text: '', wasNumber: false }
