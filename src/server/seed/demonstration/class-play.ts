// Plays one class from its plan to the state it is shown in.
import type { Syllabus } from '#contract/kinds/catalogue.ts'
import type { SessionPlan } from '#contract/kinds/training-class.ts'
import { catalogueStream } from '#contract/streams.ts'
import type { CalendarDate, ClassId, ClockTime, SessionId } from '#contract/values.ts'
import { addDays } from '#domain/shared/calendar.ts'
import { loadState } from '#server/ledger/load-states.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import type { AdmittedPerson, Cast } from './cast-people.ts'
import { needed } from './cast-people.ts'
import type { DemonstrationClass } from './class-plans.ts'
import { LESSON_MINUTES, lessonDays } from './class-plans.ts'
import { lessonShares } from './lesson-content.ts'
import { holdLesson } from './lesson-play.ts'
import type { PlayedClass } from './played-class.ts'
import { holdAssessment } from './score-play.ts'
import type { SeededRandom } from './seeded-random.ts'
import { act, onDay, staffActor } from './stage.ts'

async function syllabusOf(context: ServerContext, plan: DemonstrationClass): Promise<Syllabus> {
  const { syllabi } = await context.store.read(context.facilityId, (view) =>
    loadState(view, 'catalogue', catalogueStream(plan.occupationId)),
  )
  const syllabus = syllabi.find(({ skillLevel }) => skillLevel === plan.skillLevel)
  if (syllabus === undefined) throw new Error(`the demonstration needs a syllabus for ${plan.occupationId}`)
  return syllabus
}

/** Plans the class as of a fortnight before it starts (or three days ago) and fills it a week before. */
async function planAndFill(
  context: ServerContext,
  cast: Cast,
  played: PlayedClass,
  classNumber: string,
): Promise<void> {
  const { plan, classId, syllabus, sessions, members } = played
  const today = context.clock.today()
  const startsOn = sessions.at(0)?.on ?? today
  const endsOn = addDays(sessions.at(-1)?.on ?? today, 2)
  const [administrator] = cast.administrators
  const before = (days: number, latest: number): CalendarDate =>
    [addDays(startsOn, -days), addDays(today, -latest)].sort()[0] as CalendarDate
  await act(onDay(context, before(14, 3)), administrator, 'planClass', {
    classId,
    classNumber,
    occupationId: plan.occupationId,
    skillLevel: plan.skillLevel,
    syllabusId: syllabus.syllabusId,
    providerId: needed(cast.providers, plan.providerKey),
    instructorIds: [needed(cast.staff, plan.instructorKey)],
    roomId: needed(cast.rooms, plan.roomKey),
    startsOn,
    endsOn,
    seatCap: plan.seatCap,
    certificateKind: plan.certificateKind,
    sessions: [...sessions],
  })
  const trainees = members.map(({ traineeId }, index) => ({ traineeId, wishRank: index % 5 === 4 ? 2 : 1 }))
  await act(onDay(context, before(7, 2)), administrator, 'enrollTrainees', { classId, trainees })
}

/** What the class needs to be played: its people, its teacher, its lessons from the syllabus. */
async function prepareClass(
  context: ServerContext,
  cast: Cast,
  people: readonly AdmittedPerson[],
  plan: DemonstrationClass,
): Promise<PlayedClass> {
  const syllabus = await syllabusOf(context, plan)
  const count = lessonShares(syllabus, LESSON_MINUTES).length
  const sessions = lessonDays(plan, count, context.clock.today()).map(
    (on): SessionPlan => ({
      sessionId: context.newId() as SessionId,
      on,
      startsAt: plan.startsAt as ClockTime,
      minutes: LESSON_MINUTES,
    }),
  )
  const [first, last] = plan.members
  return {
    plan,
    classId: context.newId() as ClassId,
    syllabus,
    sessions,
    members: people.slice(first - 1, last),
    teacher: staffActor(needed(cast.staff, plan.instructorKey), 'instructor'),
  }
}

/** Plays a class up to its phase. */
export async function playClass(
  context: ServerContext,
  cast: Cast,
  people: readonly AdmittedPerson[],
  plan: DemonstrationClass,
  classNumber: string,
  random: SeededRandom,
): Promise<PlayedClass> {
  const played = await prepareClass(context, cast, people, plan)
  await planAndFill(context, cast, played, classNumber)
  if (plan.phase === 'planned') return played
  const today = context.clock.today()
  const openedOn = addDays(played.sessions.at(0)?.on ?? today, -1)
  await act(onDay(context, openedOn), cast.administrators[0], 'openClass', { classId: played.classId, openedOn })
  const shares = lessonShares(played.syllabus, LESSON_MINUTES)
  for (const [index, session] of played.sessions.entries()) {
    if (session.on < today) await holdLesson(context, played, session, shares[index] ?? [], random)
  }
  if (plan.phase === 'half-way' || plan.phase === 'just-started') return played
  await holdAssessment(context, played, random)
  await finish(context, cast, played)
  return played
}

/** Completes, seals and issues as far as the phase says; the second administrator seals what the first completed. */
async function finish(context: ServerContext, cast: Cast, { plan, classId, sessions }: PlayedClass): Promise<void> {
  if (plan.phase === 'lessons-held') return
  const [first, second] = cast.administrators
  const lastDay = sessions.at(-1)?.on ?? context.clock.today()
  const completedOn = addDays(lastDay, plan.phase === 'completed' ? 12 : 5)
  await act(onDay(context, completedOn, '10:00'), first, 'completeClass', { classId, completedOn })
  if (plan.phase === 'completed') return
  await act(onDay(context, addDays(completedOn, 1)), second, 'sealClass', { classId })
  const issuedOn = addDays(completedOn, 2)
  await act(onDay(context, issuedOn), first, 'issueCertificates', { classId, issuedOn })
}
