// Folds of the facility, its staff, providers, rooms and devices.
import type { RecordedEntry } from '#contract/envelope.ts'
import { kindedEntry } from '../shared/kinded-entry.ts'
import { defaultHouseRules } from './default-rules.ts'
import type { DeviceState, FacilityState, ProviderState, RoomState, StaffState } from './state.ts'

export const emptyFacility: FacilityState = {
  founded: false,
  name: '',
  facilityKind: null,
  cityCode: '',
  demonstration: false,
  rules: defaultHouseRules,
  rulesAreDefaults: true,
}

/** Folds one entry of `facility`. */
export function foldFacility(state: FacilityState, recorded: RecordedEntry): FacilityState {
  const entry = kindedEntry(recorded)
  switch (entry.kind) {
    case 'facility.founded.v1':
      return { ...state, founded: true, ...entry.body }
    case 'facility.rules-set.v1':
      return { ...state, rules: entry.body.rules, rulesAreDefaults: false }
    default:
      return state
  }
}

export const emptyStaff: StaffState = {
  staffId: null,
  account: '',
  staffRole: null,
  providerId: null,
  enabled: false,
  pinSetOn: null,
}

/** Folds one entry of `staff/<id>`. */
export function foldStaff(state: StaffState, recorded: RecordedEntry): StaffState {
  const entry = kindedEntry(recorded)
  switch (entry.kind) {
    case 'staff.appointed.v1':
      return { ...entry.body, enabled: true, pinSetOn: entry.occurredOn }
    case 'staff.pin-set.v1':
      return { ...state, pinSetOn: entry.occurredOn }
    case 'staff.disabled.v1':
      return { ...state, enabled: false }
    case 'staff.enabled.v1':
      return { ...state, enabled: true }
    default:
      return state
  }
}

export const emptyProvider: ProviderState = {
  providerId: null,
  code: '',
  name: '',
  qualification: '',
  qualificationValidUntil: null,
  skillLevels: [],
  keys: [],
}

/** Folds one entry of `provider/<id>`. */
export function foldProvider(state: ProviderState, recorded: RecordedEntry): ProviderState {
  const entry = kindedEntry(recorded)
  switch (entry.kind) {
    case 'provider.registered.v1':
    case 'provider.changed.v1':
      return { ...state, ...entry.body }
    case 'provider.key-made.v1':
      return { ...state, keys: [...state.keys, { keyId: entry.body.keyId, publicKey: entry.body.publicKey }] }
    default:
      return state
  }
}

export const emptyRoom: RoomState = { roomId: null, name: '', seats: 0 }

/** Folds one entry of `room/<id>`. */
export function foldRoom(state: RoomState, recorded: RecordedEntry): RoomState {
  const entry = kindedEntry(recorded)
  switch (entry.kind) {
    case 'room.registered.v1':
    case 'room.changed.v1':
      return { ...entry.body }
    default:
      return state
  }
}

export const emptyDevice: DeviceState = { deviceId: null, label: '', purpose: null }

/** Folds one entry of `device/<id>`. */
export function foldDevice(state: DeviceState, recorded: RecordedEntry): DeviceState {
  const entry = kindedEntry(recorded)
  if (entry.kind !== 'device.joined.v1') return state
  return { deviceId: entry.body.deviceId, label: entry.body.label, purpose: entry.body.purpose }
}
