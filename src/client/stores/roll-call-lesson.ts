// One lesson with its class and roster, live, and whether the law lets this person write to it today.
import { computed } from 'vue'
import type { ClassId, SessionId } from '#contract/values.ts'
import { classStream, rosterStream, sessionStream } from '#contract/streams.ts'
import { findRunningLesson } from '#domain/attendance/lesson-scope.ts'
import { headCount } from '#domain/attendance/summary.ts'
import { membersOn } from '#domain/enrollment/roster.ts'
import { emptyState } from '#domain/stream-folds.ts'
import { useDecisionContext, useMyClasses } from '#client/stores/day-list-classes.ts'
import { useLiveState } from '#client/stores/live-state.ts'
import { readerOver } from '#client/stores/local-reader.ts'

/** The lesson an address names. */
export interface LessonName {
  readonly classId: ClassId
  readonly sessionId: SessionId
}

export function useLesson(name: () => LessonName) {
  const context = useDecisionContext()
  const mine = useMyClasses()
  const classState = useLiveState('class', () => classStream(name().classId))
  const rosterState = useLiveState('roster', () => rosterStream(name().classId))
  const sessionState = useLiveState('session', () => sessionStream(name().classId, name().sessionId))

  const known = computed(() => classState.value ?? emptyState('class'))
  const roster = computed(() => rosterState.value ?? emptyState('roster'))
  const state = computed(() => sessionState.value ?? emptyState('session'))
  const session = computed(() => known.value.sessions.find(({ sessionId }) => sessionId === name().sessionId) ?? null)
  const ready = computed(() => [classState, rosterState, sessionState].every((part) => part.value !== undefined))

  /** Why nothing may be written here; null when it may. */
  const refusal = computed(() => {
    if (!ready.value || context.value === null) return null
    const { classId, sessionId } = name()
    const reader = readerOver({
      class: [{ stream: classStream(classId), state: known.value }],
      roster: [{ stream: rosterStream(classId), state: roster.value }],
      session: [{ stream: sessionStream(classId, sessionId), state: state.value }],
    })
    const found = findRunningLesson(name(), reader, context.value)
    return found.ok ? null : found.refusal
  })
  return {
    name,
    ready,
    classState: known,
    roster,
    state,
    session,
    refusal,
    of: computed(() => mine.value?.find(({ classId }) => classId === name().classId)),
    members: computed(() => (session.value === null ? [] : membersOn(roster.value, session.value.on))),
    counts: computed(() => headCount(roster.value, state.value, session.value?.on)),
  }
}

export type Lesson = ReturnType<typeof useLesson>
