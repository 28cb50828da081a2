// What the papers of a class are made from: plain values, filled in by whoever knows the ledger and the vault.
// No ids and no logic here; an unknown optional fact is null and leaves its box empty. @rule REP-4
import type { AttendanceMark, LeaveReason } from '#contract/kinds/lesson.ts'
import type { CertificateKind } from '#contract/values.ts'

/**
 * One mark of one trainee in one session; null on a day when he was not in the class (his box stays empty and counts nowhere).
 * `leaveReason` only for `excused`.
 */
export interface AttendancePaperMark {
  readonly sessionKey: string
  readonly mark: AttendanceMark | null
  readonly leaveReason: LeaveReason | null
  readonly madeUp: boolean
}

/** One held session, in order of time; `key` joins it to the marks. */
export interface SessionPaper {
  readonly key: string
  readonly heldOn: string
}

/** One certificate a trainee holds from this class; voided ones are left out by the caller. */
interface CertificateRecordPaper {
  readonly kind: CertificateKind
  readonly number: string
  readonly issuerName: string
  readonly issuedOn: string
}

/**
 * What stands for one part of the assessment: tenths of a point, the word recorded instead, `barred` for who was not expected at it, `disputed`
 * while two results of it differ and nobody has settled them, or null where nothing is recorded yet.
 */
export type PaperScore = number | 'absent' | 'deferred' | 'barred' | 'disputed' | null

/** Why fewer hours were taught than the syllabus has; `plannedHours` null where the syllabus was not known, `words` null where they cannot be read. */
interface ShortfallPaper {
  readonly plannedHours: number | null
  readonly taughtHours: number
  readonly reason: string
  readonly words: string | null
}

/**
 * One trainee of the class, in roster order; `sequence` counts from 1. `assessmentRemark`: why he took no part in the assessment, or why he was
 * admitted to it below the threshold of hours.
 */
export interface TraineePaper {
  readonly sequence: number
  readonly name: string
  readonly sex: 'male' | 'female'
  readonly ethnicity: string | null
  readonly bornOn: string
  readonly education: string | null
  readonly idNumber: string | null
  readonly facilityNumber: string
  readonly ward: string | null
  readonly termEndsOn: string
  readonly household: string | null
  readonly employmentIntent: string | null
  readonly remark: string | null
  readonly examNumber: string | null
  readonly theory: PaperScore
  readonly practical: PaperScore
  readonly assessmentRemark: string | null
  readonly passed: boolean
  readonly certificates: readonly CertificateRecordPaper[]
  readonly marks: readonly AttendancePaperMark[]
}

/**
 * One class as all its papers need it. Days are `YYYY-MM-DD`; `printedOn` stands in the head of each form.
 * A session without a mark for a trainee prints as present, as in the ledger.
 * `proofLine` (ledger position and hash) is printed small at the foot of every page.
 */
export interface ClassPaper {
  readonly className: string
  readonly classNumber: string
  readonly occupationName: string
  readonly skillLevelLabel: string
  readonly providerName: string
  readonly facilityName: string
  readonly startedOn: string
  readonly endedOn: string
  readonly completedOn: string | null
  readonly classHours: number
  readonly shortfall: ShortfallPaper | null
  readonly sessions: readonly SessionPaper[]
  readonly trainees: readonly TraineePaper[]
  readonly printedOn: string
  readonly proofLine: string | null
  readonly demonstration: boolean
}

/** One training certificate as it is printed. `skillLevelLabel` such as the notice's word for level 5; nothing of custody may ever join this list. */
export interface CertificatePaper {
  readonly number: string
  readonly holderName: string
  readonly idNumber: string | null
  readonly occupationName: string
  readonly skillLevelLabel: string
  readonly startedOn: string
  readonly completedOn: string
  readonly classHours: number
  readonly issuerName: string
  readonly issuedOn: string
  readonly qrText: string
}
