// Folds of the facility, its staff, providers and rooms.
import type { RecordedEntry } from '#contract/envelope.ts'
import { kindedEntry } from '../shared/kinded-entry.ts'
import { defaultHouseRules } from './default-rules.ts'
import type { FacilityState, ProviderState, RoomState, StaffState } from './state.ts'

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
    case 'facility.changed.v1':
      return { ...state, ...entry.body }
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
  disabledSpans: [],
  pinSetOn: null,
}

/** The spans with the open one closed at this position. */
function closedAt(spans: StaffState['disabledSpans'], position: number | null): StaffState['disabledSpans'] {
  return spans.map((span) => (span.until === null ? { ...span, until: position } : span))
}

/** Folds one entry of `staff/<id>`. */
export function foldStaff(state: StaffState, recorded: RecordedEntry): StaffState {
  const entry = kindedEntry(recorded)
  switch (entry.kind) {
    case 'staff.appointed.v1':
      return { ...entry.body, enabled: true, disabledSpans: [], pinSetOn: entry.occurredOn }
    case 'staff.pin-set.v1':
      return { ...state, pinSetOn: entry.occurredOn }
    case 'staff.disabled.v1':
      return {
        ...state,
        enabled: false,
        disabledSpans: [...state.disabledSpans, { from: recorded.position ?? 0, until: null }],
      }
    case 'staff.enabled.v1':
      return { ...state, enabled: true, disabledSpans: closedAt(state.disabledSpans, recorded.position) }
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
