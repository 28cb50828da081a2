// Who may fill a class: the wishes ranked by the law, and the search over everyone with the reason of those who may not.
import { type ComputedRef, computed } from 'vue'
import type { StreamId } from '#contract/envelope.ts'
import type { CalendarDate, TraineeId } from '#contract/values.ts'
import { wishesStream } from '#contract/streams.ts'
import { overlappingClassStreams } from '#domain/enrollment/decide-roster.ts'
import { type Candidate, proposeFill } from '#domain/enrollment/fill-proposal.ts'
import { activeMembers, isActiveMember } from '#domain/enrollment/roster.ts'
import type { RefusalCode } from '#domain/shared/refusal.ts'
import { emptyState } from '#domain/stream-folds.ts'
import type { StreamStates } from '#domain/stream-states.ts'
import { judgeEligibility } from '#domain/trainee/eligibility.ts'
import type { ClassPlan } from '#domain/training-class/state.ts'
import { type ClassDetail, useClassDetail } from '#client/stores/class-detail.ts'
import { useLiveFamily } from '#client/stores/live-state.ts'
import { usePeople } from '#client/stores/people.ts'
import { searchPeople } from '#client/stores/person-search.ts'

/** One person as the roster page shows him: null reason means he may be enrolled now. */
export interface RosterCandidate {
  readonly traineeId: TraineeId
  readonly wishRank: number | null
  readonly reason: RefusalCode | null
  readonly eligibleFrom: CalendarDate | null
  readonly caution: RefusalCode | null
}

const SEARCH_MAX = 30

/** The trainees who hold a certificate of the class's occupation and level, or passed it, in another class. */
function certifiedBefore(
  plan: ClassPlan,
  classes: readonly { readonly state: StreamStates['class'] }[],
): ReadonlySet<TraineeId> {
  const same = classes.filter(
    ({ state }) =>
      state.plan !== null &&
      state.plan.classId !== plan.classId &&
      state.plan.occupationId === plan.occupationId &&
      state.plan.skillLevel === plan.skillLevel,
  )
  return new Set(
    same.flatMap(({ state }) =>
      (state.completion?.outcomes ?? [])
        .filter(({ outcome }) => outcome === 'passed')
        .map(({ traineeId }) => traineeId),
    ),
  )
}

/** Everyone on this device with facts and wishes, and whether he sits in another class at the time. */
function useCandidates(planOf: () => ClassPlan | null) {
  const trainees = useLiveFamily('trainee')
  const wishes = useLiveFamily('wishes')
  const classes = useLiveFamily('class')
  const rosters = useLiveFamily('roster')
  const ready = computed(() => [trainees, wishes, classes, rosters].every((family) => family.value !== undefined))
  const candidates = computed(() => {
    const plan = planOf()
    if (plan === null) return new Map<TraineeId, Candidate>()
    const others = new Set<StreamId>(overlappingClassStreams(plan, classes.value ?? []))
    const busy = new Set(
      (rosters.value ?? [])
        .filter(({ stream }) => others.has(stream))
        .flatMap(({ state }) => activeMembers(state).map(({ traineeId }) => traineeId)),
    )
    const certified = certifiedBefore(plan, classes.value ?? [])
    const wishesAt = new Map((wishes.value ?? []).map(({ stream, state }) => [stream, state]))
    return new Map(
      (trainees.value ?? []).flatMap(({ state }): [TraineeId, Candidate][] => {
        const id = state.traineeId
        if (id === null || state.presence !== 'present') return []
        return [
          [
            id,
            {
              trainee: state,
              wishes: wishesAt.get(wishesStream(id)) ?? emptyState('wishes'),
              busy: busy.has(id),
              certified: certified.has(id),
            },
          ],
        ]
      }),
    )
  })
  return {
    ready,
    candidates,
  }
}

type EligibleFrom = (id: TraineeId, plan: ClassPlan) => CalendarDate | null

/** The search over everyone outside the class. */
function useSearch(
  detail: ClassDetail,
  candidates: ComputedRef<ReadonlyMap<TraineeId, Candidate>>,
  eligibleFrom: EligibleFrom,
) {
  const people = usePeople()
  function reasonAgainst({ trainee, busy }: Candidate, plan: ClassPlan): RefusalCode | null {
    if (trainee.facts === null) return 'trainee/not-present'
    if (busy) return 'enrollment/in-other-class'
    return judgeEligibility(trainee.facts, plan.startsOn, detail.rules.value).reasons[0] ?? null
  }
  function shown(traineeId: TraineeId, candidate: Candidate, plan: ClassPlan): RosterCandidate {
    const rank = candidate.wishes.wishes.findIndex(
      (wish) => wish.occupationId === plan.occupationId && wish.skillLevel === plan.skillLevel,
    )
    return {
      traineeId,
      wishRank: rank < 0 ? null : rank + 1,
      reason: reasonAgainst(candidate, plan),
      eligibleFrom: eligibleFrom(traineeId, plan),
      caution: candidate.certified ? 'enrollment/same-certificate-before' : null,
    }
  }
  /** People outside the class whose name, number, pinyin or initials hold the text, the best fit first. */
  function search(text: string): RosterCandidate[] {
    const plan = detail.plan.value
    if (plan === null) return []
    const outside = [...candidates.value]
      .filter(([traineeId]) => !isActiveMember(detail.roster.value, traineeId))
      .map(([traineeId, candidate]) => ({ traineeId, candidate, identity: people.traineeOf(traineeId) }))
    return searchPeople(outside, text)
      .slice(0, SEARCH_MAX)
      .map(({ traineeId, candidate }) => shown(traineeId, candidate, plan))
  }
  return search
}

export function useClassRoster() {
  const detail = useClassDetail()
  const pool = useCandidates(() => detail.plan.value)
  const eligibleFrom: EligibleFrom = (id, plan) => {
    const facts = pool.candidates.value.get(id)?.trainee.facts
    return facts ? judgeEligibility(facts, plan.startsOn, detail.rules.value).eligibleFrom : null
  }

  const proposal = computed(() => {
    const plan = detail.plan.value
    if (plan === null) return { proposed: [], waiting: [] }
    const { proposed, waiting } = proposeFill(
      plan,
      detail.roster.value,
      [...pool.candidates.value.values()],
      detail.rules.value,
    )
    return {
      proposed: proposed.map((place): RosterCandidate => ({ ...place, reason: null, eligibleFrom: plan.startsOn })),
      waiting: waiting.map(
        (place): RosterCandidate => ({ ...place, eligibleFrom: eligibleFrom(place.traineeId, plan) }),
      ),
    }
  })
  const freeSeats = computed(() => Math.max(0, (detail.plan.value?.seatCap ?? 0) - detail.members.value.length))

  const search = useSearch(detail, pool.candidates, eligibleFrom)
  return { ready: pool.ready, proposal, freeSeats, search }
}
