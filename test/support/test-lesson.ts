// Testimony of one lesson, as a test's device writes it.
import type { CalendarDate, ClassId, SessionId, TraineeId } from '#contract/values.ts'
import { type TestDraft, testimony } from './test-chain.ts'

/** A mark by `teacher1` of the test facility. */
export function aMark(
  traineeId: string,
  more: { classId?: string; sessionId?: string; actorId?: string; minutes?: number } = {},
): TestDraft {
  const { classId = 'C1', sessionId = 'L1', actorId = 'TEACHER1', minutes = null } = more
  return testimony(
    `class/${classId}/session/${sessionId}`,
    'attendance.marked.v1',
    { actorId, role: 'instructor' },
    {
      classId: classId as ClassId,
      sessionId: sessionId as SessionId,
      traineeId: traineeId as TraineeId,
      mark: minutes === null ? 'absent' : 'late',
      minutes,
      leaveReason: null,
      noteId: null,
      correctionReason: null,
    },
  )
}

/** The marks of a whole lesson: trainees T1 to T`count`. */
export function marks(count: number, more: { classId?: string; sessionId?: string } = {}): readonly TestDraft[] {
  return Array.from({ length: count }, (_, index) => aMark(`T${index + 1}`, more))
}

export const A_DAY = '2026-11-02' as CalendarDate
