// Writes form sheets as one .xlsx file. Text is always written as text, so an ID number keeps its digits and a
// name that begins with "=" stays a name; the same forms give the same bytes.
import type { Cell, CellObject, Row } from 'write-excel-file/node'
import writeExcelFile from 'write-excel-file/node'
import { repackZip } from '../../exchange/spreadsheet/zip-archive.ts'
import { pageSetupFeature } from './form-page-setup.ts'
import type { FormCell, FormColumn, FormLine, FormSheet } from './form-sheet.ts'
import { demonstrationText, formFont, pageCountText } from './form-words.template.ts'
import { textWidth } from './line-break.ts'

const pointsPerMm = 72 / 25.4
const bodySize = 10.5
const titleSize = 18
const lineHeight = 20
const demonstrationColor = '#B83A22'

/** Writes one sheet or several, in the given order, A4 and fit to the page's width. */
export async function writeForm(form: FormSheet | readonly FormSheet[]): Promise<Uint8Array> {
  const forms = isSheetList(form) ? form : [form]
  const sheets: Parameters<typeof writeExcelFile>[0] = forms.map((sheet) => ({
    data: sheetRows(sheet),
    sheet: sheet.sheetName,
    columns: sheet.columns.map(({ width }) => ({ width })),
    stickyRowsCount: headerRowOf(sheet),
  }))
  const setups = forms.map((sheet) => ({
    sheetName: sheet.sheetName,
    orientation: sheet.orientation,
    repeatedRows: [1, headerRowOf(sheet)] as const,
    footer: footerOf(sheet),
  }))
  const options = { fontFamily: formFont, fontSize: bodySize, features: [pageSetupFeature(setups)] }
  return repackZip(await writeExcelFile(sheets, options).toBuffer())
}

function isSheetList(form: FormSheet | readonly FormSheet[]): form is readonly FormSheet[] {
  return Array.isArray(form)
}

/** The row, from 1, that holds the column headers. */
function headerRowOf(sheet: FormSheet): number {
  return 1 + (sheet.demonstration ? 1 : 0) + sheet.headLines.length + 1
}

function footerOf(sheet: FormSheet): string {
  const left = [sheet.demonstration ? demonstrationText : '', sheet.proofLine ?? '']
    .filter((part) => part !== '')
    .join('  ')
  // "&" begins a code in a page footer.
  const escaped = left.replaceAll('&', '&&')
  return `${escaped === '' ? '' : `&L&8 ${escaped} `}&R${pageCountText}`
}

function sheetRows(sheet: FormSheet): Row[] {
  const span = sheet.columns.length
  const widths = sheet.columns.map(({ width }) => width)
  return [
    wholeLine(
      {
        value: clean(sheet.title),
        type: String,
        fontSize: titleSize,
        fontWeight: 'bold',
        align: 'center',
        alignVertical: 'center',
        height: 34,
      },
      span,
    ),
    ...(sheet.demonstration ? [demonstrationLine(span)] : []),
    ...sheet.headLines.map((line) => splitLine(line, widths)),
    headerLine(sheet.columns),
    ...sheet.rows.map((cells) => bodyLine(cells, sheet)),
    ...sheet.footLines.map((line) => splitLine(line, widths)),
  ]
}

function wholeLine(cell: CellObject, span: number): Row {
  return [{ ...cell, columnSpan: span }, ...Array.from({ length: span - 1 }, () => null)]
}

function demonstrationLine(span: number): Row {
  return wholeLine(
    {
      value: demonstrationText,
      type: String,
      textColor: demonstrationColor,
      fontWeight: 'bold',
      align: 'center',
      alignVertical: 'center',
      height: 18,
    },
    span,
  )
}

/** A line in two halves; the cut lies at the column where the left half's text has room enough. */
function splitLine(line: FormLine, widths: readonly number[]): Row {
  const base = { type: String, format: '@', alignVertical: 'center', height: lineHeight, wrap: false } as const
  const span = widths.length
  if (line.right === undefined) return wholeLine({ ...base, value: clean(line.left ?? ''), align: 'left' }, span)
  const cut = cutOf(textWidth(line.left ?? ''), textWidth(line.right), widths)
  const left: Cell = { ...base, value: clean(line.left ?? ''), align: 'left', columnSpan: cut }
  const right: Cell = { ...base, value: clean(line.right), align: 'right', columnSpan: span - cut }
  return [
    left,
    ...Array.from({ length: cut - 1 }, () => null),
    right,
    ...Array.from({ length: span - cut - 1 }, () => null),
  ]
}

function cutOf(leftWidth: number, rightWidth: number, widths: readonly number[]): number {
  const whole = widths.reduce((sum, width) => sum + width, 0)
  const wanted = leftWidth + Math.max(0, whole - leftWidth - rightWidth) / 2
  let reached = 0
  for (let index = 0; index < widths.length - 1; index += 1) {
    reached += widths[index] ?? 0
    if (reached >= wanted) return index + 1
  }
  return Math.max(1, widths.length - 1)
}

function headerLine(columns: readonly FormColumn[]): Row {
  return columns.map(
    (column): Cell => ({
      value: clean(column.header),
      type: String,
      format: '@',
      fontWeight: 'bold',
      align: 'center',
      alignVertical: 'center',
      wrap: true,
      height: 32,
      borderStyle: 'thin',
    }),
  )
}

function bodyLine(cells: readonly FormCell[], sheet: FormSheet): Row {
  const height = sheet.rowHeightMm * pointsPerMm
  return sheet.columns.map((column, index): Cell => {
    const value = cells[index] ?? null
    const style = { align: column.align, alignVertical: 'center', wrap: true, height, borderStyle: 'thin' } as const
    if (typeof value === 'number') {
      const decimals = column.decimals ?? 0
      return { ...style, value, type: Number, format: decimals === 0 ? '0' : `0.${'0'.repeat(decimals)}` }
    }
    const text = { ...style, type: String, format: '@' }
    return value === null || value === '' ? text : { ...text, value: clean(value) }
  })
}

/** Spreadsheet programs read `_x0041_` inside a text as a coded character; written this way it stays what it was. */
function clean(text: string): string {
  return text.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
}
