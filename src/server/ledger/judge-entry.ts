// Refuse what is not authentic, record what is: form, kind, place and right. Whether it is odd is for the folds to find.
import type { Entry } from '#contract/envelope.ts'
import { isKnownKind, isTestimony, kindRegistry } from '#contract/kind-registry.ts'
import { classOf, familyOf, staffStream, traineeOf, traineeStream } from '#contract/streams.ts'
import type { StaffId } from '#contract/values.ts'
import { mayRecord } from '#domain/access/permissions.ts'
import type { LedgerReader, StoredVerdict } from '#server/storage/ledger-store.ts'
import type { KnownDevice } from './collections.ts'
import { loadState } from './load-states.ts'

const MALFORMED: StoredVerdict = { status: 'refused', code: 'malformed' }
const NOT_ALLOWED: StoredVerdict = { status: 'refused', code: 'access/not-allowed' }

/** Whether the ids in the body are those of the stream it was written to: nothing said of one class lands in another. */
function isInItsPlace(entry: Entry): boolean {
  const { classId, sessionId, traineeId, deviceId } = entry.body
  const parts = entry.stream.split('/')
  // Of a device only that device itself may tell.
  if (familyOf(entry.stream) === 'device') return deviceId === parts[1] && deviceId === entry.deviceId
  if (classOf(entry.stream) !== null) {
    return (
      classId === parts[1] &&
      (parts[2] === 'session' ? sessionId === parts[3] && parts.length === 4 : parts.length <= 3)
    )
  }
  return traineeOf(entry.stream) !== null && traineeId === parts[1] && classId === undefined
}

async function isTraineeHimself(view: LedgerReader, entry: Entry): Promise<boolean> {
  const traineeId = traineeOf(entry.stream)
  if (familyOf(entry.stream) !== 'wishes' || traineeId === null || entry.actorId !== (traineeId as string)) return false
  return (await loadState(view, 'trainee', traineeStream(traineeId))).presence !== 'unknown'
}

async function isStaffInRole(view: LedgerReader, device: KnownDevice, entry: Entry): Promise<boolean> {
  if (device.purpose === 'kiosk') return false
  const staff = await loadState(view, 'staff', staffStream(entry.actorId as string as StaffId))
  // Whether he is disabled by now is not asked: he may have recorded it while he had the right. The folds find it. @rule ACC-9
  return staff.staffId !== null && staff.staffRole === entry.role
}

/** Judges the entries of one push: `known` keeps who was found to be who, so that a person is looked up once a batch. */
export function makeJudge(view: LedgerReader, device: KnownDevice): (entry: Entry) => Promise<StoredVerdict> {
  const known = new Map<string, boolean>()
  const isWho = async (entry: Entry) => {
    const key = `${entry.role} ${entry.actorId} ${entry.role === 'trainee' ? entry.stream : ''}`
    const answer =
      known.get(key) ??
      (entry.role === 'trainee' ? await isTraineeHimself(view, entry) : await isStaffInRole(view, device, entry))
    known.set(key, answer)
    return answer
  }
  return async (entry) => {
    const { kind, stream, role } = entry
    if (!isKnownKind(kind) || familyOf(stream) === null) return { status: 'held' }
    if (!isTestimony(kind)) return NOT_ALLOWED
    if (!kindRegistry[kind].safeParse(entry.body).success || !isInItsPlace(entry)) return MALFORMED
    return mayRecord(role, kind) && (await isWho(entry)) ? { status: 'recorded' } : NOT_ALLOWED
  }
}
