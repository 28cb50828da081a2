// What is still to be done before a class can end, as a clerk reads it.
import type { TraineeId } from '#contract/values.ts'
import { hasAnyScore, hasBothParts } from '../assessment/outcome.ts'
import { taughtMinutes } from '../attendance/hours.ts'
import { activeMembers } from '../enrollment/roster.ts'
import type { Moment } from '../shared/decider.ts'
import { currentOutcomes } from '../training-class/outcomes.ts'
import type { ClassRecord, EndingClass, JudgedClass } from './class-record.ts'
import { hasEnoughHours, isAdmitted, isBarred, openFindings } from './class-record.ts'
import { lessonsNotOver, lessonsToCome, minutesShort } from './shortfall.ts'

/** The items in the order of the list. */
export type CheckListItemName =
  | 'lessons'
  | 'headCounts'
  | 'attendance'
  | 'syllabus'
  | 'hours'
  | 'scores'
  | 'findings'
  | 'certificates'

/**
 * `done`; `open`: somebody has to do it now; `reason`: it stays as it is, and completing has to say why; `blocked`: it waits for an earlier
 * step. Figures are whole numbers by name.
 */
export interface CheckListItem {
  readonly item: CheckListItemName
  readonly status: 'done' | 'open' | 'reason' | 'blocked'
  readonly figures: Readonly<Record<string, number>>
}

/** What the list needs to know of certificates. */
interface CertificatesOfClass {
  readonly certificates: readonly { readonly traineeId: TraineeId; readonly voided: unknown }[]
}

/** A class with its certificates. */
export interface CheckedClass extends EndingClass {
  readonly certificates: CertificatesOfClass
}

function itemOf(item: CheckListItemName, isDone: boolean, figures: Record<string, number>): CheckListItem {
  return { item, status: isDone ? 'done' : 'open', figures }
}

/** No lesson is still to come; one of today that is not over by the clock wants a reason. `toCome` and `notOver` of `sessions`. */
function lessonsItem(record: ClassRecord, moment: Moment): CheckListItem {
  const toCome = lessonsToCome(record, moment).length
  const notOver = lessonsNotOver(record, moment).length
  const sessions = record.sessions.filter(({ plan }) => !plan.cancelled).length
  const isExplained = notOver === 0 || record.classState.completion !== null
  const status = toCome > 0 ? 'open' : isExplained ? 'done' : 'reason'
  return { item: 'lessons', status, figures: { toCome, notOver, sessions } }
}

/** As much was taught as the syllabus plans, or completing says why not. `taught` and `planned` in minutes; `planned` 0 when it is not known. */
function syllabusItem(record: EndingClass): CheckListItem {
  const isExplained = minutesShort(record) === 0 || record.classState.completion !== null
  const figures = { taught: taughtMinutes(record.sessions), planned: record.syllabusMinutes ?? 0 }
  return { item: 'syllabus', status: isExplained ? 'done' : 'reason', figures }
}

/** Every lesson that is not cancelled took place: its head count is confirmed. `counted` of `sessions`. */
function headCountsItem({ sessions }: ClassRecord): CheckListItem {
  const due = sessions.filter(({ plan }) => !plan.cancelled)
  const counted = due.filter(({ state }) => state.headCount !== null).length
  return itemOf('headCounts', due.length > 0 && counted === due.length, { counted, sessions: due.length })
}

/** Every lesson that took place says what was taught. `logged` of `sessions`. */
function attendanceItem({ sessions }: ClassRecord): CheckListItem {
  const due = sessions.filter(({ plan }) => !plan.cancelled)
  const logged = due.filter(({ state }) => state.lessons.length > 0).length
  return itemOf('attendance', logged === due.length, { logged, sessions: due.length })
}

/**
 * Nobody below the threshold was assessed without an admission. `below` members are below it: `admitted` of them were admitted, `barred` were
 * not, and `unadmitted` of these have points all the same.
 */
function hoursItem(record: ClassRecord): CheckListItem {
  const members = activeMembers(record.roster).map(({ traineeId }) => traineeId)
  const below = members.filter((traineeId) => !hasEnoughHours(record, traineeId))
  const barred = below.filter((traineeId) => !isAdmitted(record, traineeId))
  const unadmitted = barred.filter((traineeId) => hasAnyScore(record.assessment, traineeId)).length
  const figures = { below: below.length, admitted: below.length - barred.length, barred: barred.length, unadmitted }
  return itemOf('hours', unadmitted === 0, figures)
}

/** Everybody expected at the assessment has both parts or a word. `scored` of `members`; the others have too few hours. */
function scoresItem(record: ClassRecord): CheckListItem {
  const due = activeMembers(record.roster).filter(({ traineeId }) => !isBarred(record, traineeId))
  const scored = due.filter(({ traineeId }) => hasBothParts(record.assessment, traineeId)).length
  return itemOf('scores', scored === due.length, { scored, members: due.length })
}

function findingsItem(record: JudgedClass): CheckListItem {
  const unsettled = openFindings(record).length
  return itemOf('findings', unsettled === 0, { unsettled })
}

/** Everybody who passed holds a certificate that is not void; nothing to do before the seal. `issued` of `passed`. */
function certificatesItem({ classState, certificates }: CheckedClass): CheckListItem {
  const passed = currentOutcomes(classState).filter(({ outcome }) => outcome === 'passed')
  const holders = new Set(
    certificates.certificates.filter(({ voided }) => voided === null).map(({ traineeId }) => traineeId),
  )
  const issued = passed.filter(({ traineeId }) => holders.has(traineeId)).length
  const figures = { issued, passed: passed.length }
  if (classState.phase !== 'sealed') return { item: 'certificates', status: 'blocked', figures }
  return itemOf('certificates', issued === passed.length, figures)
}

/** The seven items of which none may be open when a class is completed. @rule CLS-8 @rule CLS-13 @rule CLS-14 */
export function completionItems(record: EndingClass, moment: Moment): readonly CheckListItem[] {
  return [
    lessonsItem(record, moment),
    headCountsItem(record),
    attendanceItem(record),
    syllabusItem(record),
    hoursItem(record),
    scoresItem(record),
    findingsItem(record),
  ]
}

/** The whole list: what completion needs, and the certificates after it. @rule CLS-8 */
export function completionCheckList(record: CheckedClass, moment: Moment): readonly CheckListItem[] {
  return [...completionItems(record, moment), certificatesItem(record)]
}
