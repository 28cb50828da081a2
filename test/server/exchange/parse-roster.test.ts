// Every code one row can raise, on the edge and beside it.
import { describe, expect, it } from 'vitest'
import { parseRoster } from '#server/exchange/spreadsheet/parse-roster.ts'
import type { RosterIssue } from '#server/exchange/spreadsheet/roster-issue.ts'
import type { RosterRow } from '#server/exchange/spreadsheet/roster-row.ts'
import { headers, sample, table } from './roster-table.ts'

function parseOne(change: Readonly<Record<string, string>>): {
  row: RosterRow | undefined
  issues: readonly RosterIssue[]
  codes: string[]
} {
  const person = { ...sample, ...change }
  const parsed = parseRoster(table([headers, headers.map((header) => person[header] ?? '')]), { today: '2026-11-24' })
  return { row: parsed.rows[0], issues: parsed.issues, codes: parsed.issues.map((issue) => issue.code) }
}

const codesOf = (change: Readonly<Record<string, string>>): string[] => parseOne(change).codes

describe('parseRoster: one good row', () => {
  it('reads every column and raises nothing', () => {
    const { row, issues } = parseOne({})
    expect(issues).toEqual([])
    expect(row).toEqual({
      rowNumber: 2,
      name: '石磊',
      sex: 'male',
      bornOn: '1990-01-01',
      idNumber: '340100199001010011',
      facilityNumber: 'H10001',
      termEndsOn: '2027-03-09',
      ward: '三监区',
      ethnicity: '汉族',
      education: '初中',
      household: '安徽省示例市',
      employmentIntent: '缝纫工',
      workCapable: true,
      remark: null,
      hasError: false,
    })
  })

  it.each([
    '2027-03-09',
    '2027/3/9',
    '2027.3.9',
    '2027年3月9日',
    '2027年03月09号',
    '20270309',
    '２０２７－０３－０９',
    '2027-03-09 00:00:00',
  ])('reads the day %s', (text) => {
    expect(parseOne({ '余刑/余期截止日': text }).row?.termEndsOn).toBe('2027-03-09')
  })

  it('accepts a person without an identity number when the file says so', () => {
    for (const word of ['无身份证', '无', '--']) {
      const { row, codes } = parseOne({ 身份证号码: word })
      expect(codes).toEqual([])
      expect(row?.idNumber).toBeNull()
    }
  })

  it('takes off the marks that keep numbers as text', () => {
    expect(parseOne({ 身份证号码: "'340100199001010011" }).row?.idNumber).toBe('340100199001010011')
    expect(parseOne({ 身份证号码: '="340100199001010011"' }).row?.idNumber).toBe('340100199001010011')
    expect(parseOne({ 身份证号码: '340100 19900101 0011' }).row?.idNumber).toBe('340100199001010011')
  })

  it('keeps names of every kind whole', () => {
    for (const name of ['𠮷野', '孟𬭚', '㛃然', '买买提·艾力', '阿不都克里木·阿不都热依木·吾买尔江', '丁一']) {
      expect(parseOne({ 姓名: name })).toMatchObject({ codes: [], row: { name } })
    }
  })
})

describe('parseRoster: errors of one row', () => {
  it.each<[string, Record<string, string>]>([
    ['roster/name-missing', { 姓名: '' }],
    ['roster/name-characters', { 姓名: '石?' }],
    ['roster/name-characters', { 姓名: '石\ufffd' }],
    ['roster/name-characters', { 姓名: '石\ue123' }],
    ['roster/name-characters', { 姓名: '石磊2' }],
    ['roster/text-too-long', { 姓名: '石'.repeat(61) }],
    ['roster/text-too-long', { '监区/大队': '区'.repeat(31) }],
    ['roster/id-shape', { 身份证号码: '34010019900101001' }],
    ['roster/id-shape', { 身份证号码: '340100900101001' }],
    ['roster/id-birth-date', { 身份证号码: '340100200102290011' }],
    ['roster/id-birth-date', { 身份证号码: '440524188001010014' }],
    ['roster/id-checksum', { 身份证号码: '340100199001010012' }],
    ['roster/id-scientific-notation', { 身份证号码: '3.40100E+17' }],
    ['roster/id-scientific-notation', { 身份证号码: '340100199001010000' }],
    ['roster/facility-number-missing', { '罪犯编号/戒毒人员编号': '' }],
    ['roster/text-too-long', { '罪犯编号/戒毒人员编号': 'H'.repeat(33) }],
    ['roster/number-scientific-notation', { '罪犯编号/戒毒人员编号': '1.23E+17' }],
    ['roster/sex-unreadable', { 性别: '不明' }],
    ['roster/sex-unreadable', { 性别: '未知' }],
    ['roster/term-missing', { '余刑/余期截止日': '' }],
    ['roster/impossible-date', { '余刑/余期截止日': '2027-02-30' }],
    ['roster/impossible-date', { '余刑/余期截止日': '2026-02-29' }],
    ['roster/impossible-date', { '余刑/余期截止日': '20271301' }],
    ['roster/date-ambiguous', { '余刑/余期截止日': '3/9/2027' }],
    ['roster/date-ambiguous', { '余刑/余期截止日': '27.3.9' }],
    ['roster/date-unreadable', { '余刑/余期截止日': '明年三月' }],
    ['roster/date-unreadable', { '余刑/余期截止日': '46455' }],
    ['roster/date-unreadable', { '余刑/余期截止日': '2027-03' }],
    ['roster/unknown-work-capable', { 有劳动能力: '也许' }],
  ])('%s', (code, change) => {
    const { codes, row, issues } = parseOne(change)
    expect(codes).toEqual([code])
    expect(issues[0]).toMatchObject({ row: 2, severity: 'error', column: Object.keys(change)[0] })
    expect(row?.hasError).toBe(true)
  })

  it('refuses a birthday after today', () => {
    expect(codesOf({ 身份证号码: '无', 出生日期: '2026-11-25' })).toEqual(['roster/impossible-date'])
    expect(codesOf({ 身份证号码: '无', 出生日期: '2026-11-24' })).toEqual([])
  })

  it('needs birth and sex from somewhere', () => {
    expect(codesOf({ 身份证号码: '无', 出生日期: '', 性别: '' })).toEqual([
      'roster/unknown-sex',
      'roster/birth-missing',
    ])
  })
})

describe('parseRoster: warnings of one row', () => {
  it.each<[string, Record<string, string>, Partial<RosterRow>]>([
    [
      'roster/id-lowercase-x',
      { 身份证号码: '11010519491231002x', 性别: '女', 出生日期: '1949-12-31' },
      { idNumber: '11010519491231002X' },
    ],
    ['roster/id-missing', { 身份证号码: '' }, { idNumber: null }],
    ['roster/name-interpunct-normalised', { 姓名: '买买提•艾力' }, { name: '买买提·艾力' }],
    ['roster/name-interpunct-normalised', { 姓名: '买买提.艾力' }, { name: '买买提·艾力' }],
    ['roster/name-interpunct-normalised', { 姓名: '买买提・艾力' }, { name: '买买提·艾力' }],
    ['roster/name-blank-removed', { 姓名: '石　磊' }, { name: '石磊' }],
    ['roster/sex-id-mismatch', { 性别: '女' }, { sex: 'female' }],
    ['roster/birth-id-mismatch', { 出生日期: '1990-01-02' }, { bornOn: '1990-01-02' }],
    ['roster/sex-from-id', { 性别: '' }, { sex: 'male' }],
    ['roster/birth-from-id', { 出生日期: '' }, { bornOn: '1990-01-01' }],
    ['roster/work-capable-missing', { 有劳动能力: '' }, { workCapable: null }],
  ])('%s', (code, change, expected) => {
    const { codes, row, issues } = parseOne(change)
    expect(codes).toEqual([code])
    expect(issues[0]?.severity).toBe('warning')
    expect(row).toMatchObject({ ...expected, hasError: false })
  })
})
