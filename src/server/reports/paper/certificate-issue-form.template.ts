// 证书发放登记表: one row a certificate, with room for the signature of who receives it.
import type { FormColumn, FormSheet } from './form-sheet.ts'
import {
  certificateKindText,
  classHeadLines,
  orBlank,
  sexText,
  shortfallLines,
  signatureLines,
} from './form-words.template.ts'
import type { ClassPaper } from './paper-input.ts'

const columns: readonly FormColumn[] = [
  { header: '序号', width: 5, align: 'center' },
  { header: '姓名', width: 13, align: 'center' },
  { header: '性别', width: 5, align: 'center' },
  { header: '身份证号码', width: 20, align: 'center' },
  { header: '培训工种', width: 13, align: 'center' },
  { header: '等级', width: 11, align: 'center' },
  { header: '证书类型', width: 17, align: 'center' },
  { header: '证书编号', width: 25, align: 'center' },
  { header: '发证机构', width: 20, align: 'center' },
  { header: '发证日期', width: 11.5, align: 'center' },
  { header: '领取人签名', width: 12, align: 'center' },
  { header: '领取/移交日期', width: 11, align: 'center' },
  { header: '经办人', width: 10, align: 'center' },
  { header: '备注', width: 10, align: 'left' },
]

/** Builds the register of certificates handed out; who holds two has two rows, who holds none has none. */
export function buildCertificateIssueForm(input: ClassPaper): FormSheet {
  const records = input.trainees.flatMap((trainee) =>
    trainee.certificates.map((certificate) => ({ trainee, certificate })),
  )
  return {
    sheetName: '证书发放登记表',
    title: '证书发放登记表',
    headLines: classHeadLines(input),
    columns,
    rows: records.map(({ trainee, certificate }, index) => [
      index + 1,
      trainee.name,
      sexText[trainee.sex],
      orBlank(trainee.idNumber),
      input.occupationName,
      input.skillLevelLabel,
      certificateKindText[certificate.kind],
      certificate.number,
      certificate.issuerName,
      certificate.issuedOn,
      null,
      null,
      null,
      trainee.remark ?? '',
    ]),
    footLines: [{ left: `共 ${records.length} 张` }, ...shortfallLines(input, columns), ...signatureLines],
    orientation: 'landscape',
    rowHeightMm: 10,
    demonstration: input.demonstration,
    proofLine: input.proofLine,
  }
}
