// Deciders of who is here and what the law needs to know of him.
import type { ActBody } from '#contract/commands/acts.ts'
import type { TraineeFacts } from '#contract/kinds/trainee.ts'
import type { TraineeId } from '#contract/values.ts'
import type { Decider, DecisionContext, EntryDraft } from '../shared/decider.ts'
import { draftEntry } from '../shared/draft.ts'
import { refused } from '../shared/refusal.ts'
import type { Result } from '../shared/result.ts'
import { accepted } from '../shared/result.ts'
import type { TraineeState } from './state.ts'

interface Reads {
  trainee: TraineeState
}

const streamOf = (traineeId: TraineeId) => `trainee/${traineeId}`

/** Whether two sets of facts say the same. */
export function sameFacts(first: TraineeFacts, second: TraineeFacts): boolean {
  return (
    first.sex === second.sex &&
    first.bornOn === second.bornOn &&
    first.termEndsOn === second.termEndsOn &&
    first.workCapable === second.workCapable
  )
}

/** Says no when the trainee is not known or no longer here. */
export function refuseAbsentTrainee(trainee: TraineeState): Result<never> | null {
  if (trainee.facts === null) return refused('trainee/unknown')
  if (trainee.presence !== 'present') return refused('trainee/not-present')
  return null
}

/**
 * Admits people and takes over changed facts. What the ledger knows decides, not the flag: whoever is not here is admitted, whoever is here
 * with other facts is changed, whoever is here with the same facts gets no entry. @rule TRN-1
 */
export const admitTrainees: Decider<ActBody<'admitTrainees'>, Reads> = {
  needs: (body) => body.trainees.map(({ traineeId }) => streamOf(traineeId)),
  decide({ importId, trainees }, read, context) {
    const drafts = trainees.flatMap(({ traineeId, facts }): EntryDraft[] => {
      const stream = streamOf(traineeId)
      const known = read.state('trainee', stream)
      if (known.facts === null || known.presence !== 'present') {
        return [draftEntry('trainee.admitted.v1', stream, { traineeId, importId, facts }, context)]
      }
      if (sameFacts(known.facts, facts)) return []
      const reason = importId === null ? 'correction' : 'roster-import'
      return [draftEntry('trainee.facts-changed.v1', stream, { traineeId, importId, facts, reason }, context)]
    })
    return accepted(drafts)
  },
}

/** Changes the facts of one trainee with the reason; the same facts again are no entry. Refuses: trainee/unknown, trainee/not-present. @rule TRN-3 */
export const changeTraineeFacts: Decider<ActBody<'changeTraineeFacts'>, Reads> = {
  needs: (body) => [streamOf(body.traineeId)],
  decide(body, read, context) {
    const stream = streamOf(body.traineeId)
    const known = read.state('trainee', stream)
    const absent = refuseAbsentTrainee(known)
    if (absent !== null) return absent
    if (known.facts !== null && sameFacts(known.facts, body.facts)) return accepted([])
    return accepted([draftEntry('trainee.facts-changed.v1', stream, { ...body, importId: null }, context)])
  },
}

/** Records that someone left. His places in classes stay until he is withdrawn with a reason. Refuses: trainee/unknown, trainee/not-present. @rule TRN-4 */
export const recordDeparture: Decider<ActBody<'recordDeparture'>, Reads> = {
  needs: (body) => [streamOf(body.traineeId)],
  decide(body, read, context) {
    const stream = streamOf(body.traineeId)
    const absent = refuseAbsentTrainee(read.state('trainee', stream))
    return absent ?? accepted([draftEntry('trainee.left.v1', stream, body, context)])
  },
}

function codeDrafts(traineeIds: readonly TraineeId[], context: DecisionContext): readonly EntryDraft[] {
  return traineeIds.map((traineeId) => draftEntry('trainee.code-set.v1', streamOf(traineeId), { traineeId }, context))
}

/** Notes that trainees got codes of their own; the codes never enter the ledger. Refuses: trainee/unknown, trainee/not-present. @rule TRN-5 */
export const makeTraineeCodes: Decider<ActBody<'makeTraineeCodes'>, Reads> = {
  needs: (body) => body.traineeIds.map(streamOf),
  decide(body, read, context) {
    const traineeIds = [...new Set(body.traineeIds)]
    for (const traineeId of traineeIds) {
      const absent = refuseAbsentTrainee(read.state('trainee', streamOf(traineeId)))
      if (absent !== null) return absent
    }
    return accepted(codeDrafts(traineeIds, context))
  },
}
