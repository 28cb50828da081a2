// A roster as a whole: its header, people who stand twice, merged blocks, foot lines, and the fixtures on disk.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseRoster } from '#server/exchange/spreadsheet/parse-roster.ts'
import { readSpreadsheet } from '#server/exchange/spreadsheet/read-spreadsheet.ts'
import type { RosterRow } from '#server/exchange/spreadsheet/roster-row.ts'
import { rosterTemplateFileName, writeRosterTemplate } from '#server/exchange/spreadsheet/sample-roster.template.ts'
import type { ExpectedRoster } from '#test/fixtures/spreadsheets/make-fixtures.ts'
import { makeFixtures } from '#test/fixtures/spreadsheets/make-fixtures.ts'
import { headers, sample, table } from './roster-table.ts'

const folder = new URL('../../fixtures/spreadsheets/', import.meta.url)
describe('parseRoster: the whole file', () => {
  it('finds the header below titles and under other names', () => {
    const read = table([
      ['示例监狱学员名册'],
      [],
      ['序号', '姓 名', '身份证号', '编号', '刑满日期', '性别'],
      ['1', '石磊', '340100199001010011', '0012', '2027/3/9', '男'],
    ])
    const parsed = parseRoster(read)
    expect(parsed.rows).toMatchObject([
      {
        rowNumber: 4,
        name: '石磊',
        facilityNumber: '0012',
        termEndsOn: '2027-03-09',
        bornOn: '1990-01-01',
        hasError: false,
      },
    ])
    expect(parsed.issues.map(({ code, column, severity }) => ({ code, column, severity }))).toEqual([
      { code: 'roster/column-missing', column: '出生日期', severity: 'warning' },
      { code: 'roster/column-missing', column: '有劳动能力', severity: 'warning' },
    ])
  })

  it('reads nothing when a required column is missing, and names it', () => {
    const parsed = parseRoster(table([headers.filter((header) => header !== '余刑/余期截止日'), headers.slice(1)]))
    expect(parsed.rows).toEqual([])
    expect(parsed.issues).toContainEqual({
      row: 1,
      column: '余刑/余期截止日',
      code: 'roster/column-missing',
      severity: 'error',
      params: {},
    })
  })

  it('says when there is no header at all', async () => {
    const read = await readSpreadsheet(readFileSync(new URL('wrong-columns.csv', folder)), 'wrong-columns.csv')
    const parsed = parseRoster(read.ok ? read : table([]))
    expect(parsed.issues.map((issue) => issue.code)).toEqual(['roster/header-not-found'])
    expect(parsed.rows).toEqual([])
  })

  it('refuses two columns of one meaning, and tells of columns it does not read', () => {
    expect(parseRoster(table([[...headers, '刑满日期']])).issues.map((issue) => issue.code)).toContain(
      'roster/column-twice',
    )
    expect(
      parseRoster(
        table([
          [...headers, '血型'],
          [...headers.map((header) => sample[header] ?? ''), 'A'],
        ]),
      ).issues,
    ).toEqual([{ row: 1, column: '血型', code: 'roster/column-ignored', severity: 'warning', params: {} }])
  })

  it('says when there is a header and nobody below', () => {
    expect(parseRoster(table([headers])).issues.map((issue) => issue.code)).toEqual(['roster/no-rows'])
  })

  it('finds people who stand twice, by number or by identity number, and names the other row', () => {
    const line = (change: Readonly<Record<string, string>>): string[] =>
      headers.map((header) => ({ ...sample, ...change })[header] ?? '')
    const parsed = parseRoster(
      table([headers, line({}), line({ '罪犯编号/戒毒人员编号': 'H2' }), line({ 身份证号码: '无' })]),
    )
    expect(parsed.issues).toEqual([
      { row: 3, column: '身份证号码', code: 'roster/duplicate-in-file', severity: 'error', params: { otherRow: 2 } },
      {
        row: 4,
        column: '罪犯编号/戒毒人员编号',
        code: 'roster/duplicate-in-file',
        severity: 'error',
        params: { otherRow: 2 },
      },
    ])
    expect(parsed.rows.map((row) => row.hasError)).toEqual([false, true, true])
  })

  it('refuses every row of different people who share a number, each naming the others', () => {
    const line = (change: Readonly<Record<string, string>>): string[] =>
      headers.map((header) => ({ ...sample, ...change })[header] ?? '')
    const other = { 姓名: '石淼', 身份证号码: '无', 出生日期: '1991-02-03' }
    const third = { 姓名: '石森', 身份证号码: '无', 出生日期: '1992-02-03' }
    const NUMBER = '罪犯编号/戒毒人员编号'
    const two = parseRoster(table([headers, line({}), line({ [NUMBER]: 'H2', ...third }), line(other)]))
    expect(two.issues).toEqual(
      [
        [2, 4],
        [4, 2],
      ].map(([row, otherRow]) => ({
        row,
        column: NUMBER,
        code: 'roster/number-of-two-people',
        severity: 'error',
        params: { otherRow },
      })),
    )
    expect(two.rows.map((row) => row.hasError)).toEqual([true, false, true])
    const three = parseRoster(table([headers, line({}), line(other), line(third)]))
    expect(three.issues.map(({ row, params }) => [row, params['otherRow']])).toEqual([
      [2, '3, 4'],
      [3, '2, 4'],
      [4, '2, 3'],
    ])
    const namesakes = parseRoster(table([headers, line({ 身份证号码: '无' }), line({ ...third, 姓名: '石磊' })]))
    expect(namesakes.rows.map((row) => row.hasError)).toEqual([true, true])
    const oneId = parseRoster(table([headers, line({}), line({ [NUMBER]: 'H2', 姓名: '石淼' })]))
    expect(oneId.issues.map(({ row, column, code }) => [row, column, code])).toEqual([
      [2, '身份证号码', 'roster/number-of-two-people'],
      [3, '身份证号码', 'roster/number-of-two-people'],
    ])
  })

  it('marks every row a merged block touches, but not titles above the header', async () => {
    const read = await readSpreadsheet(readFileSync(new URL('merged.xlsx', folder)), 'merged.xlsx')
    const parsed = parseRoster(read.ok ? read : table([]))
    expect(parsed.issues.map(({ row, column, code }) => ({ row, column, code }))).toEqual(
      [2, 3, 4].map((row) => ({ row, column: '监区/大队', code: 'roster/merged-cells' })),
    )
    const titled = table(
      [['名册'], headers, headers.map((header) => sample[header] ?? '')],
      [{ fromRow: 1, toRow: 1, fromColumn: 1, toColumn: 13 }],
    )
    expect(parseRoster(titled).issues).toEqual([])
  })

  it('steps over totals and signatures with a word, and over numbered empty lines without', () => {
    const numbered = ['序号', ...headers]
    const parsed = parseRoster(
      table([
        numbered,
        ['1', ...headers.map((header) => sample[header] ?? '')],
        ['2'],
        ['', '制表人：'],
        ['', '', '', '', '', '', '', '', '', '', '', '', '', '合计 1 人'],
      ]),
    )
    expect(parsed.rows).toHaveLength(1)
    expect(parsed.issues.map(({ row, code, severity }) => ({ row, code, severity }))).toEqual(
      [4, 5].map((row) => ({ row, code: 'roster/row-skipped', severity: 'warning' })),
    )
  })

  it('reads the 240-person fixture row by row as written beside it', async () => {
    const expected: ExpectedRoster = JSON.parse(readFileSync(new URL('roster-240.expected.json', folder), 'utf8'))
    const read = await readSpreadsheet(readFileSync(new URL('roster-240.xlsx', folder)), 'roster-240.xlsx')
    const parsed = parseRoster(read.ok ? read : table([]), { today: expected.asOf })
    const codesByRow: Record<string, string[]> = {}
    for (const issue of parsed.issues) codesByRow[issue.row] = [...(codesByRow[issue.row] ?? []), issue.code].sort()
    expect(codesByRow).toEqual(expected.codesByRow)
    expect(parsed.rows).toHaveLength(240)
    expect(parsed.rows.filter((row) => row.hasError)).toHaveLength(40)
  })

  it('reads the same people from UTF-8 and from GBK', async () => {
    const people = async (name: string): Promise<RosterRow[]> => {
      const read = await readSpreadsheet(readFileSync(new URL(name, folder)), name)
      const parsed = parseRoster(read.ok ? read : table([]))
      expect(parsed.issues).toEqual([])
      return [...parsed.rows]
    }
    const [utf8, gbk] = [await people('roster-clean.csv'), await people('roster-gbk.csv')]
    expect(gbk).toHaveLength(30)
    expect(gbk.map((row) => row.idNumber)).toEqual(utf8.map((row) => row.idNumber))
    expect(gbk.map((row) => row.name)).toContain('𠮷野')
  })

  it('never repeats a value from the file in an issue', async () => {
    for (const [name, bytes] of await makeFixtures('2026-11-24')) {
      const read = await readSpreadsheet(bytes, name)
      if (!read.ok || name.endsWith('.json')) continue
      const header = new Set(read.rows.slice(0, 2).flatMap((row) => row.cells.map((cell) => cell.text)))
      const values = new Set(
        read.rows
          .slice(2)
          .flatMap((row) => row.cells.map((cell) => cell.text))
          .filter((text) => text.length > 1 && !header.has(text)),
      )
      for (const issue of parseRoster(read).issues) {
        for (const part of [issue.column, ...Object.values(issue.params).map(String)])
          expect(values.has(part), `${name}: ${issue.code}`).toBe(false)
      }
    }
  })
})

describe('the import template', () => {
  it('is read back as a header without people, and carries notes on a second sheet', async () => {
    const bytes = await writeRosterTemplate()
    const read = await readSpreadsheet(bytes, rosterTemplateFileName)
    if (!read.ok) throw new Error(read.code)
    expect(read.rows.map((row) => row.cells.map((cell) => cell.text))).toEqual([headers])
    expect(read.warnings).toEqual([{ code: 'spreadsheet/other-sheets-ignored', row: null }])
    expect(parseRoster(read).issues.map((issue) => issue.code)).toEqual(['roster/no-rows'])
    expect(await writeRosterTemplate()).toEqual(bytes)
  })
})
