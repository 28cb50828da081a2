// 成绩单: theory and practice of everyone in the class; absence is a word, never 0.
import type { FormColumn, FormLine, FormSheet } from './form-sheet.ts'
import { classHeadLines, orBlank, scoreCell, scoreDecimals, shortfallLines } from './form-words.template.ts'
import type { ClassPaper, TraineePaper } from './paper-input.ts'

const columnsFor = (trainees: readonly TraineePaper[]): readonly FormColumn[] => [
  { header: '序号', width: 7, align: 'center' },
  { header: '准考证号', width: 18, align: 'center' },
  { header: '姓名', width: 22, align: 'center' },
  { header: '理论', width: 12, align: 'center', decimals: scoreDecimals(trainees) },
  { header: '实作', width: 12, align: 'center', decimals: scoreDecimals(trainees) },
  { header: '备注', width: 24, align: 'left' },
]

/** Builds the score sheet, one row a trainee; who was not expected at the assessment is not counted as expected. @rule ASM-12 @rule REP-4 */
export function buildScoresForm(input: ClassPaper): FormSheet {
  const columns = columnsFor(input.trainees)
  return {
    sheetName: '成绩单',
    title: '鉴定成绩单',
    headLines: classHeadLines(input),
    columns,
    rows: input.trainees.map((trainee) => [
      trainee.sequence,
      orBlank(trainee.examNumber),
      trainee.name,
      scoreCell(trainee.theory),
      scoreCell(trainee.practical),
      [trainee.assessmentRemark, orBlank(trainee.remark)].filter((part) => part !== null).join('；'),
    ]),
    footLines: [
      ...countLines(input.trainees),
      ...shortfallLines(input, columns),
      { left: '考评员签字：', right: '（公章）　　　　年　　月　　日' },
    ],
    orientation: 'portrait',
    rowHeightMm: 8,
    demonstration: input.demonstration,
    proofLine: input.proofLine,
  }
}

/** Everybody who was expected, of them those with points in both parts, and of them those who passed; the barred apart. */
function countLines(trainees: readonly TraineePaper[]): FormLine[] {
  const barred = trainees.filter(({ theory }) => theory === 'barred').length
  const assessed = trainees.filter(
    ({ theory, practical }) => typeof theory === 'number' && typeof practical === 'number',
  )
  const passed = trainees.filter((trainee) => trainee.passed).length
  const counts = `应考 ${trainees.length - barred} 人，参加考核 ${assessed.length} 人，合格 ${passed} 人（理论、实作均 60 分以上为合格）`
  return [{ left: counts }, ...(barred === 0 ? [] : [{ left: `另有 ${barred} 人学时不足，未参加考核` }])]
}
