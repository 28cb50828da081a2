// What each certificate of a class says, before it is signed.
import {
  assessmentStream,
  catalogueStream,
  certificatesStream,
  classStream,
  providerStream,
} from '#contract/streams.ts'
import type { CalendarDate, ClassId, TraineeId } from '#contract/values.ts'
import type { CertificateContent } from '#contract/vault.ts'
import type { PlannedIssue } from '#domain/certificate/issue.ts'
import { planIssue } from '#domain/certificate/issue.ts'
import type { ProviderState } from '#domain/access/state.ts'
import { loadState } from '#server/ledger/load-states.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import type { CertificatePaper } from '#server/reports/paper/paper-input.ts'
import { trainingLevelLabels } from '#server/reports/labels.ts'
import type { LedgerReader } from '#server/storage/ledger-store.ts'
import { readVaultRow } from '#server/vault/vault-rows.ts'

/** A certificate's content without its QR text. */
export type UnsignedContent = Omit<CertificateContent, 'qrText'>

/** The certificates to be made for a class, in the order of their numbers, and who signs them. */
export interface IssuePlan {
  readonly provider: ProviderState
  readonly contents: readonly UnsignedContent[]
}

/**
 * Reads what the certificates of a sealed class will say; null when the class or the identity of one holder is not there.
 * Whoever is held back is left out, and the numbers close up over him. Facts of training only: person, project, dates, hours, training body. @clause 7
 */
export async function planCertificates(
  tx: LedgerReader,
  context: ServerContext,
  classId: ClassId,
  issuedOn: CalendarDate,
  heldBack: ReadonlySet<TraineeId> = new Set(),
): Promise<IssuePlan | null> {
  const classState = await loadState(tx, 'class', classStream(classId))
  const { plan, completion } = classState
  if (plan === null || completion === null) return null
  const provider = await loadState(tx, 'provider', providerStream(plan.providerId))
  const { occupation } = await loadState(tx, 'catalogue', catalogueStream(plan.occupationId))
  const { rules } = await loadState(tx, 'facility', 'facility')
  const before = await loadState(tx, 'certificates', certificatesStream(classId))
  const assessment = await loadState(tx, 'assessment', assessmentStream(classId))
  const planned = planIssue(classState, before, assessment, provider.code, heldBack)
  const contents: UnsignedContent[] = []
  for (const issue of planned) {
    const holder = await holderOf(tx, context, issue)
    if (holder === null) return null
    contents.push({
      ...holder,
      number: issue.number,
      occupationName: occupation?.name.zh ?? plan.occupationId,
      skillLevel: plan.skillLevel,
      startedOn: plan.startsOn,
      // The training's last day, as on every other paper; the assessment and the completion may come later.
      completedOn: plan.endsOn,
      classHours: Math.floor(completion.taughtMinutes / rules.classHourMinutes),
      issuerName: provider.name,
      issuedOn,
    })
  }
  return { provider, contents }
}

async function holderOf(
  tx: LedgerReader,
  context: ServerContext,
  issue: PlannedIssue,
): Promise<{ traineeId: TraineeId; holderName: string; idNumber: string | null } | null> {
  const row = await readVaultRow(tx, context.vaultKey, 'trainee', issue.traineeId)
  return row === null
    ? null
    : { traineeId: issue.traineeId, holderName: row.content.name, idNumber: row.content.idNumber }
}

/** The certificate as it is printed. */
export function paperOf(
  { traineeId: _holder, skillLevel, ...content }: UnsignedContent,
  qrText: string,
): CertificatePaper {
  return { ...content, skillLevelLabel: trainingLevelLabels[skillLevel], qrText }
}
