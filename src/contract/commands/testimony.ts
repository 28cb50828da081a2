// What a person on a tablet may record offline. One command becomes one or more entries of testimony.
import type { z } from 'zod'
import { facilityKinds } from '../kinds/facility.ts'
import { lessonKinds } from '../kinds/lesson.ts'
import { traineeKinds } from '../kinds/trainee.ts'

export const testimonyCommands = {
  registerWishes: traineeKinds['enrollment.wishes-registered.v2'],
  markAttendance: lessonKinds['attendance.marked.v1'],
  confirmHeadCount: lessonKinds['attendance.head-counted.v1'],
  logLesson: lessonKinds['attendance.lesson-logged.v1'],
  makeUpSession: lessonKinds['attendance.made-up.v1'],
  recordScore: lessonKinds['assessment.scored.v1'],
  admitToAssessment: lessonKinds['assessment.admitted.v1'],
  overrideStorage: facilityKinds['device.storage-overridden.v1'],
} as const

export type TestimonyName = keyof typeof testimonyCommands
export type TestimonyCommand = {
  [N in TestimonyName]: { readonly name: N; readonly body: z.infer<(typeof testimonyCommands)[N]> }
}[TestimonyName]
