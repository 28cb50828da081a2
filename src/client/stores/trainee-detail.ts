// One trainee with everything that belongs to him: facts, wishes, classes with hours and scores, certificates.
import { computed, type ComputedRef } from 'vue'
import type { Occupation } from '#contract/kinds/catalogue.ts'
import type { TraineeOutcome } from '#contract/kinds/training-class.ts'
import type { CalendarDate, ClassId, TraineeId } from '#contract/values.ts'
import {
  assessmentStream,
  certificatesStream,
  rosterStream,
  sessionStream,
  traineeStream,
  wishesStream,
} from '#contract/streams.ts'
import { latestAttempt } from '#domain/assessment/outcome.ts'
import type { ScoreRecord } from '#domain/assessment/state.ts'
import { attendedMinutes, taughtMinutes } from '#domain/attendance/hours.ts'
import type { CertificateRecord } from '#domain/certificate/state.ts'
import { memberOf } from '#domain/enrollment/roster.ts'
import type { RosterMember } from '#domain/enrollment/state.ts'
import { emptyState } from '#domain/stream-folds.ts'
import { judgeEligibility } from '#domain/trainee/eligibility.ts'
import { currentOutcomeOf } from '#domain/training-class/outcomes.ts'
import type { ClassPhase, ClassPlan, ClassState } from '#domain/training-class/state.ts'
import { useHouseRules } from '#client/stores/house-rules.ts'
import { useLiveFamily, useLiveState, useLiveStreams } from '#client/stores/live-state.ts'
import { usePeople } from '#client/stores/people.ts'

/** One class of one person. Minutes; `percent` is rounded down and null while nothing was taught. */
export interface ClassOfPerson {
  readonly classId: ClassId
  readonly plan: ClassPlan
  readonly phase: ClassPhase
  readonly occupation: Occupation | null
  readonly member: RosterMember
  readonly attended: number
  readonly taught: number
  readonly percent: number | null
  readonly theory: ScoreRecord | undefined
  readonly practical: ScoreRecord | undefined
  readonly outcome: TraineeOutcome['outcome'] | null
  readonly certificates: readonly CertificateRecord[]
}

interface OwnClass {
  readonly classId: ClassId
  readonly plan: ClassPlan
  readonly state: ClassState
  readonly member: RosterMember
}

/** The classes that ever had him on their roster, newest first. */
function useOwnClasses(id: () => TraineeId): ComputedRef<readonly OwnClass[] | undefined> {
  const classes = useLiveFamily('class')
  const rosters = useLiveFamily('roster')
  return computed(() => {
    if (classes.value === undefined || rosters.value === undefined) return undefined
    const rosterOf = new Map(rosters.value.map(({ stream, state }) => [stream, state]))
    const own = classes.value.flatMap(({ state }): OwnClass[] => {
      const roster = state.plan === null ? undefined : rosterOf.get(rosterStream(state.plan.classId))
      const member = roster && memberOf(roster, id())
      return state.plan !== null && member ? [{ classId: state.plan.classId, plan: state.plan, state, member }] : []
    })
    return own.sort((one, other) => (one.plan.startsOn < other.plan.startsOn ? 1 : -1))
  })
}

/** His hours, scores and certificates in these classes. */
function useClassRecords(
  id: () => TraineeId,
  own: ComputedRef<readonly OwnClass[] | undefined>,
): ComputedRef<readonly ClassOfPerson[] | undefined> {
  const list = computed(() => own.value ?? [])
  const sessions = useLiveStreams('session', () =>
    list.value.flatMap(({ classId, state }) =>
      state.sessions.map(({ sessionId }) => sessionStream(classId, sessionId)),
    ),
  )
  const assessments = useLiveStreams('assessment', () => list.value.map(({ classId }) => assessmentStream(classId)))
  const certificates = useLiveStreams('certificates', () =>
    list.value.map(({ classId }) => certificatesStream(classId)),
  )
  const catalogue = useLiveFamily('catalogue')
  function recordOf({ classId, plan, state, member }: OwnClass): ClassOfPerson {
    const held = state.sessions.map((session) => ({
      plan: session,
      state: sessions.value?.get(sessionStream(classId, session.sessionId)) ?? emptyState('session'),
    }))
    const assessment = assessments.value?.get(assessmentStream(classId)) ?? emptyState('assessment')
    const attended = attendedMinutes(id(), held, member.enrolledOn)
    const taught = taughtMinutes(held)
    return {
      classId,
      plan,
      member,
      attended,
      taught,
      phase: state.phase,
      occupation:
        catalogue.value?.find((entry) => entry.state.occupation?.occupationId === plan.occupationId)?.state
          .occupation ?? null,
      percent: taught === 0 ? null : Math.floor((attended / taught) * 100),
      theory: latestAttempt(assessment, id(), 'theory'),
      practical: latestAttempt(assessment, id(), 'practical'),
      outcome: currentOutcomeOf(state, id())?.outcome ?? null,
      certificates: (certificates.value?.get(certificatesStream(classId))?.certificates ?? []).filter(
        ({ traineeId }) => traineeId === id(),
      ),
    }
  }
  return computed(() =>
    own.value === undefined ||
    sessions.value === undefined ||
    assessments.value === undefined ||
    certificates.value === undefined
      ? undefined
      : own.value.map(recordOf),
  )
}

/** Reads one trainee live. */
export function useTraineeDetail(id: () => TraineeId) {
  const people = usePeople()
  const rules = useHouseRules()
  const state = useLiveState('trainee', () => traineeStream(id()))
  const wishes = useLiveState('wishes', () => wishesStream(id()))
  const catalogue = useLiveFamily('catalogue')
  const facts = computed(() => state.value?.facts ?? null)
  return {
    state,
    facts,
    wishes,
    rules,
    identity: computed(() => people.traineeOf(id())),
    classes: useClassRecords(id, useOwnClasses(id)),
    occupationOf: (occupationId: string): Occupation | null =>
      catalogue.value?.find((entry) => entry.state.occupation?.occupationId === occupationId)?.state.occupation ?? null,
    /** What the law says of him on a day. */
    judge: (on: CalendarDate) => (facts.value === null ? null : judgeEligibility(facts.value, on, rules.value)),
  }
}
export type TraineeDetailStore = ReturnType<typeof useTraineeDetail>
