// What a lesson most likely teaches: the first unit of the syllabus that is not finished, and how its minutes split.
import type { Syllabus, SyllabusModule } from '#contract/kinds/catalogue.ts'
import type { ModuleId } from '#contract/values.ts'
import type { SessionState } from '#domain/attendance/state.ts'

/** Minutes of one unit, theory and practice apart. */
export interface SplitMinutes {
  readonly theoryMinutes: number
  readonly practicalMinutes: number
}

/** One unit with what was taught of it so far. */
export interface ModuleProgress {
  readonly module: SyllabusModule
  readonly taught: SplitMinutes
  readonly left: SplitMinutes
}

const FIVE = 5

function add(first: SplitMinutes, second: SplitMinutes): SplitMinutes {
  return {
    theoryMinutes: first.theoryMinutes + second.theoryMinutes,
    practicalMinutes: first.practicalMinutes + second.practicalMinutes,
  }
}

/** How far each unit of the syllabus has come over these lessons, in the order of the syllabus. */
export function syllabusProgress(syllabus: Syllabus | null, lessons: readonly SessionState[]): ModuleProgress[] {
  const nothing: SplitMinutes = { theoryMinutes: 0, practicalMinutes: 0 }
  const taught = new Map<ModuleId, SplitMinutes>()
  for (const record of lessons.flatMap((state) => state.lessons))
    taught.set(record.moduleId, add(taught.get(record.moduleId) ?? nothing, record))
  return (syllabus?.modules ?? []).map((module) => {
    const done = taught.get(module.moduleId) ?? nothing
    return {
      module,
      taught: done,
      left: {
        theoryMinutes: Math.max(0, module.theoryMinutes - done.theoryMinutes),
        practicalMinutes: Math.max(0, module.practicalMinutes - done.practicalMinutes),
      },
    }
  })
}

/** The first unit with minutes left; undefined when all of it was taught. */
export function nextModule(progress: readonly ModuleProgress[]): ModuleProgress | undefined {
  return progress.find(({ left }) => left.theoryMinutes + left.practicalMinutes > 0)
}

/** Splits the minutes of a lesson the way what is left of the unit splits, to five minutes. */
export function proposedMinutes(progress: ModuleProgress | undefined, minutes: number): SplitMinutes {
  if (progress === undefined) return { theoryMinutes: 0, practicalMinutes: minutes }
  const { left, module } = progress
  const hasLeft = left.theoryMinutes + left.practicalMinutes > 0
  const { theoryMinutes, practicalMinutes } = hasLeft ? left : module
  const all = theoryMinutes + practicalMinutes
  if (all === 0 || practicalMinutes === 0) return { theoryMinutes: minutes, practicalMinutes: 0 }
  if (theoryMinutes === 0) return { theoryMinutes: 0, practicalMinutes: minutes }
  const theory = Math.round((minutes * theoryMinutes) / all / FIVE) * FIVE
  const within = Math.min(theory, minutes)
  return { theoryMinutes: within, practicalMinutes: minutes - within }
}
