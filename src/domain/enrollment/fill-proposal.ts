// Whom to enroll in a class, proposed from the wishes. A proposal binds nobody.
import type { HouseRules } from '#contract/kinds/facility.ts'
import type { CalendarDate, TraineeId } from '#contract/values.ts'
import type { RefusalCode } from '../shared/refusal.ts'
import { judgeEligibility } from '../trainee/eligibility.ts'
import type { TraineeState, WishesState } from '../trainee/state.ts'
import type { ClassPlan } from '../training-class/state.ts'
import { activeMembers, isActiveMember } from './roster.ts'
import type { RosterState } from './state.ts'

/** Somebody who may come in question. `busy`: in another class at the time. `certified`: has had this occupation and level before. */
export interface Candidate {
  readonly trainee: TraineeState
  readonly wishes: WishesState
  readonly busy: boolean
  readonly certified: boolean
}

/** A place in the proposal. `caution` does not keep anybody out; it is for a person to weigh. */
export interface ProposedPlace {
  readonly traineeId: TraineeId
  readonly wishRank: number
  readonly registeredOn: CalendarDate
  readonly caution: RefusalCode | null
}

/** Somebody who wished for it and is not proposed, with the reason. */
export interface WaitingPlace extends ProposedPlace {
  readonly reason: RefusalCode
}

function reasonAgainst(candidate: Candidate, plan: ClassPlan, rules: HouseRules): RefusalCode | null {
  const { facts, presence } = candidate.trainee
  if (facts === null || presence !== 'present') return 'trainee/not-present'
  if (candidate.busy) return 'enrollment/in-other-class'
  return judgeEligibility(facts, plan.startsOn, rules).reasons[0] ?? null
}

function placeOf(candidate: Candidate, plan: ClassPlan): ProposedPlace[] {
  const { trainee, wishes, certified } = candidate
  const index = wishes.wishes.findIndex(
    (wish) => wish.occupationId === plan.occupationId && wish.skillLevel === plan.skillLevel,
  )
  if (index < 0 || trainee.traineeId === null || wishes.registeredOn === null) return []
  const caution = certified ? 'enrollment/same-certificate-before' : null
  return [{ traineeId: trainee.traineeId, wishRank: index + 1, registeredOn: wishes.registeredOn, caution }]
}

function byRankThenDay(first: ProposedPlace, second: ProposedPlace): number {
  const byRank = first.wishRank - second.wishRank
  if (byRank !== 0) return byRank
  const key = (place: ProposedPlace) => `${place.registeredOn} ${place.traineeId}`
  return key(first) < key(second) ? -1 : 1
}

/**
 * Ranks those who wished for the class's occupation and level: by rank of the wish, then by day of registering, then by id. The eligible fill
 * the free seats; the others wait with a reason. Members of the class are left out.
 * @clause 4 @rule ENR-5
 */
export function proposeFill(
  plan: ClassPlan,
  roster: RosterState,
  candidates: readonly Candidate[],
  rules: HouseRules,
): { readonly proposed: readonly ProposedPlace[]; readonly waiting: readonly WaitingPlace[] } {
  const seats = Math.max(0, plan.seatCap - activeMembers(roster).length)
  const ranked = candidates
    .flatMap((candidate) =>
      placeOf(candidate, plan).map((place) => ({ place, reason: reasonAgainst(candidate, plan, rules) })),
    )
    .filter(({ place }) => !isActiveMember(roster, place.traineeId))
    .sort((first, second) => byRankThenDay(first.place, second.place))
  const eligible = ranked.filter(({ reason }) => reason === null).map(({ place }) => place)
  const proposed = eligible.slice(0, seats)
  const places = new Set(proposed.map(({ traineeId }) => traineeId))
  const waiting = ranked
    .filter(({ place }) => !places.has(place.traineeId))
    .map(({ place, reason }) => ({ ...place, reason: reason ?? ('enrollment/class-full' as const) }))
  return { proposed, waiting }
}
