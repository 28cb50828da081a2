// 学员花名册: everyone in the class, in the layout for facilities.
import type { FormColumn, FormSheet } from './form-sheet.ts'
import { classHeadLines, orBlank, sexText, signatureLines } from './form-words.template.ts'
import type { ClassPaper } from './paper-input.ts'

const columns: readonly FormColumn[] = [
  { header: '序号', width: 5, align: 'center' },
  { header: '姓名', width: 13, align: 'center' },
  { header: '性别', width: 5, align: 'center' },
  { header: '民族', width: 8, align: 'center' },
  { header: '出生日期', width: 11.5, align: 'center' },
  { header: '文化程度', width: 9, align: 'center' },
  { header: '身份证号码', width: 20, align: 'center' },
  { header: '罪犯编号/戒毒人员编号', width: 15, align: 'center' },
  { header: '监区/大队', width: 10, align: 'center' },
  { header: '培训工种', width: 13, align: 'center' },
  { header: '培训等级', width: 11, align: 'center' },
  { header: '余刑/余期截止日', width: 12, align: 'center' },
  { header: '户籍地', width: 16, align: 'left' },
  { header: '就业意向', width: 12, align: 'left' },
  { header: '备注', width: 10, align: 'left' },
]

/** Builds the class roster, one row a trainee. */
export function buildRosterForm(input: ClassPaper): FormSheet {
  return {
    sheetName: '学员花名册',
    title: '培训学员花名册',
    headLines: classHeadLines(input),
    columns,
    rows: input.trainees.map((trainee) => [
      trainee.sequence,
      trainee.name,
      sexText[trainee.sex],
      orBlank(trainee.ethnicity),
      trainee.bornOn,
      orBlank(trainee.education),
      orBlank(trainee.idNumber),
      trainee.facilityNumber,
      orBlank(trainee.ward),
      input.occupationName,
      input.skillLevelLabel,
      trainee.termEndsOn,
      orBlank(trainee.household),
      orBlank(trainee.employmentIntent),
      trainee.remark ?? '',
    ]),
    footLines: [{ left: `共 ${input.trainees.length} 人` }, ...signatureLines],
    orientation: 'landscape',
    rowHeightMm: 8,
    demonstration: input.demonstration,
    proofLine: input.proofLine,
  }
}
