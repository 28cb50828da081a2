// What the ledger knows of a person: facts the law needs, never who he is. Identity lives in the vault.
import { z } from 'zod'
import { CalendarDate, ImportId, OccupationId, Sex, SkillLevel, TraineeId } from '../values.ts'

/** The facts eligibility is judged by. `termEndsOn` is the day printed in the paper, typed by an officer, never computed. @clause 2 */
export const TraineeFacts = z.strictObject({
  sex: Sex,
  bornOn: CalendarDate,
  termEndsOn: CalendarDate,
  workCapable: z.boolean(),
})
export type TraineeFacts = z.infer<typeof TraineeFacts>

/** A wish as it was recorded before reasons were asked for. */
const WishWithoutReason = z.strictObject({ occupationId: OccupationId, skillLevel: SkillLevel })

/** Why somebody wants to learn it, in his own choice of five; nobody has to say. */
export const WishReason = z.enum(['liking', 'experience', 'jobs-at-home', 'own-business', 'family-advice'])
export type WishReason = z.infer<typeof WishReason>

/** One ranked wish; the rank is its place in the list. `reason` is null where it was not said. */
export const Wish = z.strictObject({
  occupationId: OccupationId,
  skillLevel: SkillLevel,
  reason: WishReason.nullable(),
})
export type Wish = z.infer<typeof Wish>

/** What of an identity may be corrected one person at a time; sex and birth are facts and change with `trainee.facts-changed.v1`. */
export const CorrectedField = z.enum(['name', 'idNumber'])
export type CorrectedField = z.infer<typeof CorrectedField>

/** Why an identity was corrected. `rare-character`: the typeface lacks the character, the standard form is written instead. */
export const CorrectionReason = z.enum(['typing-error', 'rare-character', 'changed-by-law', 'other'])
export type CorrectionReason = z.infer<typeof CorrectionReason>

export const traineeKinds = {
  'trainee.admitted.v1': z.strictObject({ traineeId: TraineeId, importId: ImportId.nullable(), facts: TraineeFacts }),
  'trainee.facts-changed.v1': z.strictObject({
    traineeId: TraineeId,
    importId: ImportId.nullable(),
    facts: TraineeFacts,
    reason: z.enum(['roster-import', 'import-undone', 'sentence-reduction', 'term-extended', 'correction', 'health']),
  }),
  /** The identity in the vault was corrected: which fields and why. What they said before and say now is in the vault alone. */
  'trainee.identity-corrected.v1': z.strictObject({
    traineeId: TraineeId,
    fields: z.array(CorrectedField).min(1).max(2),
    reason: CorrectionReason,
  }),
  'trainee.removed.v1': z.strictObject({
    traineeId: TraineeId,
    importId: ImportId.nullable(),
    reason: z.enum(['import-undone', 'entered-by-mistake']),
  }),
  'trainee.left.v1': z.strictObject({
    traineeId: TraineeId,
    leftOn: CalendarDate,
    reason: z.enum(['released', 'transferred', 'other']),
  }),
  'trainee.code-set.v1': z.strictObject({ traineeId: TraineeId }),
  'enrollment.wishes-registered.v1': z.strictObject({
    traineeId: TraineeId,
    wishes: z.array(WishWithoutReason).max(3),
  }),
  'enrollment.wishes-registered.v2': z.strictObject({ traineeId: TraineeId, wishes: z.array(Wish).max(3) }),
} as const
