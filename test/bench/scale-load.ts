// A facility's ledger of any size: real entries, chained and folded as if a tablet had pushed them, written through the store in large batches.
import { GENESIS_HASH } from '#contract/canonical.ts'
import type { DeviceId, Hash, Instant } from '#contract/values.ts'
import { actPerformers } from '#server/acts/performers.ts'
import { makeContext } from '#server/devices/make-context.ts'
import { chainHeads, devices, type KnownDevice } from '#server/ledger/collections.ts'
import { signingKeyOf } from '#server/ledger/ed25519.ts'
import { fastEntryId } from '#server/ledger/entry-id.ts'
import { recordedEntry } from '#server/ledger/entry-text.ts'
import { prepareLedger } from '#server/ledger/prepare-ledger.ts'
import { project } from '#server/ledger/project.ts'
import type { Batch } from '#server/ledger/read-batch.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import { pushText } from '#server/ledger/signed-texts.ts'
import type { LedgerStore, NewEntry } from '#server/storage/ledger-store.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { foundTestFacility, testKeys } from '#test/support/test-server.ts'

/** A class of 40 trainees with 40 lessons; a facility of 250 classes makes 400,000 marks a year. */
export const TRAINEES = 40
export const LESSONS = 40
export const MARKS_A_CLASS = TRAINEES * LESSONS
export const VERSION = 'scale'

const EPOCH = 'scale-epoch-1'
const MOMENT = '2026-11-02T01:00:00.000Z'

export interface LoadedFacility {
  readonly context: ServerContext
  readonly device: KnownDevice
  /** The next marks of the tablet, as a push. */
  nextBatch(count: number): Batch
  load(classes: number): Promise<void>
}

export const sessionOf = (classNumber: number, lesson: number) =>
  `class/C${classNumber}/session/C${classNumber}L${lesson}`

function makeTablet(context: ServerContext, deviceId: DeviceId, seed: Uint8Array) {
  const key = signingKeyOf(seed)
  const { facilityId } = context
  let [seq, head]: [number, Hash] = [0, GENESIS_HASH]
  const mark = (classNumber: number, lesson: number, trainee: number): NewEntry => {
    seq += 1
    const stream = sessionOf(classNumber, lesson)
    // Written out in the order of the canonical form; the proof at the end says whether it is.
    const body = `{"classId":"C${classNumber}","correctionReason":null,"leaveReason":null,"mark":"absent","minutes":null,"noteId":null,"sessionId":"C${classNumber}L${lesson}","traineeId":"C${classNumber}T${trainee}"}`
    const text = `{"actorId":"TEACHER1","basedOn":null,"body":${body},"deviceId":"${deviceId}","epoch":"${EPOCH}","facilityId":"${facilityId}","kind":"attendance.marked.v1","occurredOn":"2026-11-02","recordedAt":"${MOMENT}","role":"instructor","seq":${seq},"stream":"${stream}"}`
    head = fastEntryId(head, text)
    return { id: head, stream, deviceId, epoch: EPOCH, seq, text, verdict: { status: 'recorded' } }
  }
  const sign = (fromSeq: number, count: number) => key.sign(pushText({ deviceId, epoch: EPOCH, fromSeq, count, head }))
  return { key, mark, sign, at: () => ({ seq, head }) }
}

/** Founds a facility in the store, with one tablet. */
export async function foundLoaded(store: LedgerStore, number: number): Promise<LoadedFacility> {
  const random = seededRandom(1000 + number)
  const sources = { nowMs: () => Date.parse(MOMENT), random: random.bytes }
  const context = makeContext({ store, dataDir: 'nowhere', keys: testKeys(random), performers: actPerformers }, sources)
  await foundTestFacility({ context })
  await prepareLedger(context, VERSION, () => undefined)
  const deviceId = `TABLET${number}` as DeviceId
  const tablet = makeTablet(context, deviceId, random.bytes(32))
  const device: KnownDevice = {
    deviceId,
    label: 'tablet',
    purpose: 'office',
    publicKey: tablet.key.publicKey,
    deviceSecret: Buffer.from(random.bytes(32)).toString('base64url'),
    joinedAt: MOMENT as Instant,
    lastSeenAt: null,
    closedClasses: [],
    quarantinedAt: null,
  }
  const { facilityId } = context
  await store.transaction(facilityId, (tx) => devices.put(tx, deviceId, device, 0))
  let loaded = 0
  const loadClass = async () => {
    loaded += 1
    const added: NewEntry[] = []
    for (let lesson = 1; lesson <= LESSONS; lesson += 1)
      for (let trainee = 1; trainee <= TRAINEES; trainee += 1) added.push(tablet.mark(loaded, lesson, trainee))
    await store.transaction(facilityId, async (tx) => {
      const positions = await tx.entries.append(added)
      const places = added.map((entry, index) => ({ ...entry, position: positions[index] ?? null }))
      await project(tx, places.map(recordedEntry))
      const { seq: lastSeq, head } = tablet.at()
      const signed = { fromSeq: lastSeq, count: 1, signature: tablet.sign(lastSeq, 1) }
      await chainHeads.update(tx, `${deviceId}|${EPOCH}`, () => ({ lastSeq, head, signed }))
    })
  }
  return {
    context,
    device,
    async load(classes) {
      for (let more = 0; more < classes; more += 1) await loadClass()
    },
    nextBatch(count) {
      const fromSeq = tablet.at().seq + 1
      const extra = Array.from({ length: count }, (_, index) =>
        tablet.mark(100_000 + fromSeq, 1 + Math.floor(index / TRAINEES), 1 + (index % TRAINEES)),
      )
      const { head } = tablet.at()
      const header = {
        facilityId,
        deviceId,
        epoch: EPOCH,
        fromSeq,
        count,
        head,
        signature: tablet.sign(fromSeq, count),
      }
      return { header, texts: extra.map(({ text }) => text) }
    },
  }
}
