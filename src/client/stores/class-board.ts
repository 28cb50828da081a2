// What needs doing now in the office, read from all running classes: open points, deadlines, findings, and the figures of the year.
import { computed } from 'vue'
import type { CalendarDate, ProviderId } from '#contract/values.ts'
import { assessmentStream, rosterStream, sessionStream } from '#contract/streams.ts'
import { isInDispute } from '#domain/assessment/disputes.ts'
import { planIssue } from '#domain/certificate/issue.ts'
import { completionItems, type CheckListItem } from '#domain/completion/check-list.ts'
import { openFindings } from '#domain/completion/class-record.ts'
import { reportingDaysLeft, reportingDueOn } from '#domain/reporting/deadlines.ts'
import { addDays, weekday } from '#domain/shared/calendar.ts'
import { workingDaysBetween } from '#domain/shared/working-days.ts'
import { emptyState } from '#domain/stream-folds.ts'
import { judgeEligibility } from '#domain/trainee/eligibility.ts'
import { currentOutcomes } from '#domain/training-class/outcomes.ts'
import { type ClassSummary, useClassList } from '#client/stores/class-list.ts'
import { useToday } from '#client/stores/clock.ts'
import { useHouseRules } from '#client/stores/house-rules.ts'
import { useLiveFamily, useLiveStreams } from '#client/stores/live-state.ts'
import { useStaffStates } from '#client/stores/staff-states.ts'

/** Something a person has to do in a class. `count` fills the sentence. */
interface BoardTask {
  readonly kind: 'fill' | 'open' | 'count' | 'findings' | 'complete' | 'seal' | 'issue'
  readonly of: ClassSummary
  readonly count: number
  readonly route: string
}

/** A day something is due. `daysLeft` in working days, negative when past, null without calendar. */
export interface BoardDeadline {
  readonly kind: 'report' | 'qualification'
  readonly key: string
  readonly name: string
  readonly of: ClassSummary | null
  readonly dueOn: CalendarDate
  readonly daysLeft: number | null
}

/** The share of people present in the lessons of one class in one week; null without a counted lesson. */
export interface BoardWeek {
  readonly monday: CalendarDate
  readonly percent: number | null
}

const QUALIFICATION_DAYS = 90
const WEEKS_SHOWN = 12
const SOON_DAYS = 7

function useRunning() {
  const list = useClassList()
  const rules = useHouseRules()
  const rosters = useLiveFamily('roster')
  const staff = useStaffStates()
  const running = computed(() =>
    (list.classes.value ?? []).filter(({ state }) => state.phase === 'open' || state.phase === 'completed'),
  )
  const sessions = useLiveStreams('session', () =>
    running.value.flatMap(({ classId, state }) =>
      state.sessions.map(({ sessionId }) => sessionStream(classId, sessionId)),
    ),
  )
  const assessments = useLiveStreams('assessment', () =>
    [...running.value, ...(list.classes.value ?? []).filter(awaitsCertificates)].map(({ classId }) =>
      assessmentStream(classId),
    ),
  )
  const assessmentOf = ({ classId }: ClassSummary) =>
    assessments.value?.get(assessmentStream(classId)) ?? emptyState('assessment')
  function recordOf(of: ClassSummary) {
    const { classId, state } = of
    return {
      classState: state,
      roster: rosters.value?.find(({ stream }) => stream === rosterStream(classId))?.state ?? emptyState('roster'),
      sessions: state.sessions.map((plan) => ({
        plan,
        state: sessions.value?.get(sessionStream(classId, plan.sessionId)) ?? emptyState('session'),
      })),
      assessment: assessmentOf(of),
      rules: rules.value,
      staff: staff.value,
      // Fewer hours than the syllabus ask for a reason when somebody completes; nothing is left to do before.
      syllabusMinutes: null,
    }
  }
  const ready = computed(
    () =>
      list.classes.value !== undefined &&
      rosters.value !== undefined &&
      sessions.value !== undefined &&
      assessments.value !== undefined,
  )
  return { list, rules, running, assessmentOf, recordOf, ready }
}

type Running = ReturnType<typeof useRunning>

/** Whether somebody who passed in a sealed class of this facility's own route holds no certificate. */
function awaitsCertificates({ state, plan, certificates }: ClassSummary): boolean {
  const held = (certificates?.certificates ?? []).filter(({ voided }) => voided === null).length
  const passed = currentOutcomes(state).filter(({ outcome }) => outcome === 'passed').length
  return state.phase === 'sealed' && plan.certificateKind === 'training' && held < passed
}

/** What is left of a sealed class: results in dispute, and certificates to be issued. */
function sealedTasks(of: ClassSummary, { list, assessmentOf }: Running): BoardTask[] {
  if (!awaitsCertificates(of)) return []
  const assessment = assessmentOf(of)
  const code = list.providerOf(of.plan.providerId)?.code ?? ''
  const waiting = planIssue(of.state, of.certificates ?? emptyState('certificates'), assessment, code).length
  const disputed = currentOutcomes(of.state).filter(({ traineeId }) => isInDispute(assessment, traineeId)).length
  return [
    ...(disputed > 0 ? [{ kind: 'findings' as const, of, count: disputed, route: 'admin-class-findings' }] : []),
    ...(waiting > 0 ? [{ kind: 'issue' as const, of, count: waiting, route: 'admin-class-certificates' }] : []),
  ]
}

function tasksOf(of: ClassSummary, today: CalendarDate, running: Running): BoardTask[] {
  const { phase } = of.state
  if (phase === 'planned') {
    if (of.memberCount === 0) return [{ kind: 'fill', of, count: of.plan.seatCap, route: 'admin-class-roster' }]
    return of.plan.startsOn <= addDays(today, SOON_DAYS)
      ? [{ kind: 'open', of, count: of.memberCount, route: 'admin-class' }]
      : []
  }
  if (phase === 'sealed') return sealedTasks(of, running)
  const record = running.recordOf(of)
  const findings = openFindings(record).length
  const settle: BoardTask[] =
    findings > 0 ? [{ kind: 'findings', of, count: findings, route: 'admin-class-findings' }] : []
  if (phase === 'completed')
    return [...settle, { kind: 'seal', of, count: of.state.completion?.outcomes.length ?? 0, route: 'admin-class' }]
  const lessons = record.sessions.filter(({ plan }) => !plan.cancelled)
  const uncounted = lessons.filter(({ plan, state }) => plan.on < today && state.headCount === null).length
  const count: BoardTask[] =
    uncounted > 0 ? [{ kind: 'count', of, count: uncounted, route: 'admin-class-timetable' }] : []
  const isOver = lessons.every(({ plan }) => plan.on <= today)
  const left = completionItems(record, { today }).filter(({ status }: CheckListItem) => status === 'open').length
  return [
    ...settle,
    ...count,
    ...(isOver ? [{ kind: 'complete' as const, of, count: left, route: 'admin-class' }] : []),
  ]
}

function deadlinesOf(
  classes: readonly ClassSummary[],
  providers: readonly { readonly id: ProviderId; readonly name: string; readonly until: CalendarDate }[],
  today: CalendarDate,
): BoardDeadline[] {
  const reports = classes.flatMap((of): BoardDeadline[] => {
    const completedOn = of.state.completion?.completedOn
    const dueOn = completedOn ? reportingDueOn(completedOn) : null
    if (!completedOn || dueOn === null || dueOn < addDays(today, -30)) return []
    return [{ kind: 'report', key: of.classId, name: '', of, dueOn, daysLeft: reportingDaysLeft(completedOn, today) }]
  })
  const expiring = providers
    .filter(({ until }) => until <= addDays(today, QUALIFICATION_DAYS))
    .map(
      ({ id, name, until }): BoardDeadline => ({
        kind: 'qualification',
        key: id,
        name,
        of: null,
        dueOn: until,
        daysLeft: until < today ? -1 : workingDaysBetween(today, until),
      }),
    )
  return [...reports, ...expiring].sort((one, other) => (one.dueOn < other.dueOn ? -1 : 1))
}

function weekOf(of: ClassSummary, monday: CalendarDate, running: Running): BoardWeek {
  const sunday = addDays(monday, 6)
  const counts = running
    .recordOf(of)
    .sessions.filter(({ plan }) => plan.on >= monday && plan.on <= sunday)
    .flatMap(({ state }) => (state.headCount ? [state.headCount] : []))
  const expected = counts.reduce((sum, { expectedCount }) => sum + expectedCount, 0)
  const present = counts.reduce((sum, { markedPresentCount }) => sum + markedPresentCount, 0)
  return { monday, percent: expected === 0 ? null : Math.round((present / expected) * 100) }
}

/** How many become eligible, and the steps from wish to certificate in numbers of people. */
function useYear(running: Running) {
  const today = useToday()
  const trainees = useLiveFamily('trainee')
  const wishes = useLiveFamily('wishes')
  const present = computed(() =>
    (trainees.value ?? []).flatMap(({ state }) =>
      state.presence === 'present' && state.facts ? [{ id: state.traineeId, facts: state.facts }] : [],
    ),
  )
  const eligibility = computed(() => {
    const on = (day: CalendarDate) =>
      new Set(
        present.value
          .filter(({ facts }) => judgeEligibility(facts, day, running.rules.value).eligible)
          .map(({ id }) => id),
      )
    const now = on(today.value)
    const before = on(addDays(today.value, -30))
    const soon = on(addDays(today.value, 30))
    return {
      now: now.size,
      fresh: [...now].filter((id) => !before.has(id)).length,
      soon: [...soon].filter((id) => !now.has(id)).length,
    }
  })
  const steps = computed(() => {
    const classes = running.list.classes.value ?? []
    const outcomes = classes.flatMap(({ state }) => currentOutcomes(state))
    return [
      { key: 'trainees', value: present.value.length },
      { key: 'eligible', value: eligibility.value.now },
      { key: 'wishes', value: (wishes.value ?? []).filter(({ state }) => state.wishes.length > 0).length },
      { key: 'placed', value: classes.reduce((sum, { memberCount }) => sum + memberCount, 0) },
      { key: 'assessed', value: outcomes.filter(({ outcome }) => outcome !== 'notAssessed').length },
      { key: 'passed', value: outcomes.filter(({ outcome }) => outcome === 'passed').length },
      {
        key: 'certificates',
        value: classes.reduce(
          (sum, { certificates }) =>
            sum + (certificates?.certificates ?? []).filter(({ voided }) => voided === null).length,
          0,
        ),
      },
    ]
  })
  return { eligibility, steps, ready: computed(() => trainees.value !== undefined && wishes.value !== undefined) }
}

export function useClassBoard() {
  const running = useRunning()
  const today = useToday()
  const year = useYear(running)
  const providers = useLiveFamily('provider')
  const tasks = computed(() => (running.list.classes.value ?? []).flatMap((of) => tasksOf(of, today.value, running)))
  const deadlines = computed(() => {
    const known = (providers.value ?? []).flatMap(({ state }) =>
      state.providerId && state.qualificationValidUntil
        ? [{ id: state.providerId, name: state.name, until: state.qualificationValidUntil }]
        : [],
    )
    return deadlinesOf(running.list.classes.value ?? [], known, today.value)
  })
  const weeks = computed(() => {
    const monday = addDays(today.value, 1 - weekday(today.value))
    return Array.from({ length: WEEKS_SHOWN }, (_, index) => addDays(monday, (index - WEEKS_SHOWN + 1) * 7))
  })
  const heat = computed(() =>
    running.running.value
      .map((of) => ({ of, weeks: weeks.value.map((monday) => weekOf(of, monday, running)) }))
      .filter((row) => row.weeks.some(({ percent }) => percent !== null)),
  )
  return {
    ready: computed(() => running.ready.value && year.ready.value),
    classes: running.list.classes,
    tasks,
    deadlines,
    weeks,
    heat,
    eligibility: year.eligibility,
    steps: year.steps,
  }
}
