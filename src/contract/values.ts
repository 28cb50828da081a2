// The small words every shape is made of. Nothing here knows a journey.
import { z } from 'zod'

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isRealDate(text: string): boolean {
  const year = Number(text.slice(0, 4))
  const month = Number(text.slice(5, 7))
  const day = Number(text.slice(8, 10))
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = month === 2 && leap ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0)
  return year >= 1900 && day >= 1 && day <= days
}

function idOf<Name extends string>() {
  return z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/)
    .brand<Name>()
}

/** A day of the calendar in Asia/Shanghai, `YYYY-MM-DD`, 1900 or later, refused unless the day exists. */
export const CalendarDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine(isRealDate)
  .brand<'CalendarDate'>()
export type CalendarDate = z.infer<typeof CalendarDate>

/** A moment in UTC, ISO 8601 with milliseconds and `Z`. Evidence only: order never comes from it. */
export const Instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
  .brand<'Instant'>()
export type Instant = z.infer<typeof Instant>

/** A time of day on the 24-hour clock, `HH:MM`. */
export const ClockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .brand<'ClockTime'>()
export type ClockTime = z.infer<typeof ClockTime>

/** SHA-256 in 64 lower-case hexadecimal digits. */
export const Hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'Hash'>()
export type Hash = z.infer<typeof Hash>

/** Bytes as base64url without padding. */
export const Base64Url = z.string().regex(/^[A-Za-z0-9_-]*$/)

export const FacilityId = idOf<'FacilityId'>()
export type FacilityId = z.infer<typeof FacilityId>
export const TraineeId = idOf<'TraineeId'>()
export type TraineeId = z.infer<typeof TraineeId>
export const StaffId = idOf<'StaffId'>()
export type StaffId = z.infer<typeof StaffId>
/** Who wrote an entry: a staff member, a trainee at the kiosk, or `server`. */
export const ActorId = idOf<'ActorId'>()
export type ActorId = z.infer<typeof ActorId>
export const DeviceId = idOf<'DeviceId'>()
export type DeviceId = z.infer<typeof DeviceId>
export const ClassId = idOf<'ClassId'>()
export type ClassId = z.infer<typeof ClassId>
/** A lesson of a training class; being signed in is `signIn`. */
export const SessionId = idOf<'SessionId'>()
export type SessionId = z.infer<typeof SessionId>
export const OccupationId = idOf<'OccupationId'>()
export type OccupationId = z.infer<typeof OccupationId>
export const SyllabusId = idOf<'SyllabusId'>()
export type SyllabusId = z.infer<typeof SyllabusId>
export const ModuleId = idOf<'ModuleId'>()
export type ModuleId = z.infer<typeof ModuleId>
export const ProviderId = idOf<'ProviderId'>()
export type ProviderId = z.infer<typeof ProviderId>
export const RoomId = idOf<'RoomId'>()
export type RoomId = z.infer<typeof RoomId>
export const ImportId = idOf<'ImportId'>()
export type ImportId = z.infer<typeof ImportId>
export const NoteId = idOf<'NoteId'>()
export type NoteId = z.infer<typeof NoteId>
export const CommandId = idOf<'CommandId'>()
export type CommandId = z.infer<typeof CommandId>
export const KeyId = idOf<'KeyId'>()
export type KeyId = z.infer<typeof KeyId>

/** 5 is junior, 4 is intermediate: the two levels of the notice. @clause 6 */
export const SkillLevel = z.union([z.literal(5), z.literal(4)])
export type SkillLevel = z.infer<typeof SkillLevel>

/** Who acts. `trainee` only at the kiosk, `system` only the server itself. */
export const Role = z.enum(['administrator', 'officer', 'instructor', 'trainee', 'system'])
export type Role = z.infer<typeof Role>

export const Sex = z.enum(['male', 'female'])
export type Sex = z.infer<typeof Sex>

/** The two kinds of facility and so of person. @clause 2 */
export const FacilityKind = z.enum(['prison', 'rehabCenter'])
export type FacilityKind = z.infer<typeof FacilityKind>

/** The four certificate kinds; only `training` is made here. @clause 7 */
export const CertificateKind = z.enum(['nationalQualification', 'skillLevel', 'specificCapability', 'training'])
export type CertificateKind = z.infer<typeof CertificateKind>

/** A score in tenths of a point, 0 to 1000 inclusive; absence is never 0 but its own word. */
export const ScoreTenths = z.int().min(0).max(1000)

/** Minutes of class time, whole, 0 to 1440. */
export const Minutes = z.int().min(0).max(1440)
