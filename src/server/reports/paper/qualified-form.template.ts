// 合格人员花名册, in the columns of 申报颁证花名册: only those who passed.
import type { FormColumn, FormSheet } from './form-sheet.ts'
import {
  classHeadLines,
  orBlank,
  scoreCell,
  scoreDecimals,
  sexText,
  shortfallLines,
  signatureLines,
} from './form-words.template.ts'
import type { ClassPaper, TraineePaper } from './paper-input.ts'

const columnsFor = (passed: readonly TraineePaper[]): readonly FormColumn[] => [
  { header: '序号', width: 6, align: 'center' },
  { header: '姓名', width: 14, align: 'center' },
  { header: '单位', width: 20, align: 'center' },
  { header: '性别', width: 6, align: 'center' },
  { header: '出生日期', width: 12, align: 'center' },
  { header: '身份证号码', width: 21, align: 'center' },
  { header: '学历', width: 10, align: 'center' },
  { header: '理论成绩', width: 9, align: 'center', decimals: scoreDecimals(passed) },
  { header: '实践成绩', width: 9, align: 'center', decimals: scoreDecimals(passed) },
  { header: '证书编号', width: 26, align: 'center' },
  { header: '备注', width: 14, align: 'left' },
]

/** Builds the roster of those who passed, numbered anew from 1; several certificates stand in one cell. */
export function buildQualifiedForm(input: ClassPaper): FormSheet {
  const passed = input.trainees.filter((trainee) => trainee.passed)
  const columns = columnsFor(passed)
  return {
    sheetName: '合格人员花名册',
    title: '培训合格人员花名册',
    headLines: classHeadLines(input),
    columns,
    rows: passed.map((trainee, index) => [
      index + 1,
      trainee.name,
      input.facilityName,
      sexText[trainee.sex],
      trainee.bornOn,
      orBlank(trainee.idNumber),
      orBlank(trainee.education),
      scoreCell(trainee.theory),
      scoreCell(trainee.practical),
      orBlank(trainee.certificates.map((certificate) => certificate.number).join('、')),
      trainee.remark ?? '',
    ]),
    footLines: [{ left: `合格 ${passed.length} 人` }, ...shortfallLines(input, columns), ...signatureLines],
    orientation: 'landscape',
    rowHeightMm: 8,
    demonstration: input.demonstration,
    proofLine: input.proofLine,
  }
}
