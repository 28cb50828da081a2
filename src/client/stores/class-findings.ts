// What looks odd in one class, as cases a person can settle: who said what, and what would follow from each word.
import { computed } from 'vue'
import type { TraineeId } from '#contract/values.ts'
import { assessmentFindings } from '#domain/assessment/findings.ts'
import type { ScoreRecord } from '#domain/assessment/state.ts'
import { sessionFindings } from '#domain/attendance/findings.ts'
import { attendedMinutes, missedMinutes, taughtMinutes } from '#domain/attendance/hours.ts'
import type { MarkRecord } from '#domain/attendance/state.ts'
import { headCount } from '#domain/attendance/summary.ts'
import { lessonAuthorFindings, scoreAuthorFindings, type Staff } from '#domain/completion/author-findings.ts'
import type { Finding, FindingCode } from '#domain/shared/finding.ts'
import { lookup } from '#domain/shared/lookup.ts'
import { type ClassDetail, type Lesson, useClassDetail } from '#client/stores/class-detail.ts'
import { useLiveFamily } from '#client/stores/live-state.ts'
import { useStaffStates } from '#client/stores/staff-states.ts'

interface CaseOf<Kind extends string, Record> {
  readonly kind: Kind
  readonly key: string
  readonly code: FindingCode
  readonly traineeId: TraineeId
  readonly first: Record
  /** Null where only one person said something that does not fit. */
  readonly second: Record | null
  readonly history: readonly Record[]
}
export interface MarksCase extends CaseOf<'marks', MarkRecord> {
  readonly lesson: Lesson
}
export type ScoresCase = CaseOf<'scores', ScoreRecord>
export interface HeadCountCase {
  readonly kind: 'headCount'
  readonly key: string
  readonly code: FindingCode
  readonly lesson: Lesson
  readonly expectedCount: number
  readonly presentCount: number
  readonly spokenCount: number
}
type FindingCase = MarksCase | ScoresCase | HeadCountCase

type Word = Pick<MarkRecord, 'mark' | 'minutes' | 'leaveReason'>

function marksCase(finding: Finding, lesson: Lesson): MarksCase | null {
  if (finding.traineeId === null) return null
  const history = lookup(lesson.state.history, finding.traineeId) ?? []
  const [first, second] = finding.entryIds.map((id) => history.find(({ entryId }) => entryId === id))
  if (first === undefined) return null
  return {
    kind: 'marks',
    key: `${finding.code} ${finding.entryIds.join(' ')}`,
    code: finding.code,
    traineeId: finding.traineeId,
    lesson,
    first,
    second: second ?? null,
    history,
  }
}

function lessonCases(detail: ClassDetail, lesson: Lesson, staff: Staff): FindingCase[] {
  const found = [
    ...sessionFindings(detail.state.value, detail.roster.value, lesson.plan.sessionId, lesson.state),
    ...lessonAuthorFindings(detail.state.value, lesson.state, staff),
  ].filter(({ settled }) => !settled)
  return found.flatMap((finding): FindingCase[] => {
    // A finding about nobody in particular is about the head count.
    if (finding.traineeId !== null) {
      const one = marksCase(finding, lesson)
      return one === null ? [] : [one]
    }
    const { presentCount, expectedCount } = headCount(detail.roster.value, lesson.state, lesson.plan.on)
    return [
      {
        kind: 'headCount',
        key: `${finding.code} ${lesson.plan.sessionId}`,
        code: finding.code,
        lesson,
        expectedCount,
        presentCount,
        spokenCount: lesson.state.headCount?.spokenCount ?? 0,
      },
    ]
  })
}

function scoreCases(detail: ClassDetail, staff: Staff): ScoresCase[] {
  const found = [
    ...assessmentFindings(detail.state.value, detail.roster.value, detail.assessment.value),
    ...scoreAuthorFindings(detail.assessment.value, staff),
  ].filter(({ settled }) => !settled)
  return found.flatMap((finding): ScoresCase[] => {
    if (finding.traineeId === null) return []
    const history = lookup(detail.assessment.value.history, finding.traineeId) ?? []
    const [first, second] = finding.entryIds.map((id) => history.find(({ entryId }) => entryId === id))
    if (first === undefined) return []
    return [
      {
        kind: 'scores',
        key: `${finding.code} ${finding.entryIds.join(' ')}`,
        code: finding.code,
        traineeId: finding.traineeId,
        first,
        second: second ?? null,
        history: history.filter(({ part, attempt }) => part === first.part && attempt === first.attempt),
      },
    ]
  })
}

export function useClassFindings() {
  const detail = useClassDetail()
  const devices = useLiveFamily('device')
  const staff = useStaffStates()
  const labels = computed(
    () =>
      new Map(
        (devices.value ?? []).flatMap(({ state }) =>
          state.deviceId ? [[state.deviceId as string, state.label] as const] : [],
        ),
      ),
  )
  const cases = computed<FindingCase[]>(() => [
    ...detail.lessons.value.flatMap((lesson) => lessonCases(detail, lesson, staff.value)),
    ...scoreCases(detail, staff.value),
  ])

  /** Minutes of the lesson and of the whole class that would count if this word held. */
  function effectOf({ lesson, traineeId, first }: MarksCase, word: Word) {
    const enrolledOn = detail.memberOf(traineeId)?.enrolledOn
    const state = { ...lesson.state, marks: { ...lesson.state.marks, [traineeId]: { ...first, ...word } } }
    const lessons = detail.lessons.value.map((one) =>
      one.plan.sessionId === lesson.plan.sessionId ? { ...one, state } : one,
    )
    const attended = attendedMinutes(traineeId, lessons, enrolledOn)
    const taught = taughtMinutes(lessons)
    return {
      lessonMinutes: lesson.plan.minutes - missedMinutes(traineeId, { ...lesson, state }, enrolledOn),
      attended,
      percent: taught === 0 ? null : Math.floor((attended / taught) * 100),
    }
  }
  return { detail, cases, effectOf, deviceLabel: (id: string) => labels.value.get(id) ?? null }
}
