// The exported forms, read again cell by cell with another program than the one that wrote them.
import type { Row, Sheet } from 'read-excel-file/node'
import readExcelFile from 'read-excel-file/node'

/** A cell as read; text stays text, so a number here was written as one. */
export type Cell = Row[number]

/** The rows of a sheet under its header row, from serial number 1 on, by column name. */
export type Table = readonly Readonly<Record<string, Cell>>[]

/** Reads every sheet of a workbook. */
export function readWorkbook(bytes: Buffer): Promise<Sheet[]> {
  return readExcelFile(bytes)
}

/** The numbered rows of one sheet; `name` chooses it, else the first. */
export function tableOf(sheets: readonly Sheet[], name?: string): Table {
  const sheet = name === undefined ? sheets[0] : sheets.find((one) => one.sheet === name)
  if (sheet === undefined) throw new Error(`no sheet ${name ?? ''} among ${sheets.map((one) => one.sheet).join(', ')}`)
  const header = sheet.data.findIndex(([first]) => first === '序号')
  const names = (sheet.data[header] ?? []).map(String)
  const found: Record<string, Cell>[] = []
  for (const row of sheet.data.slice(header + 1)) {
    if (row[0] !== found.length + 1) break
    found.push(Object.fromEntries(names.map((column, index) => [column, row[index] ?? null])))
  }
  return found
}
