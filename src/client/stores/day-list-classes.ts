// The classes a person works in, live, with what names them. The law says which classes those are.
import { computed, type ComputedRef } from 'vue'
import type { Occupation, Syllabus } from '#contract/kinds/catalogue.ts'
import type { ActorId, ClassId } from '#contract/values.ts'
import { catalogueStream, roomStream, rosterStream } from '#contract/streams.ts'
import { mayWorkIn } from '#domain/attendance/lesson-scope.ts'
import { activeMembers } from '#domain/enrollment/roster.ts'
import type { RosterState } from '#domain/enrollment/state.ts'
import type { DecisionContext } from '#domain/shared/decider.ts'
import { emptyState } from '#domain/stream-folds.ts'
import type { ClassPlan, ClassState } from '#domain/training-class/state.ts'
import { useToday } from '#client/stores/clock.ts'
import { useLiveFamily } from '#client/stores/live-state.ts'
import { useSignIn } from '#client/stores/sign-in.ts'

/** One class with what a page needs to name it. */
export interface MyClass {
  readonly classId: ClassId
  readonly plan: ClassPlan
  readonly state: ClassState
  readonly roster: RosterState
  readonly memberCount: number
  readonly occupation: Occupation | null
  readonly syllabus: Syllabus | null
  readonly roomName: string
}

/** Who asks the law, and on which day; null while nobody is signed in. */
export function useDecisionContext(): ComputedRef<DecisionContext | null> {
  const signIn = useSignIn()
  const today = useToday()
  return computed(() => {
    if (signIn.staff === null) return null
    const actorId: string = signIn.staff.staffId
    return { actorId: actorId as ActorId, role: signIn.staff.role, today: today.value }
  })
}

/** Running classes first, then those to come, then ended ones; the newest first within each. */
function inOrder(first: MyClass, second: MyClass): number {
  const place = { open: 0, planned: 1, completed: 2, sealed: 3, unknown: 4 }
  const byPhase = place[first.state.phase] - place[second.state.phase]
  return byPhase !== 0 ? byPhase : second.plan.classNumber.localeCompare(first.plan.classNumber)
}

/** All classes of the person signed in; undefined while reading. */
export function useMyClasses(): ComputedRef<readonly MyClass[] | undefined> {
  const context = useDecisionContext()
  const classes = useLiveFamily('class')
  const rosters = useLiveFamily('roster')
  const catalogue = useLiveFamily('catalogue')
  const rooms = useLiveFamily('room')
  return computed(() => {
    if (classes.value === undefined || rosters.value === undefined || catalogue.value === undefined) return undefined
    const asker = context.value
    const rosterAt = new Map(rosters.value.map(({ stream, state }) => [stream, state]))
    const catalogueAt = new Map(catalogue.value.map(({ stream, state }) => [stream, state]))
    const roomAt = new Map((rooms.value ?? []).map(({ stream, state }) => [stream, state]))
    const mine = classes.value.flatMap(({ state }): MyClass[] => {
      const { plan } = state
      if (plan === null || asker === null || !mayWorkIn(plan, asker)) return []
      const entry = catalogueAt.get(catalogueStream(plan.occupationId))
      const roster = rosterAt.get(rosterStream(plan.classId)) ?? emptyState('roster')
      return [
        {
          classId: plan.classId,
          plan,
          state,
          roster,
          memberCount: activeMembers(roster).length,
          occupation: entry?.occupation ?? null,
          syllabus: entry?.syllabi.find(({ syllabusId }) => syllabusId === plan.syllabusId) ?? null,
          roomName: roomAt.get(roomStream(plan.roomId))?.name ?? '',
        },
      ]
    })
    return mine.sort(inOrder)
  })
}
