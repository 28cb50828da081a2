// Reading a roster: who is in the class now, and who was on a day.
import type { CalendarDate, TraineeId } from '#contract/values.ts'
import type { RosterMember, RosterState } from './state.ts'

/** Members not withdrawn, in the order of the paper. */
export function activeMembers(roster: RosterState): readonly RosterMember[] {
  return roster.members.filter((member) => member.withdrawnOn === null)
}

/** Whether the member belonged to the class on a day: from enrollment on, and up to the day before the withdrawal. @rule ENR-7 */
export function wasMemberOn(member: RosterMember, on: CalendarDate): boolean {
  return member.enrolledOn <= on && (member.withdrawnOn === null || on < member.withdrawnOn)
}

/** Members on a day, in the order of the paper. */
export function membersOn(roster: RosterState, on: CalendarDate): readonly RosterMember[] {
  return roster.members.filter((member) => wasMemberOn(member, on))
}

/** The member of that id, withdrawn or not. */
export function memberOf(roster: RosterState, traineeId: TraineeId): RosterMember | undefined {
  return roster.members.find((member) => member.traineeId === traineeId)
}

/** Whether he is in the class now. */
export function isActiveMember(roster: RosterState, traineeId: TraineeId): boolean {
  return memberOf(roster, traineeId)?.withdrawnOn === null
}
