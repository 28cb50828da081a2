// What a roll call adds up to.
import type { CalendarDate } from '#contract/values.ts'
import { activeMembers, membersOn } from '../enrollment/roster.ts'
import type { RosterState } from '../enrollment/state.ts'
import { lookup } from '../shared/lookup.ts'
import type { SessionState } from './state.ts'

/** Numbers of people. `presentCount`: who is or was in the room, late and leaving early included. */
export interface HeadCountSummary {
  readonly expectedCount: number
  readonly presentCount: number
  readonly absentCount: number
  readonly excusedCount: number
  readonly lateCount: number
  readonly leftEarlyCount: number
}

/** Counts the roll call of one lesson: members on the day `on` of the lesson, or the present members when no day is given. @rule ATT-1 */
export function headCount(roster: RosterState, state: SessionState, on?: CalendarDate): HeadCountSummary {
  const members = on === undefined ? activeMembers(roster) : membersOn(roster, on)
  const count = (mark: string) =>
    members.filter(({ traineeId }) => lookup(state.marks, traineeId)?.mark === mark).length
  const absentCount = count('absent')
  const excusedCount = count('excused')
  return {
    expectedCount: members.length,
    presentCount: members.length - absentCount - excusedCount,
    absentCount,
    excusedCount,
    lateCount: count('late'),
    leftEarlyCount: count('leftEarly'),
  }
}
