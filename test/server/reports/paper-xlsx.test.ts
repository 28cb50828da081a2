// What every written form has in common: print set-up, text that stays text, the mark of demonstration, equal bytes.
import { describe, expect, it } from 'vitest'
import { buildAttendanceForm } from '#server/reports/paper/attendance-form.template.ts'
import { buildCertificateIssueForm } from '#server/reports/paper/certificate-issue-form.template.ts'
import { buildQualifiedExportForm } from '#server/reports/paper/qualified-export-form.template.ts'
import { buildQualifiedForm } from '#server/reports/paper/qualified-form.template.ts'
import { buildRosterForm } from '#server/reports/paper/roster-form.template.ts'
import { buildScoresForm } from '#server/reports/paper/scores-form.template.ts'
import { writeForm } from '#server/reports/paper/xlsx-form.ts'
import { aTrainee, classPaper } from './paper-class.ts'
import { cellsOf, filled, headerRow, partOf } from './paper-rereading.ts'

describe('writeForm', () => {
  it('sets A4, orientation, one page wide, repeated head, page numbers and the proof line', async () => {
    const roster = buildRosterForm(classPaper)
    const sheet = await partOf(roster, 'xl/worksheets/sheet1.xml')
    expect(sheet).toContain('<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>')
    expect(sheet).toContain('<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>')
    expect(sheet).toContain('&amp;L&amp;8 账本 4711 · 9f2c0a &amp;R第 &amp;P 页，共 &amp;N 页')
    expect(sheet).toMatch(/<pane ySplit="4" topLeftCell="A5" activePane="bottomLeft" state="frozen"\/>/)
    expect(sheet).toContain('<mergeCell ref="A1:O1"/>')
    expect(await partOf(roster, 'xl/workbook.xml')).toContain(
      `<definedName name="_xlnm.Print_Titles" localSheetId="0">'学员花名册'!$1:$4</definedName>`,
    )
    expect(await partOf(buildScoresForm(classPaper), 'xl/worksheets/sheet1.xml')).toContain('orientation="portrait"')
  })

  it('writes the parts of a sheet in the order the format demands', async () => {
    const sheet = await partOf(buildAttendanceForm(classPaper), 'xl/worksheets/sheet2.xml')
    const order = [
      '<sheetPr>',
      '<sheetViews>',
      '<cols>',
      '<sheetData>',
      '<mergeCells',
      '<printOptions',
      '<pageMargins',
      '<pageSetup',
      '<headerFooter>',
    ]
    const places = order.map((part) => sheet.indexOf(part))
    expect(places.every((place) => place > 0)).toBe(true)
    expect(places).toEqual([...places].sort((one, other) => one - other))
  })

  it('writes names and numbers as text cells, so that nothing becomes a formula or loses a digit', async () => {
    const sheet = await partOf(buildRosterForm(classPaper), 'xl/worksheets/sheet1.xml')
    expect(sheet).not.toContain('<f>')
    expect(sheet).toMatch(/<c r="G5" s="\d+" t="s">/)
    const names = await cellsOf(
      buildRosterForm({
        ...classPaper,
        trainees: ['=cmd|calc', '+1', '-1', '@SUM(A1)', '_x0041_', 'a&b<c>"d'].map((name, index) =>
          aTrainee(index + 1, { name }),
        ),
      }),
    )
    expect(names.slice(headerRow + 1, headerRow + 7).map((row) => row[1])).toEqual([
      '=cmd|calc',
      '+1',
      '-1',
      '@SUM(A1)',
      '_x0041_',
      'a&b<c>"d',
    ])
  })

  it('marks demonstration data in a row of its own and on each page', async () => {
    const form = buildScoresForm({ ...classPaper, demonstration: true })
    const cells = await cellsOf(form)
    expect(filled(cells[1])).toEqual(['演示数据'])
    expect(cells[headerRow + 1]?.[0]).toBe('序号')
    expect(await partOf(form, 'xl/worksheets/sheet1.xml')).toContain('&amp;8 演示数据  账本 4711')
    expect((await cellsOf(buildScoresForm(classPaper))).flat()).not.toContain('演示数据')
  })

  it('gives the same bytes for the same form', async () => {
    expect(await writeForm(buildRosterForm(classPaper))).toEqual(await writeForm(buildRosterForm(classPaper)))
  })

  it('writes an empty class', async () => {
    const empty = { ...classPaper, trainees: [] }
    for (const form of [
      buildRosterForm(empty),
      buildAttendanceForm(empty),
      buildScoresForm(empty),
      buildQualifiedForm(empty),
      buildCertificateIssueForm(empty),
      buildQualifiedExportForm(empty),
    ]) {
      expect((await writeForm(form)).byteLength).toBeGreaterThan(1000)
    }
  })
})
