// A roster as a read spreadsheet, without a file: the template's headers, one person without fault, and a table of lines.
import { rosterColumnWords } from '#server/exchange/spreadsheet/roster-columns.template.ts'
import type { MergedRange, SpreadsheetContent } from '#server/exchange/spreadsheet/spreadsheet-read.ts'

/** The template's headers. */
export const headers = rosterColumnWords.map(({ header }) => header)
/** One person by header, without fault. */
export const sample: Readonly<Record<string, string>> = {
  姓名: '石磊',
  性别: '男',
  民族: '汉族',
  出生日期: '1990-01-01',
  文化程度: '初中',
  身份证号码: '340100199001010011',
  '罪犯编号/戒毒人员编号': 'H10001',
  '监区/大队': '三监区',
  '余刑/余期截止日': '2027-03-09',
  户籍地: '安徽省示例市',
  就业意向: '缝纫工',
  有劳动能力: '是',
  备注: '',
}

/** Lines as a spreadsheet, rows numbered from 1, blank lines left out. */
export function table(lines: readonly (readonly string[])[], merged: readonly MergedRange[] = []): SpreadsheetContent {
  const rows = lines.map((cells, index) => ({
    rowNumber: index + 1,
    cells: cells.map((text) => ({ text, wasNumber: false })),
  }))
  return {
    ok: true,
    kind: 'csv-utf8',
    rows: rows.filter((row) => row.cells.some((cell) => cell.text !== '')),
    merged,
    warnings: [],
  }
}
