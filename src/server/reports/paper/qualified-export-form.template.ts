// 培训合格人数信息记录: what is entered into the provincial system and handed in with a seal within ten working days.
import type { FormColumn, FormSheet } from './form-sheet.ts'
import {
  certificateKindText,
  formDate,
  orBlank,
  periodText,
  scoreCell,
  scoreDecimals,
  sexText,
  shortfallLines,
} from './form-words.template.ts'
import type { ClassPaper, TraineePaper } from './paper-input.ts'

const columnsFor = (passed: readonly TraineePaper[]): readonly FormColumn[] => [
  { header: '序号', width: 5, align: 'center' },
  { header: '班级编号', width: 10, align: 'center' },
  { header: '培训工种', width: 13, align: 'center' },
  { header: '等级', width: 11, align: 'center' },
  { header: '姓名', width: 13, align: 'center' },
  { header: '身份证号码', width: 20, align: 'center' },
  { header: '性别', width: 5, align: 'center' },
  { header: '文化程度', width: 9, align: 'center' },
  { header: '培训起止日期', width: 25, align: 'center' },
  { header: '学时', width: 6, align: 'center' },
  { header: '理论成绩', width: 8, align: 'center', decimals: scoreDecimals(passed) },
  { header: '技能成绩', width: 8, align: 'center', decimals: scoreDecimals(passed) },
  { header: '结业日期', width: 11.5, align: 'center' },
  { header: '证书类型', width: 17, align: 'center' },
  { header: '证书编号', width: 25, align: 'center' },
]

/** Builds the record of those who passed, numbered anew from 1; the facility stands in the head because it hands the record in. */
export function buildQualifiedExportForm(input: ClassPaper): FormSheet {
  const passed = input.trainees.filter((trainee) => trainee.passed)
  const columns = columnsFor(passed)
  return {
    sheetName: '培训合格人数信息记录',
    title: '培训合格人数信息记录',
    headLines: [
      { left: `报送单位：${input.facilityName}（公章）`, right: `日期：${formDate(input.printedOn)}` },
      { left: `培训单位：${input.providerName}`, right: `合格 ${passed.length} 人` },
    ],
    columns,
    rows: passed.map((trainee, index) => [
      index + 1,
      input.classNumber,
      input.occupationName,
      input.skillLevelLabel,
      trainee.name,
      orBlank(trainee.idNumber),
      sexText[trainee.sex],
      orBlank(trainee.education),
      periodText(input.startedOn, input.endedOn),
      input.classHours,
      scoreCell(trainee.theory),
      scoreCell(trainee.practical),
      input.completedOn,
      orBlank(trainee.certificates.map((certificate) => certificateKindText[certificate.kind]).join('、')),
      orBlank(trainee.certificates.map((certificate) => certificate.number).join('、')),
    ]),
    footLines: [
      ...shortfallLines(input, columns),
      { left: '填报人：　　　　　　　审核人：', right: '（加盖本单位公章）' },
    ],
    orientation: 'landscape',
    rowHeightMm: 8,
    demonstration: input.demonstration,
    proofLine: input.proofLine,
  }
}
