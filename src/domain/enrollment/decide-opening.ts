// Decider of opening a class, once it is filled.
import type { ActBody } from '#contract/commands/acts.ts'
import type { FacilityState, ProviderState } from '../access/state.ts'
import type { Decider, StateReader } from '../shared/decider.ts'
import { draftEntry } from '../shared/draft.ts'
import type { RefusalCode } from '../shared/refusal.ts'
import { refused } from '../shared/refusal.ts'
import { accepted } from '../shared/result.ts'
import { judgeEligibility } from '../trainee/eligibility.ts'
import type { TraineeState } from '../trainee/state.ts'
import type { ClassPlan, ClassState } from '../training-class/state.ts'
import { activeMembers } from './roster.ts'
import type { RosterState } from './state.ts'

interface Reads {
  facility: FacilityState
  provider: ProviderState
  trainee: TraineeState
  class: ClassState
  roster: RosterState
}

/** The first reason of each member who may not be trained on the first day, in the order of the paper. */
function reasonsAgainst(plan: ClassPlan, read: StateReader<Reads>): readonly RefusalCode[] {
  const { rules } = read.state('facility', 'facility')
  return activeMembers(read.state('roster', `class/${plan.classId}/roster`)).flatMap(({ traineeId }) => {
    const { facts, presence } = read.state('trainee', `trainee/${traineeId}`)
    if (facts === null || presence !== 'present') return ['trainee/not-present' as const]
    return judgeEligibility(facts, plan.startsOn, rules).reasons.slice(0, 1)
  })
}

/**
 * Opens a planned class that has lessons and trainees, each still eligible on its first planned day, with a provider still qualified then.
 * Where members are not eligible the refusal is the first one's reason and `count` says how many there are.
 * Refuses: class/unknown, class/wrong-phase, class/no-sessions, class/no-trainees, class/provider-not-qualified, trainee/not-present and the
 * reasons of eligibility. @clause 2 @rule CLS-7
 */
export const openClass: Decider<ActBody<'openClass'>, Reads> = {
  needs(body, read) {
    const { plan } = read.state('class', `class/${body.classId}`)
    const roster = `class/${body.classId}/roster`
    const members = activeMembers(read.state('roster', roster)).map(({ traineeId }) => `trainee/${traineeId}`)
    return [
      'facility',
      `class/${body.classId}`,
      roster,
      ...members,
      ...(plan === null ? [] : [`provider/${plan.providerId}`]),
    ]
  },
  decide(body, read, context) {
    const stream = `class/${body.classId}`
    const { phase, plan, sessions } = read.state('class', stream)
    if (plan === null) return refused('class/unknown')
    if (phase !== 'planned') return refused('class/wrong-phase')
    if (sessions.every(({ cancelled }) => cancelled)) return refused('class/no-sessions')
    if (activeMembers(read.state('roster', `${stream}/roster`)).length === 0) return refused('class/no-trainees')
    const validUntil = read.state('provider', `provider/${plan.providerId}`).qualificationValidUntil
    if (validUntil === null || validUntil < plan.startsOn)
      return refused('class/provider-not-qualified', { validUntil: validUntil ?? '' })
    const reasons = reasonsAgainst(plan, read)
    const first = reasons[0]
    if (first !== undefined) return refused(first, { count: reasons.length, on: plan.startsOn })
    return accepted([draftEntry('class.opened.v1', stream, body, context)])
  },
}
