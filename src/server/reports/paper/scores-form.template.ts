// 成绩单: theory and practice of everyone in the class; absence is a word, never 0.
import type { FormColumn, FormSheet } from './form-sheet.ts'
import { classHeadLines, orUnknown, scoreCell } from './form-words.template.ts'
import type { ClassPaper } from './paper-input.ts'

const columns: readonly FormColumn[] = [
  { header: '序号', width: 7, align: 'center' },
  { header: '准考证号', width: 20, align: 'center' },
  { header: '姓名', width: 22, align: 'center' },
  { header: '理论', width: 12, align: 'center', decimals: 1 },
  { header: '实作', width: 12, align: 'center', decimals: 1 },
  { header: '备注', width: 22, align: 'left' },
]

/** Builds the score sheet, one row a trainee, scores in points with one decimal. */
export function buildScoresForm(input: ClassPaper): FormSheet {
  return {
    sheetName: '成绩单',
    title: '鉴定成绩单',
    headLines: classHeadLines(input),
    columns,
    rows: input.trainees.map((trainee) => [
      trainee.sequence,
      orUnknown(trainee.examNumber),
      trainee.name,
      scoreCell(trainee.theoryTenths, trainee.theoryAbsent),
      scoreCell(trainee.practicalTenths, trainee.practicalAbsent),
      trainee.remark ?? '',
    ]),
    footLines: [
      {
        left: `应考 ${input.trainees.length} 人，合格 ${input.trainees.filter((trainee) => trainee.passed).length} 人（理论、实作均 60 分以上为合格）`,
      },
      { left: '考评员签字：', right: '（公章）　　　　年　　月　　日' },
    ],
    orientation: 'portrait',
    rowHeightMm: 8,
    demonstration: input.demonstration,
    proofLine: input.proofLine,
  }
}
