// Fold of one occupation and its syllabi.
import type { RecordedEntry } from '#contract/envelope.ts'
import { kindedEntry } from '../shared/kinded-entry.ts'
import type { CatalogueState } from './state.ts'

export const emptyCatalogue: CatalogueState = { occupation: null, syllabi: [] }

/** Folds one entry of `catalogue/<occupationId>`; listing again replaces the description, never a syllabus. */
export function foldCatalogue(state: CatalogueState, recorded: RecordedEntry): CatalogueState {
  const entry = kindedEntry(recorded)
  switch (entry.kind) {
    case 'catalogue.occupation-listed.v1':
      return { ...state, occupation: entry.body.occupation }
    case 'catalogue.syllabus-published.v1':
      return { ...state, syllabi: [...state.syllabi, entry.body.syllabus] }
    default:
      return state
  }
}
