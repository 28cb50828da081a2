// The six forms against what the journey noted: names, identity numbers as text, marks, scores and certificate numbers.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Journey } from './journey.ts'
import { passedNames } from './journey.ts'
import type { NotedMark } from './instructor-pages.ts'
import { downloadPaper } from './papers.ts'
import type { Part } from './score-page.ts'
import { readWorkbook, type Table, tableOf } from './spreadsheet-cells.ts'

interface Certificate {
  readonly name: string
  readonly number: string
}

const signs: Readonly<Record<NotedMark['mark'], string>> = { 缺勤: '○', 迟到: '¢', 早退: '△', 请假: '病' }

async function tableFrom(page: Page, paper: string, sheet?: string): Promise<Table> {
  const { fileName, bytes } = await downloadPaper(page, paper)
  expect(fileName).toMatch(/^\d{4}-\d{3}-[a-z-]+\.xlsx$/)
  return tableOf(await readWorkbook(bytes), sheet)
}

/** Downloads all six and compares them. */
export async function checkPapers(page: Page, journey: Journey, certificates: readonly Certificate[]): Promise<void> {
  const names = [...new Set(journey.scores.map(({ name }) => name))]
  const passed = passedNames(journey.scores)
  const idOf = (name: string) => journey.members.find((person) => person.name === name)?.idNumber
  const points = (name: string, part: Part) => {
    const text = journey.scores.find((score) => score.name === name && score.part === part)?.text ?? ''
    return text === '缺考' ? text : Number(text)
  }
  const numberOf = (name: string) => certificates.find((certificate) => certificate.name === name)?.number
  const rowsOf = (
    table: Table,
    columns: Readonly<Record<string, (name: string) => unknown>>,
    of: readonly string[],
  ) => {
    const keep = (row: Table[number]) => Object.fromEntries(Object.keys(columns).map((column) => [column, row[column]]))
    expect(table.map(keep)).toEqual(
      of.map((name) => Object.fromEntries(Object.entries(columns).map(([column, tell]) => [column, tell(name)]))),
    )
  }
  const person = (name: string) => name

  rowsOf(
    await tableFrom(page, '学员花名册'),
    {
      姓名: person,
      身份证号码: idOf,
      '罪犯编号/戒毒人员编号': (name) => journey.members.find((one) => one.name === name)?.facilityNumber,
    },
    names,
  )
  rowsOf(
    await tableFrom(page, '成绩单'),
    { 姓名: person, 理论: (name) => points(name, '理论'), 实作: (name) => points(name, '实操') },
    names,
  )
  const rated = { 姓名: person, 身份证号码: idOf, 证书编号: numberOf, 理论成绩: (name: string) => points(name, '理论') }
  rowsOf(await tableFrom(page, '合格人员花名册'), { ...rated, 实践成绩: (name) => points(name, '实操') }, passed)
  rowsOf(
    await tableFrom(page, '培训合格人数信息记录'),
    { ...rated, 技能成绩: (name) => points(name, '实操'), 学时: () => 8 },
    passed,
  )
  rowsOf(
    await tableFrom(page, '证书发放登记表'),
    { 姓名: person, 身份证号码: idOf, 证书编号: numberOf, 发证机构: () => '示例职业技能培训学校' },
    passed,
  )

  const signOf = (name: string) => signs[journey.marks.find((noted) => noted.name === name)?.mark ?? '缺勤']
  const day = String(Number(journey.today.slice(8)))
  const isMarked = (name: string) => journey.marks.some((noted) => noted.name === name)
  rowsOf(
    await tableFrom(page, '出勤簿', journey.today.slice(0, 7)),
    { 姓名: person, [day]: (name) => (isMarked(name) ? signOf(name) : '/') },
    names,
  )
}
