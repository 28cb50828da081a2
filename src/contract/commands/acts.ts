// What only the server performs, asked for by a signed-in person. A commandId makes asking twice the same as asking once.
import { z } from 'zod'
import { facilityKinds } from '../kinds/facility.ts'
import { catalogueKinds } from '../kinds/catalogue.ts'
import { certificateKinds } from '../kinds/certificate.ts'
import { lessonKinds } from '../kinds/lesson.ts'
import { CorrectionReason, TraineeFacts, traineeKinds } from '../kinds/trainee.ts'
import { ShortfallReason, trainingClassKinds } from '../kinds/training-class.ts'
import { CalendarDate, ClassId, CommandId, ImportId, NoteId, StaffId, TraineeId } from '../values.ts'
import { Note, StaffIdentity, TraineeIdentity } from '../vault.ts'

/** Six digits. Trivial ones are refused by the rule `access/pin-too-simple`. */
export const Pin = z.string().regex(/^\d{6}$/)

const AppointBody = facilityKinds['staff.appointed.v1'].extend({ displayName: z.string().min(1).max(50), pin: Pin })

export const actCommands = {
  foundFacility: facilityKinds['facility.founded.v1'],
  changeFacility: facilityKinds['facility.changed.v1'],
  setHouseRules: facilityKinds['facility.rules-set.v1'],
  appointStaff: AppointBody,
  renameStaff: z.strictObject({ staffId: StaffId, displayName: StaffIdentity.shape.displayName }),
  resetPin: z.strictObject({ staffId: StaffId, pin: Pin }),
  disableStaff: facilityKinds['staff.disabled.v1'],
  enableStaff: facilityKinds['staff.enabled.v1'],
  registerProvider: facilityKinds['provider.registered.v1'],
  changeProvider: facilityKinds['provider.changed.v1'],
  registerRoom: facilityKinds['room.registered.v1'],
  changeRoom: facilityKinds['room.changed.v1'],
  publishSyllabus: catalogueKinds['catalogue.syllabus-published.v1'],
  admitTrainees: z.strictObject({
    importId: ImportId.nullable(),
    trainees: z
      .array(z.strictObject({ traineeId: TraineeId, facts: TraineeFacts, isNew: z.boolean() }))
      .min(1)
      .max(20_000),
  }),
  undoImport: z.strictObject({ importId: ImportId }),
  changeTraineeFacts: traineeKinds['trainee.facts-changed.v1'].omit({ importId: true }),
  /** `seen` is what the asking person saw: somebody else's correction in between is a no, never overwritten. */
  correctIdentity: z.strictObject({
    traineeId: TraineeId,
    seen: z.strictObject({ name: z.string().max(60), idNumber: z.string().max(18).nullable() }),
    name: TraineeIdentity.shape.name,
    idNumber: TraineeIdentity.shape.idNumber,
    reason: CorrectionReason,
  }),
  recordDeparture: traineeKinds['trainee.left.v1'],
  makeTraineeCodes: z.strictObject({ traineeIds: z.array(TraineeId).min(1).max(500) }),
  planClass: trainingClassKinds['class.planned.v1'],
  changeSession: trainingClassKinds['class.session-changed.v1'],
  openClass: trainingClassKinds['class.opened.v1'],
  enrollTrainees: z.strictObject({
    classId: ClassId,
    trainees: z
      .array(z.strictObject({ traineeId: TraineeId, wishRank: z.int().min(1).max(3).nullable() }))
      .min(1)
      .max(500),
  }),
  withdrawTrainee: trainingClassKinds['enrollment.withdrawn.v1'],
  /** `shortfall` where the law asks for it; its words go to the vault under `noteId`, an id nobody used before. */
  completeClass: z.strictObject({
    classId: ClassId,
    completedOn: CalendarDate,
    shortfall: z
      .strictObject({ reason: ShortfallReason, noteId: NoteId, words: Note.shape.text.regex(/\S/) })
      .optional(),
  }),
  sealClass: z.strictObject({ classId: ClassId }),
  supplementClass: z.strictObject({ classId: ClassId, supplementedOn: CalendarDate }),
  issueCertificates: z.strictObject({ classId: ClassId, issuedOn: CalendarDate }),
  recordCertificate: certificateKinds['certificate.recorded.v1'],
  voidCertificate: certificateKinds['certificate.voided.v1'],
  settleAttendance: lessonKinds['attendance.settled.v1'],
  settleScore: lessonKinds['assessment.settled.v1'],
  confirmDeviceKey: facilityKinds['device.key-confirmed.v1'],
  liftQuarantine: facilityKinds['device.quarantine-lifted.v1'],
  acceptDeviceLoss: facilityKinds['device.loss-accepted.v1'],
} as const

export type ActName = keyof typeof actCommands
export type ActBody<N extends ActName> = z.infer<(typeof actCommands)[N]>

/** `POST /api/acts`: `name` is one of actCommands, `body` is parsed with its schema. */
export const ActRequest = z.strictObject({
  commandId: CommandId,
  name: z.enum(Object.keys(actCommands) as [ActName, ...ActName[]]),
  body: z.record(z.string(), z.unknown()),
})
export type ActRequest = z.infer<typeof ActRequest>

/**
 * What an act answers: positions of the entries it wrote; for makeTraineeCodes the codes, once; for issueCertificates, once too, who got none because
 * the certificate's typeface lacks a character of his name (`codePoint` as in `U+20BB7`). A refusal is a Problem `refused` that names the code.
 */
export const ActAnswer = z.object({
  commandId: CommandId,
  positions: z.array(z.int()),
  codes: z.array(z.strictObject({ traineeId: TraineeId, code: z.string() })).optional(),
  heldBack: z.array(z.strictObject({ traineeId: TraineeId, character: z.string(), codePoint: z.string() })).optional(),
})
export type ActAnswer = z.infer<typeof ActAnswer>
