// The one state-based table: who people are. Sealed everywhere with AES-256-GCM; compare-and-set by revision, never last writer wins.
// Read loosely: what a later version has added is left aside and is no reason to refuse a person's row.
import { z } from 'zod'
import { Base64Url, CalendarDate, CertificateKind, ClassId, OccupationId, SkillLevel, TraineeId } from './values.ts'
import { ScoreResult } from './kinds/lesson.ts'
import { Wish, WishReason } from './kinds/trainee.ts'

/** What a vault row is about. */
export const VaultKind = z.enum(['trainee', 'staff', 'note', 'certificate'])
export type VaultKind = z.infer<typeof VaultKind>

/**
 * A sealed row: AES-256-GCM with a 12-byte `iv`; additional data is the UTF-8 text `kind|id|revision`; `sealed` ends with the 16-byte tag.
 * Revision counts from 1.
 */
export const VaultRow = z.object({
  kind: VaultKind,
  id: z.string().min(1).max(64),
  revision: z.int().min(1),
  iv: Base64Url,
  sealed: Base64Url,
})
export type VaultRow = z.infer<typeof VaultRow>

/** Who a trainee is. Optional facts a facility does not have are null and stay empty on a form. */
export const TraineeIdentity = z.object({
  name: z.string().min(1).max(60),
  pinyin: z.string(),
  initials: z.string(),
  idNumber: z.string().max(18).nullable(),
  facilityNumber: z.string().min(1).max(32),
  ethnicity: z.string().max(20).nullable(),
  education: z.string().max(20).nullable(),
  ward: z.string().max(30).nullable(),
  household: z.string().max(100).nullable(),
  employmentIntent: z.string().max(100).nullable(),
  remark: z.string().max(400).nullable(),
})
export type TraineeIdentity = z.infer<typeof TraineeIdentity>

export const StaffIdentity = z.object({ displayName: z.string().min(1).max(50) })
export type StaffIdentity = z.infer<typeof StaffIdentity>

export const Note = z.object({ text: z.string().min(1).max(400) })
export type Note = z.infer<typeof Note>

/** Everything a training certificate prints and signs; `qrText` is the signed text in the QR code. */
export const CertificateContent = z.object({
  number: z.string(),
  traineeId: TraineeId,
  holderName: z.string(),
  idNumber: z.string().nullable(),
  occupationName: z.string(),
  skillLevel: SkillLevel,
  startedOn: CalendarDate,
  completedOn: CalendarDate,
  classHours: z.int(),
  issuerName: z.string(),
  issuedOn: CalendarDate,
  qrText: z.string(),
})
export type CertificateContent = z.infer<typeof CertificateContent>

/** The content of each vault kind. */
export interface VaultContent {
  trainee: TraineeIdentity
  staff: StaffIdentity
  note: Note
  certificate: CertificateContent
}

/** How a secret becomes a key: Argon2id with this salt and cost (`memoryKib`, `passes`, one lane, 32 bytes). */
export const KeyCost = z.strictObject({ salt: Base64Url, memoryKib: z.int().min(1024), passes: z.int().min(1) })
export type KeyCost = z.infer<typeof KeyCost>

/** A staff member's way into the vault: the vault key wrapped (AES-256-GCM, AAD `staff-key|staffId`) by Argon2id(PIN). */
export const StaffKey = z.object({
  staffId: z.string(),
  account: z.string(),
  staffRole: z.enum(['administrator', 'officer', 'instructor']),
  revision: z.int().min(1),
  cost: KeyCost,
  iv: Base64Url,
  wrapped: Base64Url,
})
export type StaffKey = z.infer<typeof StaffKey>

/**
 * A trainee's sealed card for the kiosk. Found by `lookup` = HMAC-SHA-256(device secret, facility number), opened by Argon2id(number + ':' + code):
 * that key unwraps the card key (`wrapped`, AAD `card-key`), the card key opens `sealed` (AAD `card|revision`), which holds an OwnState as JSON.
 */
export const TraineeCard = z.object({
  lookup: Base64Url,
  revision: z.int().min(1),
  cost: KeyCost,
  keyIv: Base64Url,
  wrapped: Base64Url,
  iv: Base64Url,
  sealed: Base64Url,
})
export type TraineeCard = z.infer<typeof TraineeCard>

/** All a kiosk ever shows of one person: his own state, as of a day. */
export const OwnState = z.object({
  traineeId: TraineeId,
  displayName: z.string(),
  asOf: CalendarDate,
  eligibility: z.object({
    eligible: z.boolean(),
    reasons: z.array(z.string()),
    eligibleFrom: CalendarDate.nullable(),
  }),
  // A card sealed by an earlier version holds no reasons; one by a later version may hold reasons this one does not know.
  wishes: z.array(z.object({ ...Wish.shape, reason: WishReason.nullable().catch(null) })),
  trainingClass: z
    .object({
      classId: ClassId,
      classNumber: z.string(),
      occupationId: OccupationId,
      skillLevel: SkillLevel,
      phase: z.enum(['planned', 'open', 'completed', 'sealed']),
      startsOn: CalendarDate,
      endsOn: CalendarDate,
      attendedMinutes: z.int(),
      taughtMinutes: z.int(),
      plannedMinutes: z.int(),
      theory: ScoreResult.nullable(),
      practical: ScoreResult.nullable(),
      outcome: z.enum(['passed', 'failed', 'notAssessed']).nullable(),
    })
    .nullable(),
  certificates: z.array(
    z.object({
      certificateKind: CertificateKind,
      number: z.string(),
      issuerName: z.string(),
      issuedOn: CalendarDate,
      occupationId: OccupationId,
      skillLevel: SkillLevel,
    }),
  ),
})
export type OwnState = z.infer<typeof OwnState>
