// Deciders of who is in a class.
import type { ActBody } from '#contract/commands/acts.ts'
import type { StreamId } from '#contract/envelope.ts'
import type { CalendarDate, ClassId, TraineeId } from '#contract/values.ts'
import type { FacilityState } from '../access/state.ts'
import type { Decider, DecisionContext, EntryDraft, StateReader } from '../shared/decider.ts'
import { draftEntry } from '../shared/draft.ts'
import { refused } from '../shared/refusal.ts'
import type { Result } from '../shared/result.ts'
import { accepted } from '../shared/result.ts'
import { refuseAbsentTrainee } from '../trainee/decide.ts'
import { judgeEligibility } from '../trainee/eligibility.ts'
import type { TraineeState } from '../trainee/state.ts'
import type { ClassPlan, ClassState } from '../training-class/state.ts'
import { activeMembers, isActiveMember, memberOf } from './roster.ts'
import type { RosterState } from './state.ts'

interface Reads {
  facility: FacilityState
  trainee: TraineeState
  class: ClassState
  roster: RosterState
}
type Read = StateReader<Reads>

/** Roster streams of the classes of which somebody may not be in two at a time: planned or open, days overlapping. */
export function overlappingClassStreams(
  plan: ClassPlan,
  classes: readonly { readonly stream: StreamId; readonly state: ClassState }[],
): readonly StreamId[] {
  return classes
    .filter(({ state }) => {
      const isRunning = state.phase === 'planned' || state.phase === 'open'
      const other = state.plan
      return (
        isRunning &&
        other !== null &&
        other.classId !== plan.classId &&
        other.startsOn <= plan.endsOn &&
        plan.startsOn <= other.endsOn
      )
    })
    .map(({ stream }) => `${stream}/roster`)
}

function refuseTrainee(
  traineeId: TraineeId,
  plan: ClassPlan,
  busy: ReadonlySet<TraineeId>,
  read: Read,
): Result<never> | null {
  const trainee = read.state('trainee', `trainee/${traineeId}`)
  const absent = refuseAbsentTrainee(trainee)
  if (absent !== null || trainee.facts === null) return absent
  if (isActiveMember(read.state('roster', `class/${plan.classId}/roster`), traineeId)) {
    return refused('enrollment/already-enrolled', { traineeId })
  }
  if (busy.has(traineeId)) return refused('enrollment/in-other-class', { traineeId })
  const { reasons } = judgeEligibility(trainee.facts, plan.startsOn, read.state('facility', 'facility').rules)
  const reason = reasons[0]
  return reason === undefined ? null : refused(reason, { traineeId, on: plan.startsOn })
}

/** Whoever is enrolled before the class is opened belongs to it from its first day, also where the papers are entered late. @rule ENR-3 */
function membershipStartsOn(phase: string, plan: ClassPlan, today: CalendarDate): CalendarDate {
  return phase === 'planned' && plan.startsOn < today ? plan.startsOn : today
}

/**
 * Who comes back after a withdrawal keeps his place and what he attended; the lessons in between are settled as absent, since nobody was
 * there to mark him. @rule ENR-4
 */
function absenceDrafts(traineeId: TraineeId, classId: ClassId, read: Read, context: DecisionContext): EntryDraft[] {
  const withdrawnOn = memberOf(read.state('roster', `class/${classId}/roster`), traineeId)?.withdrawnOn ?? null
  if (withdrawnOn === null) return []
  const missed = read
    .state('class', `class/${classId}`)
    .sessions.filter((session) => !session.cancelled && session.on >= withdrawnOn && session.on < context.today)
  const absent = {
    classId,
    traineeId,
    mark: 'absent',
    minutes: null,
    leaveReason: null,
    reason: 'not-in-class',
  } as const
  return missed.map(({ sessionId }) =>
    draftEntry('attendance.settled.v1', `class/${classId}/session/${sessionId}`, { ...absent, sessionId }, context),
  )
}

/**
 * Enrolls trainees in the order given, all or none. Eligibility is judged on the first planned day of the class.
 * Refuses: class/unknown, enrollment/class-closed, enrollment/class-full, trainee/unknown, trainee/not-present,
 * enrollment/already-enrolled, enrollment/in-other-class and the reasons of eligibility.
 * @clause 2 @rule ENR-2 (house rule D-0004)
 */
export const enrollTrainees: Decider<ActBody<'enrollTrainees'>, Reads> = {
  families: ['class', 'roster'],
  needs: (body) => [
    'facility',
    `class/${body.classId}`,
    `class/${body.classId}/roster`,
    ...body.trainees.map(({ traineeId }) => `trainee/${traineeId}`),
  ],
  decide({ classId, trainees }, read, context) {
    const { phase, plan } = read.state('class', `class/${classId}`)
    if (plan === null) return refused('class/unknown')
    if (phase !== 'planned' && phase !== 'open') return refused('enrollment/class-closed')
    const stream = `class/${classId}/roster`
    const seats = plan.seatCap - activeMembers(read.state('roster', stream)).length
    if (trainees.length > seats) return refused('enrollment/class-full', { seatCap: plan.seatCap, seats })
    const others = new Set(overlappingClassStreams(plan, read.all('class')))
    const rosters = read.all('roster').filter((one) => others.has(one.stream))
    const busy = new Set(rosters.flatMap(({ state }) => activeMembers(state).map(({ traineeId }) => traineeId)))
    const asked = new Set<TraineeId>()
    for (const { traineeId } of trainees) {
      if (asked.has(traineeId)) return refused('enrollment/already-enrolled', { traineeId })
      asked.add(traineeId)
      const no = refuseTrainee(traineeId, plan, busy, read)
      if (no !== null) return no
    }
    const memberSince = { ...context, today: membershipStartsOn(phase, plan, context.today) }
    const enrolled = trainees.map((trainee) =>
      draftEntry('enrollment.enrolled.v1', stream, { classId, ...trainee }, memberSince),
    )
    return accepted([
      ...enrolled,
      ...trainees.flatMap(({ traineeId }) => absenceDrafts(traineeId, classId, read, context)),
    ])
  },
}

/** Withdraws a trainee with a reason; what he did stays. Refuses: class/unknown, enrollment/class-closed, enrollment/not-on-roster. @rule ENR-4 */
export const withdrawTrainee: Decider<ActBody<'withdrawTrainee'>, Reads> = {
  needs: (body) => [`class/${body.classId}`, `class/${body.classId}/roster`],
  decide(body, read, context) {
    const { phase, plan } = read.state('class', `class/${body.classId}`)
    if (plan === null) return refused('class/unknown')
    if (phase !== 'planned' && phase !== 'open') return refused('enrollment/class-closed')
    const stream = `class/${body.classId}/roster`
    if (!isActiveMember(read.state('roster', stream), body.traineeId)) return refused('enrollment/not-on-roster')
    return accepted([draftEntry('enrollment.withdrawn.v1', stream, body, context)])
  },
}
