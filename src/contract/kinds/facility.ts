// What can happen to the facility itself, its people who work, its rooms, providers and devices.
import { z } from 'zod'
import {
  Base64Url,
  CalendarDate,
  DeviceId,
  FacilityKind,
  Hash,
  KeyId,
  ProviderId,
  RoomId,
  SkillLevel,
  StaffId,
} from '../values.ts'

/** One row of the dated working-age table: ages in months, minimum inclusive, maximum exclusive. @clause 2 */
export const WorkingAgeRow = z.strictObject({
  validFrom: CalendarDate,
  minimumMonths: z.int().min(0),
  maximumMonthsMale: z.int().min(0),
  maximumMonthsFemale: z.int().min(0),
})
export type WorkingAgeRow = z.infer<typeof WorkingAgeRow>

/** House rules an administrator may change; each value is a default the notice does not fix. */
export const HouseRules = z.strictObject({
  attendanceThresholdPercent: z.int().min(0).max(100),
  classHourMinutes: z.int().min(30).max(60),
  seatCapDefault: z.int().min(1).max(500),
  workingAge: z.array(WorkingAgeRow).min(1),
})
export type HouseRules = z.infer<typeof HouseRules>

export const facilityKinds = {
  'facility.founded.v1': z.strictObject({
    name: z.string().min(1).max(60),
    facilityKind: FacilityKind,
    cityCode: z.string().regex(/^34\d{4}$/),
    demonstration: z.boolean(),
  }),
  /** What may change after the founding; the kind of facility and its being a demonstration never do. */
  'facility.changed.v1': z.strictObject({
    name: z.string().min(1).max(60),
    cityCode: z.string().regex(/^34\d{4}$/),
  }),
  'facility.rules-set.v1': z.strictObject({ rules: HouseRules }),
  'staff.appointed.v1': z.strictObject({
    staffId: StaffId,
    account: z.string().regex(/^[a-z][a-z0-9]{2,19}$/),
    staffRole: z.enum(['administrator', 'officer', 'instructor']),
    providerId: ProviderId.nullable(),
  }),
  'staff.pin-set.v1': z.strictObject({ staffId: StaffId }),
  /** The name in the vault was changed; neither the old one nor the new one is here. */
  'staff.renamed.v1': z.strictObject({ staffId: StaffId }),
  'staff.disabled.v1': z.strictObject({ staffId: StaffId }),
  'staff.enabled.v1': z.strictObject({ staffId: StaffId }),
  'provider.registered.v1': z.strictObject({
    providerId: ProviderId,
    code: z.string().regex(/^[A-Z]{2,6}$/),
    name: z.string().min(1).max(60),
    qualification: z.string().min(1).max(120),
    qualificationValidUntil: CalendarDate,
    skillLevels: z.array(SkillLevel).min(1),
  }),
  'provider.changed.v1': z.strictObject({
    providerId: ProviderId,
    name: z.string().min(1).max(60),
    qualification: z.string().min(1).max(120),
    qualificationValidUntil: CalendarDate,
    skillLevels: z.array(SkillLevel).min(1),
  }),
  'provider.key-made.v1': z.strictObject({ providerId: ProviderId, keyId: KeyId, publicKey: Base64Url }),
  'room.registered.v1': z.strictObject({
    roomId: RoomId,
    name: z.string().min(1).max(40),
    seats: z.int().min(1).max(2000),
  }),
  'room.changed.v1': z.strictObject({
    roomId: RoomId,
    name: z.string().min(1).max(40),
    seats: z.int().min(1).max(2000),
  }),
  'device.joined.v1': z.strictObject({
    deviceId: DeviceId,
    label: z.string().min(1).max(40),
    purpose: z.enum(['kiosk', 'instructor', 'office']),
    publicKey: Base64Url,
  }),
  /** The device lost its key with one of its stores and proved by its secret that this new one is its; the chain of `epoch` goes on after `lastSeq`. */
  'device.key-renewed.v1': z.strictObject({
    deviceId: DeviceId,
    publicKey: Base64Url,
    epoch: z.string(),
    lastSeq: z.int().min(0),
    head: Hash,
  }),
  'device.key-confirmed.v1': z.strictObject({ deviceId: DeviceId, publicKey: Base64Url }),
  /** A browser lost all it had of this device and joined as another: `acknowledgedSeq` it said were saved, `receivedSeq` are here. */
  'device.replaced.v1': z.strictObject({
    deviceId: DeviceId,
    byDeviceId: DeviceId,
    epoch: z.string(),
    acknowledgedSeq: z.int().min(0),
    receivedSeq: z.int().min(0),
  }),
  /**
   * The device offered other entries than those it had handed in before: from `forkedSeq` of `epoch` on `hereCount` are in the ledger, and
   * `branchCount` others were offered and are kept beside it.
   */
  'device.quarantined.v1': z.strictObject({
    deviceId: DeviceId,
    epoch: z.string(),
    forkedSeq: z.int().min(1),
    hereCount: z.int().min(0),
    branchCount: z.int().min(1),
  }),
  /** An administrator lets the device go on in a chain of its own beginning; the chain of `epoch` takes nothing more. */
  'device.quarantine-lifted.v1': z.strictObject({ deviceId: DeviceId, epoch: z.string() }),
  'device.loss-accepted.v1': z.strictObject({ deviceId: DeviceId, byDeviceId: DeviceId }),
  /** An administrator lets roll calls be held on a device whose browser does not promise to keep its data. */
  'device.storage-overridden.v1': z.strictObject({ deviceId: DeviceId }),
} as const
