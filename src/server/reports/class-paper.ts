// Fills the plain values the forms are printed from. Reads states and identities only; no form and no file is known here.
import type { AssessmentPart } from '#contract/kinds/lesson.ts'
import type { TraineeOutcome } from '#contract/kinds/training-class.ts'
import type { CalendarDate } from '#contract/values.ts'
import { disputeAuthors } from '#domain/assessment/disputes.ts'
import { latestAttempt, outcomeOf } from '#domain/assessment/outcome.ts'
import { isHeld, taughtMinutes } from '#domain/attendance/hours.ts'
import { isBarred, plannedMinutes } from '#domain/completion/class-record.ts'
import { wasMemberOn } from '#domain/enrollment/roster.ts'
import type { RosterMember } from '#domain/enrollment/state.ts'
import { lookup } from '#domain/shared/lookup.ts'
import { currentOutcomeOf } from '#domain/training-class/outcomes.ts'
import type { ClassSource } from './class-source.ts'
import {
  admittedRemark,
  barredRemark,
  classTitle,
  proofLineOf,
  shortfallReasonLabels,
  skillLevelLabels,
  unnamed,
  withdrawnRemark,
} from './labels.ts'
import type { AttendancePaperMark, ClassPaper, PaperScore, TraineePaper } from './paper/paper-input.ts'

/** Whether members who left the class stand on a paper too. */
export interface PaperMembers {
  readonly withWithdrawn: boolean
}

/** One class as its papers need it, printed on a day. Class hours are those taught once the class is complete, those planned before. */
export function classPaperOf(
  source: ClassSource,
  printedOn: CalendarDate,
  { withWithdrawn }: PaperMembers,
): ClassPaper {
  const { plan, classState, facility, provider, sessions, proof } = source
  const members = source.roster.members.filter((member) => withWithdrawn || member.withdrawnOn === null)
  const minutes = classState.completion === null ? plannedMinutes(sessions) : taughtMinutes(sessions)
  return {
    className: classTitle(source.occupationName, plan.skillLevel),
    classNumber: plan.classNumber,
    occupationName: source.occupationName,
    skillLevelLabel: skillLevelLabels[plan.skillLevel],
    providerName: provider.name,
    facilityName: facility.name,
    startedOn: plan.startsOn,
    endedOn: plan.endsOn,
    completedOn: classState.completion?.completedOn ?? null,
    classHours: Math.floor(minutes / facility.rules.classHourMinutes),
    shortfall: shortfallOf(source),
    sessions: sessions.filter(isHeld).map(({ plan: session }) => ({ key: session.sessionId, heldOn: session.on })),
    trainees: members.map((member, index) => traineePaperOf(source, member, index + 1)),
    printedOn,
    proofLine: proofLineOf(proof),
    demonstration: facility.demonstration,
  }
}

function traineePaperOf(source: ClassSource, member: RosterMember, sequence: number): TraineePaper {
  const { traineeId } = member
  const identity = source.people.get(traineeId)
  const facts = source.trainees.get(traineeId)?.facts
  const outcome = currentOutcomeOf(source.classState, traineeId) ?? outcomeOf(traineeId, source.assessment, 0)
  return {
    sequence,
    // A person without an identity is still counted; the paper shows that the name is missing.
    name: identity?.name ?? unnamed,
    sex: facts?.sex ?? 'male',
    ethnicity: identity?.ethnicity ?? null,
    bornOn: facts?.bornOn ?? '',
    education: identity?.education ?? null,
    idNumber: identity?.idNumber ?? null,
    facilityNumber: identity?.facilityNumber ?? '',
    ward: identity?.ward ?? null,
    termEndsOn: facts?.termEndsOn ?? '',
    household: identity?.household ?? null,
    employmentIntent: identity?.employmentIntent ?? null,
    remark: member.withdrawnOn === null ? (identity?.remark ?? null) : withdrawnRemark(member.withdrawnOn),
    examNumber: null,
    ...scoresOf(source, member, outcome),
    passed: outcome.outcome === 'passed',
    certificates: certificatesOf(source, member),
    marks: marksOf(source, member),
  }
}

/** What stands for his parts. Who left the class before the assessment was not expected at it, and nothing stands there. */
function scoresOf(
  source: ClassSource,
  member: RosterMember,
  outcome: TraineeOutcome,
): Pick<TraineePaper, 'theory' | 'practical' | 'assessmentRemark'> {
  const { assessment, facility, classState } = source
  const { traineeId } = member
  if (member.withdrawnOn === null && isBarred({ ...source, rules: facility.rules }, traineeId)) {
    const assessmentRemark = barredRemark(facility.rules.attendanceThresholdPercent)
    return { theory: 'barred', practical: 'barred', assessmentRemark }
  }
  // A dispute that came after the completion changes no outcome; it only holds back the certificate.
  const isOpen = classState.completion === null
  const scoreOf = (part: AssessmentPart, tenths: number | null): PaperScore => {
    const record = latestAttempt(assessment, traineeId, part)
    const dispute = isOpen && record !== undefined ? disputeAuthors(assessment, { ...record, traineeId }) : null
    if (dispute !== null && !dispute.settled) return 'disputed'
    if (tenths !== null) return tenths
    return record !== undefined && 'word' in record.result ? record.result.word : null
  }
  const admission = lookup(assessment.admissions, traineeId)
  return {
    theory: scoreOf('theory', outcome.theoryTenths),
    practical: scoreOf('practical', outcome.practicalTenths),
    assessmentRemark:
      admission === undefined ? null : admittedRemark(facility.rules.attendanceThresholdPercent, admission.reason),
  }
}

/** Why fewer hours were taught than the syllabus has, as it was recorded at the completion. */
function shortfallOf({ classState, facility, shortfallWords: words }: ClassSource): ClassPaper['shortfall'] {
  const { completion } = classState
  if (completion === null || completion.shortfall === null) return null
  const { reason, syllabusMinutes } = completion.shortfall
  const hours = (minutes: number) => Math.floor(minutes / facility.rules.classHourMinutes)
  return {
    plannedHours: syllabusMinutes === null ? null : hours(syllabusMinutes),
    taughtHours: hours(completion.taughtMinutes),
    reason: shortfallReasonLabels[reason],
    words,
  }
}

function certificatesOf(source: ClassSource, member: RosterMember): TraineePaper['certificates'] {
  return source.certificates.certificates
    .filter(({ traineeId, voided }) => traineeId === member.traineeId && voided === null)
    .map(({ certificateKind, number, issuerName, issuedOn }) => ({
      kind: certificateKind,
      number,
      // A certificate made here keeps the provider's name of the day it was issued.
      issuerName: issuerName ?? source.contents.get(number)?.issuerName ?? source.provider.name,
      issuedOn,
    }))
}

/** Exceptions, and the lessons held before he came or after he left: there he is neither present nor absent. */
function marksOf(source: ClassSource, member: RosterMember): AttendancePaperMark[] {
  return source.sessions.filter(isHeld).flatMap(({ plan, state }): AttendancePaperMark[] => {
    const record = lookup(state.marks, member.traineeId)
    if (!wasMemberOn(member, plan.on))
      return [{ sessionKey: plan.sessionId, mark: null, leaveReason: null, madeUp: false }]
    if (record === undefined || record.mark === 'present') return []
    const madeUp = state.makeUps.some(({ traineeId }) => traineeId === member.traineeId)
    return [{ sessionKey: plan.sessionId, mark: record.mark, leaveReason: record.leaveReason, madeUp }]
  })
}
