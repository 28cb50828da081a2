// The six forms, written and read back cell by cell.
import { describe, expect, it } from 'vitest'
import { buildAttendanceForm } from '#server/reports/paper/attendance-form.template.ts'
import { buildCertificateIssueForm } from '#server/reports/paper/certificate-issue-form.template.ts'
import { buildQualifiedExportForm } from '#server/reports/paper/qualified-export-form.template.ts'
import { buildQualifiedForm } from '#server/reports/paper/qualified-form.template.ts'
import { buildRosterForm } from '#server/reports/paper/roster-form.template.ts'
import { buildScoresForm } from '#server/reports/paper/scores-form.template.ts'
import type { ClassPaper } from '#server/reports/paper/paper-input.ts'
import { aTrainee, classPaper } from './paper-class.ts'
import { cellsOf, filled, headerRow } from './paper-rereading.ts'

describe('the forms, cell by cell', () => {
  it('学员花名册', async () => {
    const cells = await cellsOf(buildRosterForm(classPaper))
    expect(filled(cells[0])).toEqual(['培训学员花名册'])
    expect(filled(cells[1])).toEqual(['培训单位：示例职业培训学校', '日期：2026 年 11 月 25 日'])
    expect(cells[headerRow]).toEqual([
      '序号',
      '姓名',
      '性别',
      '民族',
      '出生日期',
      '文化程度',
      '身份证号码',
      '罪犯编号/戒毒人员编号',
      '监区/大队',
      '培训工种',
      '培训等级',
      '余刑/余期截止日',
      '户籍地',
      '就业意向',
      '备注',
    ])
    expect(cells[headerRow + 1]).toEqual([
      1,
      '石磊',
      '男',
      '汉族',
      '1990-01-01',
      '初中',
      '340100199001010011',
      '0012',
      '三监区',
      '缝纫工',
      '五级/初级工',
      '2027-03-09',
      '安徽省示例市',
      '缝纫工',
      null,
    ])
    expect(cells[headerRow + 2]).toEqual([
      2,
      '买买提·艾力',
      '女',
      null,
      '1990-01-01',
      null,
      null,
      '0012',
      null,
      '缝纫工',
      '五级/初级工',
      '2027-03-09',
      null,
      null,
      '=1+1',
    ])
    expect(filled(cells[headerRow + 5])).toEqual(['共 4 人'])
  })

  it('出勤簿: a sheet a month, a column a day, and counts that add up', async () => {
    const form = buildAttendanceForm(classPaper)
    expect(form.map((sheet) => sheet.sheetName)).toEqual(['2026-06', '2026-11'])
    const june = await cellsOf(form, 1)
    const days = Array.from({ length: 30 }, (_, index) => String(index + 1))
    expect(june[headerRow + 1]).toEqual(['序号', '姓名', ...days, '缺勤', '其它', '出勤', '学员签名'])
    const row = (index: number): unknown[] => june[headerRow + 2 + index] ?? []
    expect([row(0)[2 + 14], row(0)[2 + 29], row(0)[2]]).toEqual(['○¢', '×', null])
    expect(row(0).slice(32)).toEqual([1, 1, 1, null])
    expect([row(1)[2 + 14], row(1)[2 + 29]]).toEqual(['△/', '病'])
    expect(row(1).slice(32)).toEqual([0, 1, 2, null])
    expect(row(2)[2 + 14]).toBe('//')
    const november = await cellsOf(form, 2)
    expect(november[headerRow + 3]?.[2]).toBe('○补')
    expect(filled(june[headerRow + 6])).toEqual(['到 /　不到 ○　告假 ×　迟到 ¢　早退 △　病假 病　已补课加“补”'])
    for (const sheet of form)
      for (const cells of sheet.rows)
        expect(Number(cells.at(-4)) + Number(cells.at(-3)) + Number(cells.at(-2))).toBe(
          sheet.sheetName === '2026-06' ? 3 : 1,
        )
  })

  it('出勤簿: February of a leap year, and a class without sessions', () => {
    const days = (sessions: ClassPaper['sessions'], startedOn: string): number =>
      (buildAttendanceForm({ ...classPaper, sessions, startedOn })[0]?.columns.length ?? 0) - 6
    expect(days([{ key: 'x', heldOn: '2028-02-29' }], '2028-02-01')).toBe(29)
    expect(days([], '2027-02-01')).toBe(28)
  })

  it('[REP-4] 成绩单: points, a word where there are none, and an empty box where nothing is known', async () => {
    const cells = await cellsOf(buildScoresForm(classPaper))
    expect(cells[headerRow]).toEqual(['序号', '准考证号', '姓名', '理论', '实作', '备注'])
    expect(cells.slice(headerRow + 1, headerRow + 4)).toEqual([
      [1, null, '石磊', 72.5, 80, null],
      [2, null, '买买提·艾力', 59.9, 80, '=1+1'],
      [3, null, '=SUM(A1)', '缺考', null, null],
    ])
    expect(cells.flat()).toContain('考评员签字：')
  })

  it('[REP-4] 成绩单: who was barred is not expected, and why he took no part stands in the remarks', async () => {
    const barred = {
      theory: 'barred',
      practical: 'barred',
      passed: false,
      assessmentRemark: '学时不足 80%，未准考',
    } as const
    const trainees = [
      aTrainee(1),
      aTrainee(2, { ...barred, remark: '左撇子' }),
      aTrainee(3, { theory: 'deferred', practical: 'disputed', passed: false }),
    ]
    const cells = await cellsOf(buildScoresForm({ ...classPaper, trainees }))
    expect(cells.slice(headerRow + 2, headerRow + 4)).toEqual([
      [2, null, '石磊', '未参加考核', '未参加考核', '学时不足 80%，未准考；左撇子'],
      [3, null, '石磊', '缓考', '待核定', null],
    ])
    expect(filled(cells[headerRow + 4])).toEqual([
      '应考 2 人，参加考核 1 人，合格 1 人（理论、实作均 60 分以上为合格）',
    ])
    expect(filled(cells[headerRow + 5])).toEqual(['另有 1 人学时不足，未参加考核'])
  })

  it('[REP-5] the scores of one paper are written with a decimal where any has one, else without', () => {
    const decimals = (trainees: ClassPaper['trainees']) =>
      [buildScoresForm, buildQualifiedForm, buildQualifiedExportForm].map((build) => [
        ...new Set(
          build({ ...classPaper, trainees })
            .columns.filter(({ header }) => /理论|实作|实践|技能/.test(header))
            .map((column) => column.decimals),
        ),
      ])
    const whole = aTrainee(1, { theory: 810, practical: 900 })
    expect(decimals([whole])).toEqual([[0], [0], [0]])
    expect(decimals([whole, aTrainee(2, { theory: 906, practical: 900 })])).toEqual([[1], [1], [1]])
    // Only what the paper prints decides: who failed is not on the roster of those who passed.
    const failed = aTrainee(2, { theory: 599, passed: false })
    expect(decimals([whole, failed])).toEqual([[1], [0], [0]])
  })

  it('[CLS-14] the papers of the end say why the class had fewer hours than its syllabus, however long it is', async () => {
    const words = `台风停课。${'补不上的课'.repeat(60)}`
    const shortfall = { plannedHours: 160, taughtHours: 120, reason: '停课没有补上', words }
    for (const build of [buildScoresForm, buildQualifiedForm, buildQualifiedExportForm, buildCertificateIssueForm]) {
      const told = (await cellsOf(build({ ...classPaper, shortfall }))).flatMap(filled)
      const first = told.findIndex((text) =>
        String(text).startsWith('大纲 160 学时，实上 120 学时。原因：停课没有补上——台风'),
      )
      expect(told.slice(first).join('')).toContain(words)
      expect(JSON.stringify(await cellsOf(build(classPaper)))).not.toContain('大纲')
    }
    const unknown = buildScoresForm({ ...classPaper, shortfall: { ...shortfall, plannedHours: null, words: null } })
    expect((await cellsOf(unknown)).flatMap(filled)).toContain('实上 120 学时。原因：停课没有补上')
  })

  it('合格人员花名册: only those who passed', async () => {
    const cells = await cellsOf(buildQualifiedForm(classPaper))
    expect(cells[headerRow]).toEqual([
      '序号',
      '姓名',
      '单位',
      '性别',
      '出生日期',
      '身份证号码',
      '学历',
      '理论成绩',
      '实践成绩',
      '证书编号',
      '备注',
    ])
    expect(cells.slice(headerRow + 1, headerRow + 3)).toEqual([
      [1, '石磊', '示例监狱', '男', '1990-01-01', '340100199001010011', '初中', 72.5, 80, 'SLPX-2026-012-0001', null],
      [
        2,
        '𠮷野',
        '示例监狱',
        '男',
        '1990-01-01',
        '340100199001010011',
        '初中',
        72.5,
        80,
        'S000034000001265000001、SLPX-2026-012-0004',
        null,
      ],
    ])
    expect(filled(cells[headerRow + 3])).toEqual(['合格 2 人'])
  })

  it('证书发放登记表: a row a certificate', async () => {
    const cells = await cellsOf(buildCertificateIssueForm(classPaper))
    expect(cells[headerRow]).toEqual([
      '序号',
      '姓名',
      '性别',
      '身份证号码',
      '培训工种',
      '等级',
      '证书类型',
      '证书编号',
      '发证机构',
      '发证日期',
      '领取人签名',
      '领取/移交日期',
      '经办人',
      '备注',
    ])
    expect(
      cells.slice(headerRow + 1, headerRow + 4).map((row) => [row[0], row[1], row[6], row[7], row[8], row[9], row[10]]),
    ).toEqual([
      [1, '石磊', '培训合格证书', 'SLPX-2026-012-0001', '示例职业培训学校', '2026-11-25', null],
      [2, '𠮷野', '职业技能等级证书', 'S000034000001265000001', '示例评价中心', '2026-11-26', null],
      [3, '𠮷野', '培训合格证书', 'SLPX-2026-012-0004', '示例职业培训学校', '2026-11-25', null],
    ])
  })

  it('培训合格人数信息记录', async () => {
    const cells = await cellsOf(buildQualifiedExportForm(classPaper))
    expect(cells[headerRow]).toEqual([
      '序号',
      '班级编号',
      '培训工种',
      '等级',
      '姓名',
      '身份证号码',
      '性别',
      '文化程度',
      '培训起止日期',
      '学时',
      '理论成绩',
      '技能成绩',
      '结业日期',
      '证书类型',
      '证书编号',
    ])
    expect(cells[headerRow + 1]).toEqual([
      1,
      '2026-012',
      '缝纫工',
      '五级/初级工',
      '石磊',
      '340100199001010011',
      '男',
      '初中',
      '2026-06-15 至 2026-11-11',
      120,
      72.5,
      80,
      '2026-11-12',
      '培训合格证书',
      'SLPX-2026-012-0001',
    ])
    expect(filled(cells[1])).toEqual(['报送单位：示例监狱（公章）', '日期：2026 年 11 月 25 日'])
  })
})

describe('the demonstration', () => {
  it.each([
    ['roster', buildRosterForm],
    ['attendance', buildAttendanceForm],
    ['scores', buildScoresForm],
    ['qualified', buildQualifiedForm],
    ['qualified export', buildQualifiedExportForm],
    ['certificate issue', buildCertificateIssueForm],
  ] as const)(
    'marks the %s form above its title and in its foot, and a real facility does not',
    async (_name, build) => {
      const marked = build({ ...classPaper, demonstration: true } as ClassPaper)
      expect((await cellsOf(marked)).flatMap(filled)).toContain('演示数据')
      const real = build({ ...classPaper, demonstration: false } as ClassPaper)
      expect(JSON.stringify(await cellsOf(real))).not.toContain('演示数据')
    },
  )
})
