// Decider of correcting who somebody is. Names and numbers pass through to the server's vault; no entry ever holds them.
import type { ActBody } from '#contract/commands/acts.ts'
import type { CorrectedField } from '#contract/kinds/trainee.ts'
import type { Decider } from '../shared/decider.ts'
import { draftEntry } from '../shared/draft.ts'
import { refused } from '../shared/refusal.ts'
import { accepted } from '../shared/result.ts'
import type { TraineeState } from './state.ts'

interface Reads {
  trainee: TraineeState
}

/** What a correction changes, in the order of the form. */
export function correctedFields({ seen, name, idNumber }: ActBody<'correctIdentity'>): CorrectedField[] {
  return [
    ...(name === seen.name ? [] : (['name'] as const)),
    ...(idNumber === seen.idNumber ? [] : (['idNumber'] as const)),
  ]
}

/**
 * Notes that somebody's name or identity number was corrected, and why; what is the same again is no entry. Also for somebody who has left: his
 * certificate may still be made. Refuses: trainee/unknown (also when removed), trainee/name-not-usable (blank). @rule TRN-6
 */
export const correctIdentity: Decider<ActBody<'correctIdentity'>, Reads> = {
  needs: (body) => [`trainee/${body.traineeId}`],
  decide(body, read, context) {
    const { traineeId, reason } = body
    const stream = `trainee/${traineeId}`
    const { facts, presence } = read.state('trainee', stream)
    if (facts === null || presence === 'removed') return refused('trainee/unknown')
    if (body.name.trim() === '') return refused('trainee/name-not-usable')
    const fields = correctedFields(body)
    if (fields.length === 0) return accepted([])
    return accepted([draftEntry('trainee.identity-corrected.v1', stream, { traineeId, fields, reason }, context)])
  },
}
