// Issuing training certificates. The law says who gets which number; the server signs and writes the entries.
import type { BodyOf } from '#contract/kind-registry.ts'
import type { TraineeId } from '#contract/values.ts'
import { mayBeCertified } from '../assessment/outcome.ts'
import type { AssessmentState } from '../assessment/state.ts'
import type { DecisionContext, EntryDraft } from '../shared/decider.ts'
import { draftEntry } from '../shared/draft.ts'
import { currentOutcomes } from '../training-class/outcomes.ts'
import type { ClassState } from '../training-class/state.ts'
import { trainingNumber } from './numbers.ts'
import type { CertificatesState } from './state.ts'

/** One certificate to be made. */
export interface PlannedIssue {
  readonly traineeId: TraineeId
  readonly number: string
  readonly serial: number
}

/**
 * Who is to get a training certificate and under which number: everybody who passed, whose results nothing contradicts since, and who holds none
 * that is not void, in roster order, serials going on after the last one ever used. Empty when there is nobody, or when the class is not planned.
 * Those held back get no number now: a later issue gives them the next ones. @clause 7 @rule CRT-2 @rule CRT-7 @rule ASM-11
 */
export function planIssue(
  classState: ClassState,
  certificates: CertificatesState,
  assessment: AssessmentState,
  providerCode: string,
  heldBack: ReadonlySet<TraineeId> = new Set(),
): readonly PlannedIssue[] {
  const { plan } = classState
  if (plan === null) return []
  const holders = new Set(
    certificates.certificates
      .filter(({ certificateKind, voided }) => certificateKind === 'training' && voided === null)
      .map(({ traineeId }) => traineeId),
  )
  return currentOutcomes(classState)
    .filter(({ traineeId, outcome }) => outcome === 'passed' && !holders.has(traineeId) && !heldBack.has(traineeId))
    .filter(({ traineeId }) => mayBeCertified(assessment, traineeId))
    .map(({ traineeId }, index) => {
      const serial = certificates.lastSerial + index + 1
      return { traineeId, serial, number: trainingNumber(providerCode, plan.classNumber, serial) }
    })
}

/** The draft of one issued certificate once the server has signed it. @rule CRT-3 */
export function draftIssued(body: BodyOf<'certificate.issued.v1'>, context: DecisionContext): EntryDraft {
  return draftEntry('certificate.issued.v1', `class/${body.classId}/certificates`, body, context)
}
