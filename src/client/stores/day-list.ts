// The instructor's day: the lessons of today with the one that is now, the next ones, and what is not finished.
import { computed } from 'vue'
import type { HouseRules } from '#contract/kinds/facility.ts'
import type { CalendarDate, ClassId, SessionId } from '#contract/values.ts'
import { assessmentStream, sessionStream } from '#contract/streams.ts'
import { hasBothParts } from '#domain/assessment/outcome.ts'
import type { AssessmentState } from '#domain/assessment/state.ts'
import { isHeld } from '#domain/attendance/hours.ts'
import type { SessionState } from '#domain/attendance/state.ts'
import { headCount } from '#domain/attendance/summary.ts'
import { isBarred } from '#domain/completion/class-record.ts'
import { activeMembers } from '#domain/enrollment/roster.ts'
import { minutesOfDay } from '#domain/shared/calendar.ts'
import { emptyState } from '#domain/stream-folds.ts'
import type { PlannedSession } from '#domain/training-class/state.ts'
import { useNow, useToday } from '#client/stores/clock.ts'
import { type MyClass, useMyClasses } from '#client/stores/day-list-classes.ts'
import { useHouseRules } from '#client/stores/house-rules.ts'
import { nextModule, syllabusProgress } from '#client/stores/lesson-log-proposal.ts'
import { useLiveStreams } from '#client/stores/live-state.ts'

/** How far a lesson has come. `called`: the head count is confirmed; `logged`: what was taught is written down too. */
export type LessonStage = 'cancelled' | 'ahead' | 'open' | 'called' | 'logged'

/** One lesson of one of my classes. */
export interface DayLesson {
  readonly key: string
  readonly classId: ClassId
  readonly sessionId: SessionId
  readonly of: MyClass
  readonly plan: PlannedSession
  readonly state: SessionState
  readonly stage: LessonStage
  readonly expectedCount: number
  readonly presentCount: number
  /** What was logged; of the first lesson without a log, what comes next in the syllabus. */
  readonly moduleTitles: readonly { readonly zh: string; readonly en: string }[]
}

/** Something not finished. */
export type Unfinished =
  | { readonly kind: 'rollCall' | 'lessonLog'; readonly key: string; readonly lesson: DayLesson }
  | { readonly kind: 'scores'; readonly key: string; readonly of: MyClass; readonly missingCount: number }

const MINUTES_BEFORE = 20
const NEXT_MAX = 4

/** The time of day so many minutes after another, `HH:MM`. */
export function clockAfter(startsAt: string, minutes: number): string {
  const end = minutesOfDay(startsAt) + minutes
  return `${String(Math.floor(end / 60) % 24).padStart(2, '0')}:${String(end % 60).padStart(2, '0')}`
}

/** Minutes since midnight in Asia/Shanghai, which keeps UTC+8 the whole year. */
function minuteOf(instant: string): number {
  return (Math.floor(Date.parse(instant) / 60_000) + 480) % 1440
}

function stageOf(plan: PlannedSession, state: SessionState, today: CalendarDate): LessonStage {
  if (plan.cancelled) return 'cancelled'
  if (state.headCount === null) return plan.on > today ? 'ahead' : 'open'
  return state.lessons.length > 0 ? 'logged' : 'called'
}

/** The lessons of a class with what is known of each, in order of time. */
export function lessonsOf(
  of: MyClass,
  stateAt: (sessionId: SessionId) => SessionState | undefined,
  today: CalendarDate,
): DayLesson[] {
  const states = of.state.sessions.map(({ sessionId }) => stateAt(sessionId) ?? emptyState('session'))
  const proposed = nextModule(syllabusProgress(of.syllabus, states))?.module.title
  const firstOpen = of.state.sessions.findIndex(
    ({ cancelled }, index) => !cancelled && states[index]?.lessons.length === 0,
  )
  const modules = new Map((of.syllabus?.modules ?? []).map(({ moduleId, title }) => [moduleId, title]))
  return of.state.sessions.map((plan, index) => {
    const state = states[index] ?? emptyState('session')
    const { expectedCount, presentCount } = headCount(of.roster, state, plan.on)
    const logged = state.lessons.flatMap(({ moduleId }) => modules.get(moduleId) ?? [])
    return {
      key: `${of.classId}/${plan.sessionId}`,
      classId: of.classId,
      sessionId: plan.sessionId,
      of,
      plan,
      state,
      stage: stageOf(plan, state, today),
      expectedCount,
      presentCount: state.headCount?.spokenCount ?? presentCount,
      moduleTitles: index === firstOpen && proposed !== undefined ? [proposed] : logged,
    }
  })
}

function byTime(first: DayLesson, second: DayLesson): number {
  const key = ({ plan }: DayLesson) => `${plan.on} ${plan.startsAt}`
  return key(first).localeCompare(key(second))
}

/** The lesson to act on now: under way or about to begin and not called yet, else the next one, else the last one left open. */
function currentOf(today: readonly DayLesson[], minute: number): DayLesson | undefined {
  const open = today.filter(({ stage }) => stage === 'open')
  const startOf = ({ plan }: DayLesson) => minutesOfDay(plan.startsAt)
  const isUnderWay = (lesson: DayLesson) =>
    startOf(lesson) - MINUTES_BEFORE <= minute && minute < startOf(lesson) + lesson.plan.minutes
  return open.find(isUnderWay) ?? open.find((lesson) => startOf(lesson) > minute) ?? open.at(-1)
}

/** Lessons of earlier days that are not finished, oldest first, then taught classes whose scores are missing. Those of today stand in the list of today. */
function unfinishedOf(
  lessons: readonly DayLesson[],
  classes: readonly MyClass[],
  assessmentAt: (classId: ClassId) => AssessmentState,
  rules: HouseRules,
  today: CalendarDate,
): Unfinished[] {
  const earlier = lessons.filter(({ plan }) => plan.on < today)
  const left = earlier.flatMap((lesson): Unfinished[] => {
    if (lesson.stage === 'open') return [{ kind: 'rollCall', key: `call/${lesson.key}`, lesson }]
    return lesson.stage === 'called' ? [{ kind: 'lessonLog', key: `log/${lesson.key}`, lesson }] : []
  })
  const scores = classes.flatMap((of): Unfinished[] => {
    const sessions = lessons.filter(({ classId }) => classId === of.classId)
    const missingCount = isTaught(sessions, today) ? missingScores(of, sessions, assessmentAt(of.classId), rules) : 0
    return missingCount === 0 ? [] : [{ kind: 'scores', key: `scores/${of.classId}`, of, missingCount }]
  })
  return [...left, ...scores]
}

/** Whether the class has been taught to its end: something was held, and the last lesson was too, or its day is past. */
function isTaught(lessons: readonly DayLesson[], today: CalendarDate): boolean {
  const last = lessons.filter(({ plan }) => !plan.cancelled).at(-1)
  return last !== undefined && lessons.some(isHeld) && (last.plan.on < today || isHeld(last))
}

/** How many of those expected at the assessment lack a result; who is barred is not waited for. @rule ASM-12 */
function missingScores(
  { state, roster }: MyClass,
  sessions: readonly DayLesson[],
  assessment: AssessmentState,
  rules: HouseRules,
): number {
  const record = { classState: state, roster, sessions, assessment, rules }
  return activeMembers(roster).filter(
    ({ traineeId }) => !isBarred(record, traineeId) && !hasBothParts(assessment, traineeId),
  ).length
}

export function useDayList() {
  const today = useToday()
  const now = useNow()
  const mine = useMyClasses()
  const rules = useHouseRules()
  const running = computed(() => (mine.value ?? []).filter(({ state }) => state.phase === 'open'))
  const sessions = useLiveStreams('session', () =>
    running.value.flatMap((of) => of.state.sessions.map(({ sessionId }) => sessionStream(of.classId, sessionId))),
  )
  const assessments = useLiveStreams('assessment', () => running.value.map(({ classId }) => assessmentStream(classId)))

  const lessons = computed(() =>
    running.value
      .flatMap((of) => lessonsOf(of, (id) => sessions.value?.get(sessionStream(of.classId, id)), today.value))
      .sort(byTime),
  )
  const todays = computed(() => lessons.value.filter(({ plan }) => plan.on === today.value))
  const minute = computed(() => minuteOf(now.value))
  return {
    today,
    now,
    mine,
    ready: computed(() => mine.value !== undefined && sessions.value !== undefined),
    todays,
    current: computed(() => currentOf(todays.value, minute.value)),
    next: computed(() =>
      lessons.value.filter(({ plan, stage }) => plan.on > today.value && stage !== 'cancelled').slice(0, NEXT_MAX),
    ),
    unfinished: computed(() =>
      unfinishedOf(
        lessons.value,
        running.value,
        (id) => assessments.value?.get(assessmentStream(id)) ?? emptyState('assessment'),
        rules.value,
        today.value,
      ),
    ),
  }
}
