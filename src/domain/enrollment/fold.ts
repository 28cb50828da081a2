// Fold of one class's roster.
import type { RecordedEntry } from '#contract/envelope.ts'
import { kindedEntry } from '../shared/kinded-entry.ts'
import type { RosterMember, RosterState } from './state.ts'

export const emptyRoster: RosterState = { members: [] }

/** Folds one entry of `class/<id>/roster`. Someone enrolled again after a withdrawal takes his old place and day. @rule ENR-4 */
export function foldRoster(state: RosterState, recorded: RecordedEntry): RosterState {
  const entry = kindedEntry(recorded)
  switch (entry.kind) {
    case 'enrollment.enrolled.v1': {
      const { traineeId, wishRank } = entry.body
      const member: RosterMember = {
        traineeId,
        enrolledOn: entry.occurredOn,
        wishRank,
        withdrawnOn: null,
        withdrawalReason: null,
      }
      const before = state.members.find((one) => one.traineeId === traineeId)
      if (before === undefined) return { members: [...state.members, member] }
      const back = { ...member, enrolledOn: before.enrolledOn }
      return { members: state.members.map((one) => (one === before ? back : one)) }
    }
    case 'enrollment.withdrawn.v1': {
      const { traineeId, withdrawnOn, reason } = entry.body
      return {
        members: state.members.map((one) =>
          one.traineeId === traineeId ? { ...one, withdrawnOn, withdrawalReason: reason } : one,
        ),
      }
    }
    default:
      return state
  }
}
