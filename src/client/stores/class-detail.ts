// One class with everything that belongs to it, live: plan, roster, lessons, scores, certificates. The class page provides it, its parts read it.
import { computed, type ComputedRef, inject, type InjectionKey, provide, type Ref } from 'vue'
import type { HouseRules } from '#contract/kinds/facility.ts'
import type { Occupation, Syllabus } from '#contract/kinds/catalogue.ts'
import type { ClassId, TraineeId } from '#contract/values.ts'
import {
  assessmentStream,
  catalogueStream,
  certificatesStream,
  classStream,
  providerStream,
  roomStream,
  rosterStream,
  sessionStream,
} from '#contract/streams.ts'
import type { ProviderState, RoomState } from '#domain/access/state.ts'
import type { AssessmentState } from '#domain/assessment/state.ts'
import type { HeldSession } from '#domain/attendance/hours.ts'
import type { CertificatesState } from '#domain/certificate/state.ts'
import { activeMembers } from '#domain/enrollment/roster.ts'
import type { RosterMember, RosterState } from '#domain/enrollment/state.ts'
import { assert } from '#domain/shared/assert.ts'
import { emptyState } from '#domain/stream-folds.ts'
import type { ClassPlan, ClassState } from '#domain/training-class/state.ts'
import { useHouseRules } from '#client/stores/house-rules.ts'
import { useLiveState, useLiveStreams } from '#client/stores/live-state.ts'

/** A planned lesson with what was recorded of it. */
export type Lesson = HeldSession

export interface ClassDetail {
  readonly classId: ComputedRef<ClassId>
  /** False while any part is still being read. */
  readonly ready: ComputedRef<boolean>
  readonly state: ComputedRef<ClassState>
  readonly plan: ComputedRef<ClassPlan | null>
  readonly roster: ComputedRef<RosterState>
  readonly members: ComputedRef<readonly RosterMember[]>
  readonly lessons: ComputedRef<readonly Lesson[]>
  readonly assessment: ComputedRef<AssessmentState>
  readonly certificates: ComputedRef<CertificatesState>
  readonly occupation: ComputedRef<Occupation | null>
  readonly syllabus: ComputedRef<Syllabus | null>
  readonly provider: Readonly<Ref<ProviderState | undefined>>
  readonly room: Readonly<Ref<RoomState | undefined>>
  readonly rules: ComputedRef<HouseRules>
  memberOf(id: TraineeId): RosterMember | undefined
}

const detailKey: InjectionKey<ClassDetail> = Symbol('class-detail')

function useClassParts(classId: () => ClassId) {
  const state = useLiveState('class', () => classStream(classId()))
  const roster = useLiveState('roster', () => rosterStream(classId()))
  const assessment = useLiveState('assessment', () => assessmentStream(classId()))
  const certificates = useLiveState('certificates', () => certificatesStream(classId()))
  const sessions = useLiveStreams('session', () =>
    (state.value?.sessions ?? []).map((one) => sessionStream(classId(), one.sessionId)),
  )
  return { state, roster, assessment, certificates, sessions }
}

/** Reads one class live and hands it to the components below. */
export function provideClassDetail(id: () => ClassId): ClassDetail {
  const parts = useClassParts(id)
  const state = computed(() => parts.state.value ?? emptyState('class'))
  const plan = computed(() => state.value.plan)
  const roster = computed(() => parts.roster.value ?? emptyState('roster'))
  const catalogue = useLiveState('catalogue', () =>
    plan.value === null ? null : catalogueStream(plan.value.occupationId),
  )
  const detail: ClassDetail = {
    classId: computed(id),
    ready: computed(
      () =>
        parts.state.value !== undefined &&
        parts.roster.value !== undefined &&
        parts.sessions.value !== undefined &&
        parts.assessment.value !== undefined,
    ),
    state,
    plan,
    roster,
    members: computed(() => activeMembers(roster.value)),
    lessons: computed(() =>
      state.value.sessions.map((session) => ({
        plan: session,
        state: parts.sessions.value?.get(sessionStream(id(), session.sessionId)) ?? emptyState('session'),
      })),
    ),
    assessment: computed(() => parts.assessment.value ?? emptyState('assessment')),
    certificates: computed(() => parts.certificates.value ?? emptyState('certificates')),
    occupation: computed(() => catalogue.value?.occupation ?? null),
    syllabus: computed(
      () => catalogue.value?.syllabi.find(({ syllabusId }) => syllabusId === plan.value?.syllabusId) ?? null,
    ),
    provider: useLiveState('provider', () => (plan.value === null ? null : providerStream(plan.value.providerId))),
    room: useLiveState('room', () => (plan.value === null ? null : roomStream(plan.value.roomId))),
    rules: useHouseRules(),
    memberOf: (traineeId) => roster.value.members.find((member) => member.traineeId === traineeId),
  }
  provide(detailKey, detail)
  return detail
}

/** The class of the page this component stands in. */
export function useClassDetail(): ClassDetail {
  const detail = inject(detailKey, null)
  assert(detail !== null, 'a part of a class stands inside the page of a class')
  return detail
}
