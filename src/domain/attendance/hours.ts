// Minutes taught, attended, missed and made up. Everything is counted from the marks each time; no total is ever stored by hand.
import type { CalendarDate, TraineeId } from '#contract/values.ts'
import { lookup } from '../shared/lookup.ts'
import type { PlannedSession } from '../training-class/state.ts'
import type { SessionState } from './state.ts'

/** A lesson with what was recorded of it. */
export interface HeldSession {
  readonly plan: PlannedSession
  readonly state: SessionState
}

/** Whether the lesson took place: its head count is confirmed and it is not cancelled. @rule ATT-9 (house rule D-0009) */
export function isHeld({ plan, state }: HeldSession): boolean {
  return !plan.cancelled && state.headCount !== null
}

/** Minutes of all lessons that took place. */
export function taughtMinutes(sessions: readonly HeldSession[]): number {
  return sessions.filter(isHeld).reduce((sum, { plan }) => sum + plan.minutes, 0)
}

/**
 * Minutes of one lesson a trainee missed, before anything was made up: all of it when absent or on leave or not yet enrolled, the noted
 * minutes when late or gone early, at most the lesson. @rule ATT-8
 */
export function missedMinutes(traineeId: TraineeId, { plan, state }: HeldSession, enrolledOn?: CalendarDate): number {
  if (enrolledOn !== undefined && plan.on < enrolledOn) return plan.minutes
  const record = lookup(state.marks, traineeId)
  if (record === undefined || record.mark === 'present') return 0
  if (record.mark === 'late' || record.mark === 'leftEarly') return Math.min(record.minutes ?? 0, plan.minutes)
  return plan.minutes
}

/** Minutes of one lesson a trainee made up, at most what he missed. @rule ATT-10 */
export function madeUpMinutes(traineeId: TraineeId, session: HeldSession, enrolledOn?: CalendarDate): number {
  const made = session.state.makeUps
    .filter((makeUp) => makeUp.traineeId === traineeId)
    .reduce((sum, { minutes }) => sum + minutes, 0)
  return Math.min(made, missedMinutes(traineeId, session, enrolledOn))
}

/**
 * Minutes a trainee attended: of each lesson that took place its minutes, less those missed, plus those made up.
 * `enrolledOn`: lessons before that day were missed; leave it out to count everyone as enrolled from the start.
 * @rule ATT-8
 */
export function attendedMinutes(
  traineeId: TraineeId,
  sessions: readonly HeldSession[],
  enrolledOn?: CalendarDate,
): number {
  return sessions
    .filter(isHeld)
    .reduce(
      (sum, session) =>
        sum +
        session.plan.minutes -
        missedMinutes(traineeId, session, enrolledOn) +
        madeUpMinutes(traineeId, session, enrolledOn),
      0,
    )
}

/** Whether attended minutes reach the house threshold of the minutes taught; the threshold itself is enough. @rule ASM-3 */
export function hasReachedMinimumHours(attended: number, taught: number, thresholdPercent: number): boolean {
  return attended * 100 >= taught * thresholdPercent
}
