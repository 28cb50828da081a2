// The facility, its staff, providers, rooms and devices as folded.
import type { HouseRules } from '#contract/kinds/facility.ts'
import type {
  CalendarDate,
  DeviceId,
  FacilityKind,
  KeyId,
  ProviderId,
  RoomId,
  SkillLevel,
  StaffId,
} from '#contract/values.ts'

/** Folded from `facility`; `rules` always holds (defaults before any was set). */
export interface FacilityState {
  readonly founded: boolean
  readonly name: string
  readonly facilityKind: FacilityKind | null
  readonly cityCode: string
  readonly demonstration: boolean
  readonly rules: HouseRules
  readonly rulesAreDefaults: boolean
}

/** Folded from `staff/<id>`. */
export interface StaffState {
  readonly staffId: StaffId | null
  readonly account: string
  readonly staffRole: 'administrator' | 'officer' | 'instructor' | null
  readonly providerId: ProviderId | null
  readonly enabled: boolean
  readonly pinSetOn: CalendarDate | null
}

/** Folded from `provider/<id>`. `keys` oldest first; the last signs. */
export interface ProviderState {
  readonly providerId: ProviderId | null
  readonly code: string
  readonly name: string
  readonly qualification: string
  readonly qualificationValidUntil: CalendarDate | null
  readonly skillLevels: readonly SkillLevel[]
  readonly keys: readonly { readonly keyId: KeyId; readonly publicKey: string }[]
}

/** Folded from `room/<id>`. */
export interface RoomState {
  readonly roomId: RoomId | null
  readonly name: string
  readonly seats: number
}

/** Folded from `device/<id>`. */
export interface DeviceState {
  readonly deviceId: DeviceId | null
  readonly label: string
  readonly purpose: 'kiosk' | 'instructor' | 'office' | null
}
