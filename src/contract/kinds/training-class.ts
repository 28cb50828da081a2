// The life of a training class from plan to seal, and who is in it. @clause 4 @clause 7
import { z } from 'zod'
import {
  CalendarDate,
  CertificateKind,
  ClassId,
  ClockTime,
  Hash,
  Minutes,
  NoteId,
  OccupationId,
  ProviderId,
  Role,
  RoomId,
  ScoreTenths,
  SessionId,
  SkillLevel,
  StaffId,
  SyllabusId,
  TraineeId,
} from '../values.ts'

/** One planned lesson. */
export const SessionPlan = z.strictObject({
  sessionId: SessionId,
  on: CalendarDate,
  startsAt: ClockTime,
  minutes: Minutes.min(1),
})
export type SessionPlan = z.infer<typeof SessionPlan>

/** What a trainee ends a class with. `notAssessed`: took no part, or has no full result. Scores null when absent or not assessed. */
export const TraineeOutcome = z.strictObject({
  traineeId: TraineeId,
  outcome: z.enum(['passed', 'failed', 'notAssessed']),
  attendedMinutes: z.int().min(0),
  theoryTenths: ScoreTenths.nullable(),
  practicalTenths: ScoreTenths.nullable(),
})
export type TraineeOutcome = z.infer<typeof TraineeOutcome>

/** Who signed a seal, and for which organisation (`facility` or a provider's id). */
export const SealSigner = z.strictObject({ staffId: StaffId, role: Role, organisation: z.string().min(1).max(64) })
export type SealSigner = z.infer<typeof SealSigner>

/** The number people call a class by: plan year and running number. */
export const ClassNumber = z.string().regex(/^\d{4}-\d{3}$/)

/** Why a class ended with fewer hours than its syllabus plans, or before its last lesson was over by the clock. */
export const ShortfallReason = z.enum(['all-taught', 'part-only', 'lessons-lost', 'people-leaving', 'other'])
export type ShortfallReason = z.infer<typeof ShortfallReason>

/**
 * What was said about missing hours when a class was completed. The words lie in the vault under `noteId`; `wordsHash` is SHA-256 over them,
 * so that the seal holds them too. `syllabusMinutes` as planned by the syllabus on that day, null where it was not known.
 */
export const CompletionShortfall = z.strictObject({
  reason: ShortfallReason,
  noteId: NoteId,
  wordsHash: Hash,
  syllabusMinutes: z.int().min(0).nullable(),
})
export type CompletionShortfall = z.infer<typeof CompletionShortfall>

export const trainingClassKinds = {
  'class.planned.v1': z.strictObject({
    classId: ClassId,
    classNumber: ClassNumber,
    occupationId: OccupationId,
    skillLevel: SkillLevel,
    syllabusId: SyllabusId,
    providerId: ProviderId,
    instructorIds: z.array(StaffId).min(1).max(10),
    roomId: RoomId,
    startsOn: CalendarDate,
    endsOn: CalendarDate,
    seatCap: z.int().min(1).max(500),
    certificateKind: CertificateKind,
    sessions: z.array(SessionPlan).max(400),
  }),
  'class.session-changed.v1': z.strictObject({
    classId: ClassId,
    session: SessionPlan,
    cancelled: z.boolean(),
    reason: z.enum(['rescheduled', 'lockdown', 'instructor-ill', 'room', 'holiday', 'other']),
  }),
  'class.opened.v1': z.strictObject({ classId: ClassId, openedOn: CalendarDate }),
  'class.completed.v1': z.strictObject({
    classId: ClassId,
    completedOn: CalendarDate,
    plannedMinutes: z.int().min(0),
    taughtMinutes: z.int().min(0),
    outcomes: z.array(TraineeOutcome).max(500),
    shortfall: CompletionShortfall.optional(),
  }),
  'class.sealed.v1': z.strictObject({ classId: ClassId, contentHash: Hash, signers: z.array(SealSigner).min(1) }),
  'class.supplemented.v1': z.strictObject({
    classId: ClassId,
    supplementedOn: CalendarDate,
    outcomes: z.array(TraineeOutcome).min(1).max(500),
  }),
  'enrollment.enrolled.v1': z.strictObject({
    classId: ClassId,
    traineeId: TraineeId,
    wishRank: z.int().min(1).max(3).nullable(),
  }),
  'enrollment.withdrawn.v1': z.strictObject({
    classId: ClassId,
    traineeId: TraineeId,
    withdrawnOn: CalendarDate,
    reason: z.enum(['transferred', 'released', 'illness', 'own-wish', 'discipline', 'other']),
  }),
} as const
