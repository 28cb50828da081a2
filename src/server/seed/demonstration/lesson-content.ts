// What each lesson of a demonstration class teaches: the syllabus from front to back, each minute of it once.
import type { Syllabus } from '#contract/kinds/catalogue.ts'
import type { ModuleId } from '#contract/values.ts'

/** A module's share of one lesson. */
export interface LessonShare {
  readonly moduleId: ModuleId
  readonly theoryMinutes: number
  readonly practicalMinutes: number
}

/** Cuts a syllabus into lessons of so many minutes; the last one may be shorter. Within a module theory comes first. */
export function lessonShares(syllabus: Syllabus, lessonMinutes: number): LessonShare[][] {
  const lessons: LessonShare[][] = []
  let lesson: LessonShare[] = []
  let free = lessonMinutes
  for (const module of syllabus.modules) {
    let { theoryMinutes, practicalMinutes } = module
    while (theoryMinutes + practicalMinutes > 0) {
      const theory = Math.min(theoryMinutes, free)
      const practical = Math.min(practicalMinutes, free - theory)
      lesson.push({ moduleId: module.moduleId, theoryMinutes: theory, practicalMinutes: practical })
      theoryMinutes -= theory
      practicalMinutes -= practical
      free -= theory + practical
      if (free === 0) {
        lessons.push(lesson)
        lesson = []
        free = lessonMinutes
      }
    }
  }
  return lesson.length === 0 ? lessons : [...lessons, lesson]
}
