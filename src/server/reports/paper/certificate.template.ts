// The words of 培训合格证书: what stands on it and in which order. Where and how large is in certificate-page.ts.
// Facts only of training: person, project, dates, hours, training body. Nothing else may ever be added here.
import type { CertificatePaper } from './paper-input.ts'

/** A run of the certificate's sentence; a field is set bold on a hairline and is not broken while it fits a line. */
export interface TextRun {
  readonly text: string
  readonly isField: boolean
}

/** The fixed words, beside the sentence. */
export const certificateWords = {
  title: '培训合格证书',
  number: '证书编号',
  demonstration: '演示数据',
  sealPlace: '盖章处',
  scanHint: '扫码可查验内容，不用联网。',
} as const

const digits = '〇一二三四五六七八九'

/** All characters the page itself uses, to be checked against the typeface. */
export const certificateFixedText = [
  ...Object.values(certificateWords),
  digits,
  '十年月日学员身份证件号码于至参加培训全程学时经考核理论和实际操作成绩合格特发此证（），。-0123456789X 　',
].join('')

/** The sentence of the certificate as runs, in reading order. */
export function certificateSentence(paper: CertificatePaper): TextRun[] {
  const plain = (text: string): TextRun => ({ text, isField: false })
  const field = (text: string): TextRun => ({ text, isField: true })
  return [
    plain('　　学员'),
    field(paper.holderName),
    plain('，身份证件号码'),
    field(paper.idNumber ?? '--'),
    plain('，于'),
    field(dateInDigits(paper.startedOn)),
    plain('至'),
    field(dateInDigits(paper.completedOn)),
    plain('参加'),
    field(projectText(paper)),
    plain('培训（全程'),
    field(String(paper.classHours)),
    plain('学时），经考核，理论和实际操作成绩合格，特发此证。'),
  ]
}

function projectText(paper: CertificatePaper): string {
  return paper.skillLevelLabel === '' ? paper.occupationName : `${paper.occupationName}（${paper.skillLevelLabel}）`
}

/** 2026-06-15 as 2026 年 6 月 15 日. */
export function dateInDigits(on: string): string {
  const [year = '', month = '', day = ''] = on.split('-')
  return `${Number(year)} 年 ${Number(month)} 月 ${Number(day)} 日`
}

/** 2026-11-25 as 二〇二六年十一月二十五日. */
export function dateInWords(on: string): string {
  const [year = '', month = '', day = ''] = on.split('-')
  const yearWords = [...year].map((digit) => digits[Number(digit)] ?? '').join('')
  return `${yearWords}年${numberInWords(Number(month))}月${numberInWords(Number(day))}日`
}

function numberInWords(value: number): string {
  const tens = Math.floor(value / 10)
  const ones = value % 10
  const onesWord = ones === 0 ? '' : (digits[ones] ?? '')
  if (tens === 0) return onesWord
  return `${tens === 1 ? '' : (digits[tens] ?? '')}十${onesWord}`
}
