// The facility, its staff, providers, rooms and devices as folded.
import type { HouseRules } from '#contract/kinds/facility.ts'
import type {
  CalendarDate,
  DeviceId,
  FacilityKind,
  Hash,
  KeyId,
  ProviderId,
  RoomId,
  SkillLevel,
  StaffId,
} from '#contract/values.ts'
import type { Finding } from '../shared/finding.ts'

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

/** Folded from `staff/<id>`. `disabledSpans`: the positions between which he was disabled, oldest first; `until` null while he is. */
export interface StaffState {
  readonly staffId: StaffId | null
  readonly account: string
  readonly staffRole: 'administrator' | 'officer' | 'instructor' | null
  readonly providerId: ProviderId | null
  readonly enabled: boolean
  readonly disabledSpans: readonly { readonly from: number; readonly until: number | null }[]
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

/** A key the device proved to be its own after it lost the one before. */
export interface RenewedKey {
  readonly publicKey: string
  readonly entryId: Hash
  readonly confirmed: boolean
}

/** What a browser lost that was this device and joined as another: `missing` entries it had said were saved are not here. */
export interface DeviceLoss {
  readonly byDeviceId: DeviceId
  readonly missing: number
  readonly entryId: Hash
  readonly accepted: boolean
}

/**
 * Two histories of one device: from `forkedSeq` of `epoch` on `hereCount` entries are in the ledger, and `branchCount` others were offered.
 * `lifted` once an administrator let the device go on under a new epoch.
 */
export interface DeviceFork {
  readonly epoch: string
  readonly forkedSeq: number
  readonly hereCount: number
  readonly branchCount: number
  readonly entryId: Hash
  readonly lifted: boolean
}

/**
 * Folded from `device/<id>`. `renewedKeys`, `losses` and `forks` oldest first. `storageOverride`: where in the device's own chain an administrator last let
 * roll calls be held although the browser does not promise to keep its data.
 */
export interface DeviceState {
  readonly deviceId: DeviceId | null
  readonly label: string
  readonly purpose: 'kiosk' | 'instructor' | 'office' | null
  readonly renewedKeys: readonly RenewedKey[]
  readonly losses: readonly DeviceLoss[]
  readonly forks: readonly DeviceFork[]
  readonly storageOverride: { readonly epoch: string; readonly seq: number } | null
  readonly findings: readonly Finding[]
}
