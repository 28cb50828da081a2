// 出勤簿: one sheet a month, a column a day, the signs of the customary book.
import type { FormColumn, FormSheet } from './form-sheet.ts'
import { classHeadLines, presentSign, signLegend, signOfMark } from './form-words.template.ts'
import type { AttendancePaperMark, ClassPaper, SessionPaper, TraineePaper } from './paper-input.ts'

/**
 * Builds the attendance book, one sheet for each month that has sessions, in order; a class without sessions gives one sheet of its first month.
 * 缺勤 counts sessions missed, 其它 those with leave, 出勤 those attended, late or in part included: the three add up to the sessions of the month.
 */
export function buildAttendanceForm(input: ClassPaper): FormSheet[] {
  const months = [...new Set(input.sessions.map((session) => session.heldOn.slice(0, 7)))].sort()
  return (months.length > 0 ? months : [input.startedOn.slice(0, 7)]).map((month) => monthSheet(input, month))
}

function monthSheet(input: ClassPaper, month: string): FormSheet {
  const sessions = input.sessions.filter((session) => session.heldOn.startsWith(month))
  const days = Array.from({ length: daysInMonth(month) }, (_, index) => index + 1)
  return {
    sheetName: month,
    title: '培训学员出勤簿',
    headLines: [
      ...classHeadLines(input),
      {
        left: `月份：${Number(month.slice(0, 4))} 年 ${Number(month.slice(5))} 月`,
        right: `本月授课 ${sessions.length} 节`,
      },
    ],
    columns: columnsFor(days),
    rows: input.trainees.map((trainee) => traineeRow(trainee, sessions, days)),
    footLines: [
      { left: signLegend },
      { left: '一天有几节课的，按先后并列。缺勤、其它、出勤按节计。' },
      { left: '授课教师签字：', right: '管教民警签字：　　　　　　　　' },
    ],
    orientation: 'landscape',
    rowHeightMm: 10,
    demonstration: input.demonstration,
    proofLine: input.proofLine,
  }
}

function columnsFor(days: readonly number[]): FormColumn[] {
  return [
    { header: '序号', width: 5, align: 'center' },
    { header: '姓名', width: 13, align: 'center' },
    ...days.map((day): FormColumn => ({ header: String(day), width: 3.6, align: 'center' })),
    { header: '缺勤', width: 5, align: 'center' },
    { header: '其它', width: 5, align: 'center' },
    { header: '出勤', width: 5, align: 'center' },
    { header: '学员签名', width: 12, align: 'center' },
  ]
}

function traineeRow(
  trainee: TraineePaper,
  sessions: readonly SessionPaper[],
  days: readonly number[],
): (string | number | null)[] {
  const marks = new Map(trainee.marks.map((mark) => [mark.sessionKey, mark]))
  const held = sessions.map((session) => ({ day: Number(session.heldOn.slice(8)), mark: marks.get(session.key) }))
  const count = (test: (mark: AttendancePaperMark | undefined) => boolean): number =>
    held.filter(({ mark }) => test(mark)).length
  return [
    trainee.sequence,
    trainee.name,
    ...days.map((day) => {
      const signs = held
        .filter((session) => session.day === day)
        .map(({ mark }) => (mark === undefined ? presentSign : signOfMark(mark)))
      return signs.length === 0 ? null : signs.join('')
    }),
    count((mark) => mark?.mark === 'absent'),
    count((mark) => mark?.mark === 'excused'),
    count((mark) => mark === undefined || mark.mark === 'present' || mark.mark === 'late' || mark.mark === 'leftEarly'),
    null,
  ]
}

function daysInMonth(month: string): number {
  return new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate()
}
