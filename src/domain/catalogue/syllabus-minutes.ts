// How long a syllabus takes.
import type { Syllabus } from '#contract/kinds/catalogue.ts'

/** Minutes a syllabus plans, theory and practice together; 0 without one. @clause 6 */
export function syllabusMinutes(syllabus: Syllabus | null): number {
  return (syllabus?.modules ?? []).reduce((sum, module) => sum + module.theoryMinutes + module.practicalMinutes, 0)
}
