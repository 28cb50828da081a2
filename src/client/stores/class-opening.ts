// What opening a class needs, and what the law would say now.
import { computed } from 'vue'
import type { CalendarDate } from '#contract/values.ts'
import { classStream, facilityStream, providerStream, rosterStream, traineeStream } from '#contract/streams.ts'
import { openClass } from '#domain/enrollment/decide-opening.ts'
import { rosterFindings } from '#domain/enrollment/findings.ts'
import { emptyState } from '#domain/stream-folds.ts'
import { useClassDetail } from '#client/stores/class-detail.ts'
import { useToday } from '#client/stores/clock.ts'
import { useLiveState, useLiveStreams } from '#client/stores/live-state.ts'
import { readerOver } from '#client/stores/local-reader.ts'
import { useSignIn } from '#client/stores/sign-in.ts'

export function useClassOpening() {
  const detail = useClassDetail()
  const signIn = useSignIn()
  const today = useToday()
  const facility = useLiveState('facility', () => facilityStream)
  const trainees = useLiveStreams('trainee', () =>
    detail.members.value.map(({ traineeId }) => traineeStream(traineeId)),
  )
  const reader = computed(() => {
    const id = detail.classId.value
    const plan = detail.plan.value
    return readerOver({
      facility: [{ stream: facilityStream, state: facility.value ?? emptyState('facility') }],
      class: [{ stream: classStream(id), state: detail.state.value }],
      roster: [{ stream: rosterStream(id), state: detail.roster.value }],
      provider:
        plan && detail.provider.value
          ? [{ stream: providerStream(plan.providerId), state: detail.provider.value }]
          : [],
      trainee: [...(trainees.value ?? new Map())].map(([stream, state]) => ({ stream, state })),
    })
  })
  const refusal = computed(() => {
    if (signIn.staff === null || trainees.value === undefined) return null
    const body = { classId: detail.classId.value, openedOn: today.value as CalendarDate }
    const answer = openClass.decide(body, reader.value, {
      actorId: signIn.staff.staffId,
      role: signIn.staff.role,
      today: today.value,
    })
    return answer.ok ? null : answer.refusal
  })
  const leavingEarly = computed(() =>
    rosterFindings(detail.state.value, detail.roster.value, (id) => trainees.value?.get(traineeStream(id))),
  )
  return { detail, ready: computed(() => trainees.value !== undefined), refusal, leavingEarly }
}
