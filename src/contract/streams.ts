// Names of streams. A stream is small by choice: one class's roster, one lesson's marks, one trainee's wishes.
import type { ClassId, DeviceId, OccupationId, ProviderId, RoomId, SessionId, StaffId, TraineeId } from './values.ts'
import type { StreamId } from './envelope.ts'

/** The families of streams; each has one fold. */
export type StreamFamily =
  | 'facility'
  | 'catalogue'
  | 'provider'
  | 'room'
  | 'staff'
  | 'device'
  | 'trainee'
  | 'wishes'
  | 'class'
  | 'roster'
  | 'session'
  | 'assessment'
  | 'certificates'

export const facilityStream: StreamId = 'facility'
export const catalogueStream = (id: OccupationId): StreamId => `catalogue/${id}`
export const providerStream = (id: ProviderId): StreamId => `provider/${id}`
export const roomStream = (id: RoomId): StreamId => `room/${id}`
export const staffStream = (id: StaffId): StreamId => `staff/${id}`
export const deviceStream = (id: DeviceId): StreamId => `device/${id}`
export const traineeStream = (id: TraineeId): StreamId => `trainee/${id}`
export const wishesStream = (id: TraineeId): StreamId => `trainee/${id}/wishes`
export const classStream = (id: ClassId): StreamId => `class/${id}`
export const rosterStream = (id: ClassId): StreamId => `class/${id}/roster`
export const sessionStream = (id: ClassId, session: SessionId): StreamId => `class/${id}/session/${session}`
export const assessmentStream = (id: ClassId): StreamId => `class/${id}/assessment`
export const certificatesStream = (id: ClassId): StreamId => `class/${id}/certificates`

const SUB_FAMILIES: Record<string, StreamFamily> = {
  wishes: 'wishes',
  roster: 'roster',
  session: 'session',
  assessment: 'assessment',
  certificates: 'certificates',
}

const ROOT_FAMILIES: ReadonlySet<string> = new Set([
  'facility',
  'catalogue',
  'provider',
  'room',
  'staff',
  'device',
  'trainee',
  'class',
])

/** The family of a stream, or null for a path this version does not know (such entries are held, never dropped). */
export function familyOf(stream: StreamId): StreamFamily | null {
  const parts = stream.split('/')
  if (parts.length > 2) return SUB_FAMILIES[parts[2] ?? ''] ?? null
  const root = parts[0] ?? ''
  return ROOT_FAMILIES.has(root) ? (root as StreamFamily) : null
}

/** The class a stream belongs to, or null when it belongs to none. */
export function classOf(stream: StreamId): ClassId | null {
  const [root, id] = stream.split('/')
  return root === 'class' && id !== undefined ? (id as ClassId) : null
}

/** The trainee a stream belongs to, or null when it belongs to none. */
export function traineeOf(stream: StreamId): TraineeId | null {
  const [root, id] = stream.split('/')
  return root === 'trainee' && id !== undefined ? (id as TraineeId) : null
}
