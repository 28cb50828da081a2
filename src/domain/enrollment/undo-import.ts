// Decider of taking a roster import back: possible only while nothing rests on it.
import type { ActBody } from '#contract/commands/acts.ts'
import type { ImportId, TraineeId } from '#contract/values.ts'
import type { Decider, DecisionContext, EntryDraft } from '../shared/decider.ts'
import { draftEntry } from '../shared/draft.ts'
import { refused } from '../shared/refusal.ts'
import { accepted } from '../shared/result.ts'
import { ADMISSION_REASON } from '../trainee/fold.ts'
import type { TraineeState, WishesState } from '../trainee/state.ts'
import type { RosterState } from './state.ts'

interface Reads {
  trainee: TraineeState
  wishes: WishesState
  roster: RosterState
}
const UNDONE_REASON = 'import-undone'

/** Whether the import wrote something of this trainee that still stands. */
function wasTouchedBy(trainee: TraineeState, importId: ImportId): boolean {
  const items = trainee.factsHistory.filter((item) => item.importId === importId)
  return items.length > 0 && !items.some((item) => item.reason === UNDONE_REASON)
}

/** Whether the import's word is still the last about this trainee, and he has neither left nor a place in a class. */
function canGoBack(trainee: TraineeState, importId: ImportId, enrolled: ReadonlySet<TraineeId>): boolean {
  const isLast = trainee.factsHistory.at(-1)?.importId === importId
  return isLast && trainee.presence === 'present' && trainee.traineeId !== null && !enrolled.has(trainee.traineeId)
}

function undoDraft(trainee: TraineeState, importId: ImportId, context: DecisionContext): EntryDraft[] {
  const { traineeId, factsHistory } = trainee
  const before = factsHistory.at(-2)
  if (traineeId === null) return []
  const stream = `trainee/${traineeId}`
  if (factsHistory.at(-1)?.reason === ADMISSION_REASON || before === undefined) {
    return [draftEntry('trainee.removed.v1', stream, { traineeId, importId, reason: UNDONE_REASON }, context)]
  }
  return [
    draftEntry(
      'trainee.facts-changed.v1',
      stream,
      { traineeId, importId, facts: before.facts, reason: UNDONE_REASON },
      context,
    ),
  ]
}

/**
 * Takes an import back, all of it or nothing: people it admitted are removed, facts it changed are set back.
 * Refuses: trainee/import-unknown (also when it was undone before), trainee/import-in-use (`count` people have a place in a class, have
 * registered wishes after being admitted by it, have left, or were changed since). @rule TRN-2
 */
export const undoImport: Decider<ActBody<'undoImport'>, Reads> = {
  families: ['trainee', 'wishes', 'roster'],
  needs: () => [],
  decide({ importId }, read, context) {
    const touched = read
      .all('trainee')
      .map(({ state }) => state)
      .filter((trainee) => wasTouchedBy(trainee, importId))
    if (touched.length === 0) return refused('trainee/import-unknown')
    const enrolled = new Set(read.all('roster').flatMap(({ state }) => state.members.map(({ traineeId }) => traineeId)))
    const wishing = new Set(
      read
        .all('wishes')
        .filter(({ state }) => state.changes > 0)
        .map(({ stream }) => stream),
    )
    const isAdmission = (trainee: TraineeState) => trainee.factsHistory.at(-1)?.reason === ADMISSION_REASON
    const blocked = touched.filter(
      (trainee) =>
        !canGoBack(trainee, importId, enrolled) ||
        (isAdmission(trainee) && wishing.has(`trainee/${trainee.traineeId}/wishes`)),
    )
    if (blocked.length > 0) return refused('trainee/import-in-use', { count: blocked.length })
    return accepted(touched.flatMap((trainee) => undoDraft(trainee, importId, context)))
  },
}
