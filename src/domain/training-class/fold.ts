// Fold of one training class.
import type { RecordedEntry } from '#contract/envelope.ts'
import { kindedEntry } from '../shared/kinded-entry.ts'
import type { ClassState, PlannedSession } from './state.ts'

export const emptyClass: ClassState = {
  phase: 'unknown',
  plan: null,
  sessions: [],
  openedOn: null,
  completion: null,
  seal: null,
  supplements: [],
}

function inOrder(sessions: readonly PlannedSession[]): readonly PlannedSession[] {
  const key = (session: PlannedSession) => `${session.on} ${session.startsAt} ${session.sessionId}`
  return [...sessions].sort((first, second) => (key(first) < key(second) ? -1 : 1))
}

/** Folds one entry of `class/<id>`. A session that was not planned before is added. */
export function foldClass(state: ClassState, recorded: RecordedEntry): ClassState {
  const entry = kindedEntry(recorded)
  switch (entry.kind) {
    case 'class.planned.v1': {
      const { sessions, ...plan } = entry.body
      return {
        ...emptyClass,
        phase: 'planned',
        plan,
        sessions: inOrder(sessions.map((session) => ({ ...session, cancelled: false }))),
      }
    }
    case 'class.session-changed.v1': {
      const { session, cancelled } = entry.body
      const others = state.sessions.filter((one) => one.sessionId !== session.sessionId)
      return { ...state, sessions: inOrder([...others, { ...session, cancelled }]) }
    }
    case 'class.opened.v1':
      return { ...state, phase: 'open', openedOn: entry.body.openedOn }
    case 'class.completed.v1': {
      const { completedOn, plannedMinutes, taughtMinutes, outcomes, shortfall = null } = entry.body
      return {
        ...state,
        phase: 'completed',
        completion: { completedOn, plannedMinutes, taughtMinutes, outcomes, shortfall, position: recorded.position },
      }
    }
    case 'class.sealed.v1': {
      const { contentHash, signers } = entry.body
      return {
        ...state,
        phase: 'sealed',
        seal: { contentHash, signers, sealedAt: entry.recordedAt, position: recorded.position },
      }
    }
    case 'class.supplemented.v1': {
      const { supplementedOn, outcomes } = entry.body
      return { ...state, supplements: [...state.supplements, { supplementedOn, outcomes }] }
    }
    default:
      return state
  }
}
