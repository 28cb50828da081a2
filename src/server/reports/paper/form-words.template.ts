// Words every form shares: the names of things in head and foot lines, and how single values are written.
import type { AttendanceMark } from '#contract/kinds/lesson.ts'
import type { CertificateKind } from '#contract/values.ts'
import { brokenLines } from './line-break.ts'
import type { AttendancePaperMark, ClassPaper, PaperScore, TraineePaper } from './paper-input.ts'
import type { FormColumn, FormLine } from './form-sheet.ts'

/** The mark on everything that holds no real person. */
export const demonstrationText = '演示数据'

/** The typeface of official forms. */
export const formFont = '宋体'

/** The page count at the foot of every sheet; `&P` and `&N` are filled in by the spreadsheet program. */
export const pageCountText = '第 &P 页，共 &N 页'

export const sexText = { male: '男', female: '女' } as const

export const certificateKindText: Readonly<Record<CertificateKind, string>> = {
  nationalQualification: '国家职业资格证书',
  skillLevel: '职业技能等级证书',
  specificCapability: '专项职业能力证书',
  training: '培训合格证书',
}

const markSigns: Readonly<Record<AttendanceMark, string>> = {
  present: '/',
  absent: '○',
  excused: '×',
  late: '¢',
  leftEarly: '△',
}
const sickSign = '病'
const madeUpSign = '补'

/** The sign of a mark in the attendance book; illness has its own, and a made-up session says so after it. */
export function signOfMark(mark: AttendancePaperMark): string {
  if (mark.mark === null) return ''
  const sign = mark.mark === 'excused' && mark.leaveReason === 'medical' ? sickSign : markSigns[mark.mark]
  return mark.madeUp ? `${sign}${madeUpSign}` : sign
}

/** The sign of someone who was there. */
export const presentSign = markSigns.present

/** What the signs of the attendance book mean. */
export const signLegend = `到 ${markSigns.present}　不到 ${markSigns.absent}　告假 ${markSigns.excused}　迟到 ${markSigns.late}　早退 ${markSigns.leftEarly}　病假 ${sickSign}　已补课加“${madeUpSign}”`

/** A day as it stands in a form's head. */
export function formDate(on: string): string {
  const [year = '', month = '', day = ''] = on.split('-')
  return `${Number(year)} 年 ${Number(month)} 月 ${Number(day)} 日`
}

/** First and last day of the training. */
export function periodText(startedOn: string, endedOn: string): string {
  return `${startedOn} 至 ${endedOn}`
}

/** The two head lines of a class's form: who trains and when printed; which class and for what. */
export function classHeadLines(input: ClassPaper): FormLine[] {
  return [
    { left: `培训单位：${input.providerName}`, right: `日期：${formDate(input.printedOn)}` },
    {
      left: `班级：${input.classNumber}　${input.className}`,
      right: `培训工种：${input.occupationName}　${input.skillLevelLabel}`,
    },
  ]
}

/** The usual last line: who made it, who checked it, and where the seal goes. */
export const signatureLines: readonly FormLine[] = [
  { left: '制表人：　　　　　　　审核人：　　　　　　　', right: '（公章）　　　　年　　月　　日' },
]

const scoreWords = { absent: '缺考', deferred: '缓考', barred: '未参加考核', disputed: '待核定' } as const

/** A score in points, the word that stands for it, or an empty box. @rule REP-4 */
export function scoreCell(score: PaperScore): string | number | null {
  if (score === null) return null
  return typeof score === 'number' ? score / 10 : scoreWords[score]
}

/** How many decimals the scores of a paper are written with: one where any of them has one, else none. @rule REP-5 */
export function scoreDecimals(trainees: readonly TraineePaper[]): 0 | 1 {
  const scores = trainees.flatMap(({ theory, practical }) => [theory, practical])
  return scores.some((score) => typeof score === 'number' && score % 10 !== 0) ? 1 : 0
}

/** An optional text, or an empty box. @rule REP-4 */
export function orBlank(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text
}

/** Why the class had fewer hours than its syllabus, as lines of a sheet of these columns; none where nothing had to be said. @rule CLS-14 */
export function shortfallLines({ shortfall }: ClassPaper, columns: readonly FormColumn[]): FormLine[] {
  if (shortfall === null) return []
  const { plannedHours, taughtHours, reason, words } = shortfall
  const planned = plannedHours === null ? '' : `大纲 ${plannedHours} 学时，`
  const width = columns.reduce((sum, column) => sum + column.width, 0)
  const text = `${planned}实上 ${taughtHours} 学时。原因：${reason}${words === null ? '' : `——${words}`}`
  return brokenLines(text, width).map((left) => ({ left }))
}
