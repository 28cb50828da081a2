// Decider of planning a class: everything it names exists, fits together and is free.
import type { ActBody } from '#contract/commands/acts.ts'
import type { ProviderState, RoomState, StaffState } from '../access/state.ts'
import type { CatalogueState } from '../catalogue/state.ts'
import type { Decider, StateReader } from '../shared/decider.ts'
import { draftEntry } from '../shared/draft.ts'
import { refused } from '../shared/refusal.ts'
import type { Result } from '../shared/result.ts'
import { accepted } from '../shared/result.ts'
import type { ClassState } from './state.ts'
import { clashingClassNumber, hasClashWithin, refuseLesson } from './timetable.ts'

type Plan = ActBody<'planClass'>
interface Reads {
  class: ClassState
  provider: ProviderState
  staff: StaffState
  room: RoomState
  catalogue: CatalogueState
}
type Read = StateReader<Reads>
type No = Result<never> | null

/** The provider exists, is qualified on the first day and teaches the level. @clause 2 @rule CLS-2 */
function refuseProvider(plan: Plan, read: Read): No {
  const provider = read.state('provider', `provider/${plan.providerId}`)
  if (provider.providerId === null || provider.qualificationValidUntil === null)
    return refused('access/provider-unknown')
  if (provider.qualificationValidUntil < plan.startsOn) {
    return refused('class/provider-not-qualified', { validUntil: provider.qualificationValidUntil })
  }
  if (!provider.skillLevels.includes(plan.skillLevel))
    return refused('class/provider-level-not-offered', { skillLevel: plan.skillLevel })
  const areKnown = plan.instructorIds.every((staffId) => {
    const staff = read.state('staff', `staff/${staffId}`)
    return staff.enabled && staff.staffRole === 'instructor' && staff.providerId === plan.providerId
  })
  return areKnown ? null : refused('class/instructor-unknown')
}

/** The occupation is taught at that level, to that certificate, by that syllabus. @clause 6 @clause 7 @rule CLS-3 */
function refuseContent(plan: Plan, read: Read): No {
  const { occupation, syllabi } = read.state('catalogue', `catalogue/${plan.occupationId}`)
  if (occupation === null) return refused('catalogue/occupation-unknown')
  if (!occupation.levels.includes(plan.skillLevel))
    return refused('catalogue/level-not-offered', { skillLevel: plan.skillLevel })
  const route = occupation.certificateRoutes.find(({ skillLevel }) => skillLevel === plan.skillLevel)
  if (!route?.kinds.includes(plan.certificateKind)) return refused('class/certificate-route-not-offered')
  const hasSyllabus = syllabi.some(
    ({ syllabusId, skillLevel }) => syllabusId === plan.syllabusId && skillLevel === plan.skillLevel,
  )
  return hasSyllabus ? null : refused('catalogue/syllabus-unknown')
}

/** The room has the seats, the lessons lie inside the class, and nobody is in two places at once. @rule CLS-4 */
function refuseTimeAndPlace(plan: Plan, read: Read): No {
  const room = read.state('room', `room/${plan.roomId}`)
  if (room.roomId === null) return refused('access/room-unknown')
  if (plan.seatCap > room.seats) return refused('class/seats-over-room', { seats: room.seats, seatCap: plan.seatCap })
  if (plan.endsOn < plan.startsOn) return refused('class/dates-reversed')
  const misplaced = plan.sessions.map((session) => refuseLesson(session, plan)).find((no) => no !== null)
  if (misplaced !== undefined) return misplaced
  const classes = read.all('class').map(({ state }) => state)
  const clash = clashingClassNumber(plan, plan.sessions, classes)
  if (hasClashWithin(plan.sessions) || clash !== null)
    return refused('class/sessions-clash', { classNumber: clash ?? plan.classNumber })
  return null
}

/**
 * Plans a class with its lessons.
 * Refuses: class/planned-before, class/number-taken, access/provider-unknown, class/provider-not-qualified, class/provider-level-not-offered,
 * class/instructor-unknown, catalogue/occupation-unknown, catalogue/level-not-offered, class/certificate-route-not-offered,
 * catalogue/syllabus-unknown, access/room-unknown, class/seats-over-room, class/dates-reversed,
 * class/session-past-midnight, class/session-outside-dates, class/sessions-clash. @clause 2 @clause 6 @rule CLS-1
 */
export const planClass: Decider<Plan, Reads> = {
  families: ['class'],
  needs: (plan) => [
    `class/${plan.classId}`,
    `provider/${plan.providerId}`,
    `room/${plan.roomId}`,
    `catalogue/${plan.occupationId}`,
    ...plan.instructorIds.map((staffId) => `staff/${staffId}`),
  ],
  decide(plan, read, context) {
    const stream = `class/${plan.classId}`
    if (read.state('class', stream).phase !== 'unknown') return refused('class/planned-before')
    const isTaken = read.all('class').some(({ state }) => state.plan?.classNumber === plan.classNumber)
    if (isTaken) return refused('class/number-taken', { classNumber: plan.classNumber })
    const no = refuseProvider(plan, read) ?? refuseContent(plan, read) ?? refuseTimeAndPlace(plan, read)
    return no ?? accepted([draftEntry('class.planned.v1', stream, plan, context)])
  },
}
