// Folds of one trainee and of his wishes.
import type { RecordedEntry } from '#contract/envelope.ts'
import type { TraineeFacts } from '#contract/kinds/trainee.ts'
import { kindedEntry } from '../shared/kinded-entry.ts'
import type { KindedEntry } from '../shared/kinded-entry.ts'
import type { TraineeState, WishesState } from './state.ts'

export const emptyTrainee: TraineeState = {
  traineeId: null,
  facts: null,
  factsHistory: [],
  identityCorrections: [],
  presence: 'unknown',
  leftOn: null,
  hasCode: false,
}

/** The reason under which an admission stands in the history of facts. */
export const ADMISSION_REASON = 'admitted'

type Removal = Extract<KindedEntry, { kind: 'trainee.removed.v1' }>

function removal(facts: TraineeFacts, entry: Removal): TraineeState['factsHistory'][number] {
  return { facts, importId: entry.body.importId, reason: entry.body.reason, on: entry.occurredOn }
}

/** Folds one entry of `trainee/<id>`. Someone admitted again is present again; what was known of him before stays in the history. */
export function foldTrainee(state: TraineeState, recorded: RecordedEntry): TraineeState {
  const entry = kindedEntry(recorded)
  switch (entry.kind) {
    case 'trainee.admitted.v1':
    case 'trainee.facts-changed.v1': {
      const { traineeId, facts, importId } = entry.body
      const admitted = entry.kind === 'trainee.admitted.v1'
      const reason = admitted ? ADMISSION_REASON : entry.body.reason
      const factsHistory = [...state.factsHistory, { facts, importId, reason, on: entry.occurredOn }]
      return admitted
        ? { ...state, traineeId, facts, factsHistory, presence: 'present', leftOn: null }
        : { ...state, traineeId, facts, factsHistory }
    }
    case 'trainee.identity-corrected.v1': {
      const { fields, reason } = entry.body
      const correction = { fields, reason, on: entry.occurredOn, actorId: entry.actorId }
      return { ...state, identityCorrections: [...state.identityCorrections, correction] }
    }
    case 'trainee.removed.v1':
      return {
        ...state,
        presence: 'removed',
        factsHistory: state.facts === null ? state.factsHistory : [...state.factsHistory, removal(state.facts, entry)],
      }
    case 'trainee.left.v1':
      return { ...state, presence: 'left', leftOn: entry.body.leftOn }
    case 'trainee.code-set.v1':
      return { ...state, hasCode: true }
    default:
      return state
  }
}

export const emptyWishes: WishesState = { wishes: [], registeredOn: null, changes: 0 }

/** Folds one entry of `trainee/<id>/wishes`: the newest list counts, an empty one withdraws. */
export function foldWishes(state: WishesState, recorded: RecordedEntry): WishesState {
  const entry = kindedEntry(recorded)
  if (entry.kind !== 'enrollment.wishes-registered.v2') return state
  return { wishes: entry.body.wishes, registeredOn: entry.occurredOn, changes: state.changes + 1 }
}
