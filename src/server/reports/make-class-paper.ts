// Makes one paper of a class as a file. Slow work: never inside a transaction.
import type { PaperName } from '#contract/paper.ts'
import type { ClassId } from '#contract/values.ts'
import type { ClassPhase } from '#domain/training-class/state.ts'
import type { Outcome } from '#server/ledger/outcome.ts'
import { done, problem } from '#server/ledger/outcome.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import { classPaperOf } from './class-paper.ts'
import type { ClassSource } from './class-source.ts'
import { readClassSource } from './class-source.ts'
import { trainingLevelLabels } from './labels.ts'
import { buildAttendanceForm } from './paper/attendance-form.template.ts'
import { buildCertificateIssueForm } from './paper/certificate-issue-form.template.ts'
import { renderCertificatesPdf } from './paper/certificate-pdf.ts'
import type { FormSheet } from './paper/form-sheet.ts'
import type { CertificatePaper, ClassPaper } from './paper/paper-input.ts'
import { buildQualifiedExportForm } from './paper/qualified-export-form.template.ts'
import { buildQualifiedForm } from './paper/qualified-form.template.ts'
import { buildRosterForm } from './paper/roster-form.template.ts'
import { buildScoresForm } from './paper/scores-form.template.ts'
import { writeForm } from './paper/xlsx-form.ts'

/** A paper ready to be sent; the file name holds the class number and the paper's name, never a person or a place. */
export interface ClassPaperFile {
  readonly bytes: Uint8Array
  readonly contentType: string
  readonly fileName: string
}

type Paper = ReturnType<typeof PaperName.parse>
type FormName = Exclude<Paper, 'certificates'>

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const PDF = 'application/pdf'

const started: readonly ClassPhase[] = ['open', 'completed', 'sealed']
const ended: readonly ClassPhase[] = ['completed', 'sealed']

/** From which phase on each paper says something true. */
const phasesOf: Readonly<Record<Paper, readonly ClassPhase[]>> = {
  roster: ['planned', ...started],
  attendance: started,
  scores: started,
  qualified: ended,
  'qualified-export': ended,
  'certificate-issue': ended,
  certificates: ['sealed'],
}

const forms: Readonly<Record<FormName, (input: ClassPaper) => FormSheet | readonly FormSheet[]>> = {
  roster: buildRosterForm,
  attendance: buildAttendanceForm,
  scores: buildScoresForm,
  qualified: buildQualifiedForm,
  'qualified-export': buildQualifiedExportForm,
  'certificate-issue': buildCertificateIssueForm,
}

/** The papers of the training itself name everyone who took part, those of its end only who is still in the class. */
const withWithdrawn: ReadonlySet<FormName> = new Set(['roster', 'attendance'])

/**
 * Makes a paper of a class.
 * Problems: not-found; refused with class/wrong-phase or certificate/none-issued; glyph-missing with the certificate's place, character and code point.
 */
export async function makeClassPaper(
  context: ServerContext,
  classId: ClassId,
  paper: Paper,
): Promise<Outcome<ClassPaperFile>> {
  const source = await context.store.read(context.facilityId, (view) => readClassSource(view, context, classId))
  if (source === null) return problem('not-found')
  const { plan } = source
  const { phase } = source.classState
  if (!phasesOf[paper].includes(phase)) return problem('refused', { refusal: 'class/wrong-phase', params: { phase } })
  if (paper === 'certificates') return certificatesFile(source)
  const input = classPaperOf(source, context.clock.today(), { withWithdrawn: withWithdrawn.has(paper) })
  const bytes = await writeForm(forms[paper](input))
  return done({ bytes, contentType: XLSX, fileName: `${plan.classNumber}-${paper}.xlsx` })
}

async function certificatesFile(source: ClassSource): Promise<Outcome<ClassPaperFile>> {
  const { demonstration } = source.facility
  const rendered = await renderCertificatesPdf(certificatePapers(source), { demonstration })
  if (rendered.ok) {
    return done({ bytes: rendered.pdf, contentType: PDF, fileName: `${source.plan.classNumber}-certificates.pdf` })
  }
  if (rendered.code === 'certificate/none-to-print') return problem('refused', { refusal: 'certificate/none-issued' })
  const [first] = rendered.missing
  const { index = 0, number = '', field = '', character = '', codePoint = '' } = first ?? {}
  return problem('glyph-missing', {
    params: { index: index + 1, number, field, character, codePoint, count: rendered.missing.length },
  })
}

/** The valid training certificates, in order of issue. */
function certificatePapers(source: ClassSource): CertificatePaper[] {
  return source.certificates.certificates.flatMap(({ number, voided }): CertificatePaper[] => {
    const content = source.contents.get(number)
    if (content === undefined || voided !== null) return []
    const { traineeId: _holder, skillLevel, ...printed } = content
    return [{ ...printed, skillLevelLabel: trainingLevelLabels[skillLevel] }]
  })
}
