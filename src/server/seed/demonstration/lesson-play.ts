// Plays one lesson: the roll call with its few exceptions, the head count, and what was taught.
import type { AttendanceMark, LeaveReason } from '#contract/kinds/lesson.ts'
import type { SessionPlan } from '#contract/kinds/training-class.ts'
import type { ClassId, TraineeId } from '#contract/values.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import type { PlayedClass } from './played-class.ts'
import type { LessonShare } from './lesson-content.ts'
import type { SeededRandom } from './seeded-random.ts'
import { onDay, testify } from './stage.ts'

interface Exception {
  readonly mark: AttendanceMark
  readonly minutes: number | null
  readonly leaveReason: LeaveReason | null
}

const LEAVE_REASONS: readonly LeaveReason[] = ['visit', 'medical', 'medical', 'court', 'other']

/** Which member of each class comes too seldom to be assessed without a reason. */
export const SELDOM_THERE = 2

/** What happened to one member in one lesson; null for nearly everyone. */
function exceptionOf(place: number, random: SeededRandom): Exception | null {
  const roll = random.below(100)
  if (place === SELDOM_THERE && roll < 38) return { mark: 'absent', minutes: null, leaveReason: null }
  if (roll < 2) return { mark: 'absent', minutes: null, leaveReason: null }
  if (roll < 5) return { mark: 'late', minutes: 5 + random.below(5) * 5, leaveReason: null }
  if (roll < 6) return { mark: 'leftEarly', minutes: 15 + random.below(4) * 15, leaveReason: null }
  if (roll < 9) return { mark: 'excused', minutes: null, leaveReason: random.pick(LEAVE_REASONS) }
  return null
}

function markedException(classId: ClassId, session: SessionPlan, traineeId: TraineeId, exception: Exception) {
  return { classId, sessionId: session.sessionId, traineeId, ...exception, noteId: null, correctionReason: null }
}

/** Holds a lesson on its day, recorded by the teacher. */
export async function holdLesson(
  context: ServerContext,
  played: PlayedClass,
  session: SessionPlan,
  shares: readonly LessonShare[],
  random: SeededRandom,
): Promise<void> {
  const { classId, members, teacher } = played
  const { sessionId } = session
  const start = onDay(context, session.on, session.startsAt)
  await context.store.transaction(context.facilityId, async (tx) => {
    let missing = 0
    for (const [place, { traineeId }] of members.entries()) {
      const exception = exceptionOf(place, random)
      if (exception === null) continue
      if (exception.mark === 'absent' || exception.mark === 'excused') missing += 1
      await testify(tx, start, teacher, 'markAttendance', markedException(classId, session, traineeId, exception))
    }
    const markedPresentCount = members.length - missing
    const isOneAway = random.chance(6)
    const spokenCount = markedPresentCount - (isOneAway ? 1 : 0)
    const differenceReason = isOneAway ? ('toilet' as const) : null
    const headCount = {
      classId,
      sessionId,
      expectedCount: members.length,
      markedPresentCount,
      spokenCount,
      differenceReason,
    }
    await testify(tx, start, teacher, 'confirmHeadCount', headCount)
    for (const share of shares) {
      await testify(tx, start, teacher, 'logLesson', { classId, sessionId, ...share, noteId: null })
    }
  })
}
