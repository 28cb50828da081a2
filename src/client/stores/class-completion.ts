// How far a class has come and what is still to be done: the check list of the law, the figures that must agree, the deadline.
import { computed } from 'vue'
import type { TraineeOutcome } from '#contract/kinds/training-class.ts'
import { sessionFindings } from '#domain/attendance/findings.ts'
import { isHeld, taughtMinutes } from '#domain/attendance/hours.ts'
import { isInDispute } from '#domain/assessment/disputes.ts'
import { planIssue } from '#domain/certificate/issue.ts'
import { syllabusMinutes } from '#domain/catalogue/syllabus-minutes.ts'
import { completionCheckList } from '#domain/completion/check-list.ts'
import { computeOutcomes, openFindings, plannedMinutes } from '#domain/completion/class-record.ts'
import { changedOutcomes } from '#domain/completion/decide.ts'
import { lessonsNotOver, lessonsToCome, minutesShort } from '#domain/completion/shortfall.ts'
import { reportingDaysLeft, reportingDueOn } from '#domain/reporting/deadlines.ts'
import { shanghaiDayOf, shanghaiTimeOf } from '#domain/shared/calendar.ts'
import { currentOutcomes } from '#domain/training-class/outcomes.ts'
import { type ClassDetail, useClassDetail } from '#client/stores/class-detail.ts'
import { useNow, useToday } from '#client/stores/clock.ts'
import { useStaffStates } from '#client/stores/staff-states.ts'

/** Numbers of people; passed + failed + notAssessed must be members. */
function figuresOf(outcomes: readonly TraineeOutcome[], members: number) {
  const count = (word: TraineeOutcome['outcome']) => outcomes.filter(({ outcome }) => outcome === word).length
  const passed = count('passed')
  const failed = count('failed')
  return { members, passed, failed, notAssessed: count('notAssessed'), assessed: passed + failed }
}

/** Entries of this class that only this device has. */
function countPending(detail: ClassDetail): number {
  const lessons = detail.lessons.value.reduce((sum, { state }) => {
    const marks = Object.values(state.marks).filter(({ pending }) => pending).length
    return sum + marks + (state.headCount?.pending ? 1 : 0) + state.lessons.filter(({ pending }) => pending).length
  }, 0)
  const scores = Object.values(detail.assessment.value.scores)
    .flat()
    .filter(({ pending }) => pending).length
  return lessons + scores
}

export function useClassCompletion(given?: ClassDetail) {
  const detail = given ?? useClassDetail()
  const today = useToday()
  const now = useNow()
  const staff = useStaffStates()
  const record = computed(() => ({
    classState: detail.state.value,
    roster: detail.roster.value,
    sessions: detail.lessons.value,
    assessment: detail.assessment.value,
    certificates: detail.certificates.value,
    rules: detail.rules.value,
    staff: staff.value,
    syllabusMinutes: detail.syllabus.value === null ? null : syllabusMinutes(detail.syllabus.value),
  }))
  const moment = computed(() => ({ today: shanghaiDayOf(now.value), time: shanghaiTimeOf(now.value) }))
  const isEnded = computed(() => detail.state.value.completion !== null)
  const outcomes = computed(() => (isEnded.value ? currentOutcomes(detail.state.value) : computeOutcomes(record.value)))
  const figures = computed(() =>
    figuresOf(
      outcomes.value,
      isEnded.value ? (detail.state.value.completion?.outcomes.length ?? 0) : detail.members.value.length,
    ),
  )
  const due = computed(() => detail.lessons.value.filter(({ plan }) => !plan.cancelled))
  const deadline = computed(() => {
    const completedOn = detail.state.value.completion?.completedOn
    return completedOn === undefined
      ? null
      : { completedOn, dueOn: reportingDueOn(completedOn), daysLeft: reportingDaysLeft(completedOn, today.value) }
  })
  return {
    detail,
    record,
    items: computed(() => completionCheckList(record.value, moment.value)),
    lessonsToCome: computed(() => lessonsToCome(record.value, moment.value)),
    /** What completing now would have to explain: minutes the syllabus has beyond those taught, and lessons of today that are not over. */
    shortfall: computed(() => ({
      short: minutesShort(record.value),
      notOver: lessonsNotOver(record.value, moment.value),
    })),
    outcomes,
    figures,
    deadline,
    isEnded,
    hours: computed(() => ({
      planned: plannedMinutes(detail.lessons.value),
      taught: taughtMinutes(detail.lessons.value),
      held: due.value.filter(isHeld).length,
      lessons: due.value.length,
    })),
    lastLessonOn: computed(() => due.value.at(-1)?.plan.on ?? null),
    findings: computed(() => openFindings(record.value)),
    settledCount: computed(
      () =>
        detail.lessons.value
          .flatMap(({ plan, state }) => sessionFindings(detail.state.value, detail.roster.value, plan.sessionId, state))
          .filter(({ settled }) => settled).length,
    ),
    pendingCount: computed(() => countPending(detail)),
    /** Outcomes a resit has changed since the class ended. */
    changed: computed(() => (isEnded.value ? changedOutcomes(record.value) : [])),
    /** Certificates that would be made now, in order. */
    toIssue: computed(() =>
      detail.plan.value?.certificateKind === 'training'
        ? planIssue(
            detail.state.value,
            detail.certificates.value,
            detail.assessment.value,
            detail.provider.value?.code ?? '',
          )
        : [],
    ),
    /** Who passed and gets no certificate while a result of his is in dispute. */
    disputed: computed(() =>
      outcomes.value.filter(
        ({ traineeId, outcome }) => outcome === 'passed' && isInDispute(detail.assessment.value, traineeId),
      ),
    ),
  }
}
export type ClassCompletionStore = ReturnType<typeof useClassCompletion>
