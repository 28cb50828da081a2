// A class while it is played: what its lessons and its assessment need to know of it.
import type { Syllabus } from '#contract/kinds/catalogue.ts'
import type { SessionPlan } from '#contract/kinds/training-class.ts'
import type { ClassId } from '#contract/values.ts'
import type { Actor } from '#server/ledger/server-context.ts'
import type { AdmittedPerson } from './cast-people.ts'
import type { DemonstrationClass } from './class-plans.ts'

/** A class while it is played. */
export interface PlayedClass {
  readonly plan: DemonstrationClass
  readonly classId: ClassId
  readonly syllabus: Syllabus
  readonly sessions: readonly SessionPlan[]
  readonly members: readonly AdmittedPerson[]
  readonly teacher: Actor
}
