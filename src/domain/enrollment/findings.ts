// What looks odd about a roster.
import type { TraineeId } from '#contract/values.ts'
import type { Finding } from '../shared/finding.ts'
import type { TraineeState } from '../trainee/state.ts'
import type { ClassState } from '../training-class/state.ts'
import { activeMembers } from './roster.ts'
import type { RosterState } from './state.ts'

/** Members whose term ends before the class does, while it is planned or open. @clause 2 @rule ENR-6 */
export function rosterFindings(
  classState: ClassState,
  roster: RosterState,
  traineeOf: (id: TraineeId) => TraineeState | undefined,
): readonly Finding[] {
  const { plan, phase } = classState
  if (plan === null || (phase !== 'planned' && phase !== 'open')) return []
  return activeMembers(roster)
    .filter(({ traineeId }) => {
      const facts = traineeOf(traineeId)?.facts
      return facts !== null && facts !== undefined && facts.termEndsOn < plan.endsOn
    })
    .map(({ traineeId }) => ({ code: 'enrollment/term-ends-before-class', traineeId, entryIds: [], settled: false }))
}
