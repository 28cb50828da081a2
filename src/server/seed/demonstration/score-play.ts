// Plays the completion assessment: most pass both parts, a few fail, one is absent, one had too few hours.
import type { AssessmentPart, ScoreResult } from '#contract/kinds/lesson.ts'
import { rosterStream, classStream, sessionStream } from '#contract/streams.ts'
import type { TraineeId } from '#contract/values.ts'
import type { HeldSession } from '#domain/attendance/hours.ts'
import { attendedMinutes, hasReachedMinimumHours, taughtMinutes } from '#domain/attendance/hours.ts'
import { memberOf } from '#domain/enrollment/roster.ts'
import { addDays } from '#domain/shared/calendar.ts'
import { defaultHouseRules } from '#domain/access/default-rules.ts'
import { loadState } from '#server/ledger/load-states.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import type { LedgerReader, LedgerTransaction } from '#server/storage/ledger-store.ts'
import type { PlayedClass } from './played-class.ts'
import { SELDOM_THERE } from './lesson-play.ts'
import type { SeededRandom } from './seeded-random.ts'
import { onDay, testify } from './stage.ts'

const ABSENT_PLACE = 7
const FAILING_PLACES: ReadonlySet<number> = new Set([5, 13])

function drawScore(isFailing: boolean, random: SeededRandom): ScoreResult {
  return { scoreTenths: isFailing ? 380 + random.below(215) : 620 + random.below(340) }
}

/** The members who attended too few minutes to be assessed without a reason. */
async function shortOfHours(view: LedgerReader, { classId, members }: PlayedClass): Promise<ReadonlySet<TraineeId>> {
  const { sessions } = await loadState(view, 'class', classStream(classId))
  const roster = await loadState(view, 'roster', rosterStream(classId))
  const held: HeldSession[] = []
  for (const plan of sessions)
    held.push({ plan, state: await loadState(view, 'session', sessionStream(classId, plan.sessionId)) })
  const taught = taughtMinutes(held)
  const isShort = (traineeId: TraineeId): boolean => {
    const attended = attendedMinutes(traineeId, held, memberOf(roster, traineeId)?.enrolledOn)
    return !hasReachedMinimumHours(attended, taught, defaultHouseRules.attendanceThresholdPercent)
  }
  return new Set(members.map(({ traineeId }) => traineeId).filter(isShort))
}

/** Holds the assessment two days after the last lesson; where the class is shown before its end, some scores are still missing. */
export async function holdAssessment(context: ServerContext, played: PlayedClass, random: SeededRandom): Promise<void> {
  const day = addDays(played.sessions.at(-1)?.on ?? context.clock.today(), 2)
  const stage = onDay(context, day, '15:00')
  await context.store.transaction(context.facilityId, async (tx) => {
    const short = await shortOfHours(tx, played)
    for (const [place, { traineeId }] of played.members.entries()) {
      const isLeftOpen = played.plan.phase === 'lessons-held' && place >= played.members.length / 2
      if (isLeftOpen) continue
      await assess(tx, stage, played, { traineeId, place, isShort: short.has(traineeId) }, random)
    }
  })
}

interface Candidate {
  readonly traineeId: TraineeId
  readonly place: number
  readonly isShort: boolean
}

async function assess(
  tx: LedgerTransaction,
  stage: ServerContext,
  played: PlayedClass,
  candidate: Candidate,
  random: SeededRandom,
): Promise<void> {
  const { classId, teacher } = played
  const { traineeId, place, isShort } = candidate
  const score = (part: AssessmentPart, attempt: number, result: ScoreResult): Promise<void> =>
    testify(tx, stage, teacher, 'recordScore', { classId, traineeId, part, attempt, result, correctionReason: null })
  const isAdmitted = isShort && (place !== SELDOM_THERE || played.plan.phase === 'completed')
  if (isAdmitted) {
    await testify(tx, stage, teacher, 'admitToAssessment', {
      classId,
      traineeId,
      reason: 'made-up-by-self-study',
      noteId: null,
    })
  }
  const isAbsent = place === ABSENT_PLACE || (isShort && !isAdmitted)
  if (isAbsent) {
    await score('theory', 1, { word: 'absent' })
    await score('practical', 1, { word: 'absent' })
    return
  }
  const isFailing = FAILING_PLACES.has(place)
  await score('theory', 1, drawScore(isFailing, random))
  await score('practical', 1, drawScore(false, random))
  // The first who failed sat the theory again the same afternoon and passed; the other did not.
  if (isFailing && place === Math.min(...FAILING_PLACES)) await score('theory', 2, drawScore(false, random))
}
