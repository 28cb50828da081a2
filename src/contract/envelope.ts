// What every entry carries, whatever it says.
import { z } from 'zod'
import { ActorId, CalendarDate, DeviceId, FacilityId, Hash, Instant, Role } from './values.ts'

/** The path of a stream, e.g. `class/C1/session/S1`; its first words name the family, the rest is scope. */
export const StreamId = z
  .string()
  .regex(/^[a-z]+(\/[A-Za-z0-9_-]+){0,4}$/)
  .max(200)
export type StreamId = z.infer<typeof StreamId>

/**
 * One entry of the ledger as it is hashed, sent and stored: canonical JSON of exactly these fields.
 * `seq` counts from 1 without gaps per device and epoch. `basedOn` is the id of the entry the author saw and means to replace, or null.
 * @rule LED-1
 */
export const Entry = z.strictObject({
  facilityId: FacilityId,
  stream: StreamId,
  kind: z.string().regex(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*\.v\d+$/),
  actorId: ActorId,
  role: Role,
  deviceId: DeviceId,
  epoch: z.string().regex(/^[A-Za-z0-9_-]{8,32}$/),
  seq: z.int().min(1),
  occurredOn: CalendarDate,
  recordedAt: Instant,
  basedOn: Hash.nullable(),
  body: z.record(z.string(), z.unknown()),
})
export type Entry = z.infer<typeof Entry>

/** An entry with its id and, once the server has it, its position (null while pending on this device). */
export interface RecordedEntry {
  readonly id: Hash
  readonly position: number | null
  readonly entry: Entry
}
