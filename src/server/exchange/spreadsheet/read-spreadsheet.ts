// The one door for spreadsheets from outside. Whatever the bytes are, the answer is rows or one code; nothing is thrown.
import { signatureOf } from './file-signature.ts'
import { readCsv } from './read-csv.ts'
import { readXlsx } from './read-xlsx.ts'
import type { SpreadsheetLimits, SpreadsheetRead } from './spreadsheet-read.ts'
import { defaultSpreadsheetLimits, spreadsheetFault } from './spreadsheet-read.ts'

/**
 * Reads the first visible sheet of an .xlsx file or a CSV in UTF-8 or GB 18030.
 * Cells are text as the file holds them; blank rows are left out and row numbers kept.
 * The file's name is a hint only: what the bytes are decides.
 */
export async function readSpreadsheet(
  bytes: Uint8Array,
  fileName: string,
  limits: SpreadsheetLimits = defaultSpreadsheetLimits,
): Promise<SpreadsheetRead> {
  if (bytes.byteLength === 0) return spreadsheetFault('spreadsheet/empty-file')
  if (bytes.byteLength > limits.bytesMax) return spreadsheetFault('spreadsheet/too-large')
  switch (signatureOf(bytes)) {
    case 'zip':
      return readXlsx(bytes, limits)
    case 'old-xls':
      return spreadsheetFault('spreadsheet/old-xls')
    case 'password-protected':
      return spreadsheetFault('spreadsheet/password-protected')
    case 'other':
      return spreadsheetFault('spreadsheet/not-a-spreadsheet')
    case 'text':
      return readCsv(bytes, fileName, limits)
  }
}
