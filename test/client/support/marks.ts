// Commands of a roll call in the test class.
import type { TestimonyCommand } from '#contract/commands/testimony.ts'
import type { BodyOf } from '#contract/kind-registry.ts'
import { CLASS_ID, SESSION_ID, traineeIdOf } from './test-class.ts'

type Mark = BodyOf<'attendance.marked.v1'>['mark']

/** Marks a trainee by number; late takes ten minutes. */
export function mark(index: number, as: Mark): TestimonyCommand {
  return {
    name: 'markAttendance',
    body: {
      classId: CLASS_ID,
      sessionId: SESSION_ID,
      traineeId: traineeIdOf(index),
      mark: as,
      minutes: as === 'late' || as === 'leftEarly' ? 10 : null,
      leaveReason: as === 'excused' ? 'visit' : null,
      noteId: null,
      correctionReason: null,
    },
  }
}

export const markAbsent = (index: number): TestimonyCommand => mark(index, 'absent')
