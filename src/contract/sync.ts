// The wire between a device and its server. Push and pull move entries; the private manifest moves sealed rows; nothing else moves.
// Requests are read strictly. Answers are read loosely: a tablet that has not updated yet must understand a server that says more than before.
import { z } from 'zod'
import { Base64Url, ClassId, DeviceId, FacilityId, Hash } from './values.ts'
import { StaffKey, TraineeCard, VaultRow } from './vault.ts'

/** The most entries one push may carry, and the most bytes of its body before unpacking. */
export const PUSH_ENTRIES_MAX = 500
export const PUSH_BYTES_MAX = 4 * 1024 * 1024
export const ENTRY_BYTES_MAX = 64 * 1024
export const PULL_ENTRIES_MAX = 500

/**
 * First line of a push body (application/x-ndjson, gzip allowed); the lines after it are canonical entry texts in order of seq from `fromSeq`.
 * `head` is the id of the last entry; `signature` is Ed25519 by the device over the UTF-8 text `push|deviceId|epoch|fromSeq|count|head`.
 */
export const PushHeader = z.strictObject({
  facilityId: FacilityId,
  deviceId: DeviceId,
  epoch: z.string(),
  fromSeq: z.int().min(1),
  count: z.int().min(0).max(PUSH_ENTRIES_MAX),
  head: Hash,
  signature: Base64Url,
})
export type PushHeader = z.infer<typeof PushHeader>

/** What became of one pushed entry. `held`: kept and acknowledged, applied when this server knows the kind. */
export const Verdict = z.discriminatedUnion('status', [
  z.object({ seq: z.int(), status: z.literal('recorded'), position: z.int() }),
  z.object({ seq: z.int(), status: z.literal('duplicate'), position: z.int().nullable() }),
  z.object({ seq: z.int(), status: z.literal('refused'), code: z.string() }),
  z.object({ seq: z.int(), status: z.literal('held') }),
])
export type Verdict = z.infer<typeof Verdict>

/**
 * The server's signed receipt: everything up to `lastSeq` of this device epoch is durable here. `signature` is the server's Ed25519 over
 * `receipt|facilityId|deviceId|epoch|lastSeq|head|position|serverEpoch`.
 */
export const Receipt = z.object({
  facilityId: FacilityId,
  deviceId: DeviceId,
  epoch: z.string(),
  lastSeq: z.int().min(0),
  head: Hash,
  position: z.int().min(0),
  serverEpoch: z.string(),
  signature: Base64Url,
})
export type Receipt = z.infer<typeof Receipt>

/** The text the server signed over a receipt. */
export function receiptText(receipt: Omit<Receipt, 'signature'>): string {
  const { facilityId, deviceId, epoch, lastSeq, head, position, serverEpoch } = receipt
  return ['receipt', facilityId, deviceId, epoch, lastSeq, head, position, serverEpoch].join('|')
}

/**
 * Up to where the chain lies in every proved backup the server keeps: so much is here again whichever of them is restored. `signature` is the
 * server's Ed25519 over `safe|facilityId|deviceId|epoch|safeSeq|serverEpoch`, with the names of the receipt beside it.
 */
export const SafeMark = z.object({ safeSeq: z.int().min(0), signature: Base64Url })
export type SafeMark = z.infer<typeof SafeMark>

/** A server of an older version says nothing of what is safe. */
export const PushAnswer = z.object({ verdicts: z.array(Verdict), receipt: Receipt, safe: SafeMark.optional() })
export type PushAnswer = z.infer<typeof PushAnswer>

/**
 * First line of a pull answer (`GET /api/sync/pull?after=N`); each line after it is `position id text`, three parts split by the first two blanks,
 * ascending by position, only streams in the device's scope. `count` says how many lines follow, each with its line end: an answer cut short on its
 * way is no page. `cursor` is where to go on even when no line was in scope.
 */
export const PullHeader = z.object({
  facilityId: FacilityId,
  serverEpoch: z.string(),
  head: z.int().min(0),
  cursor: z.int().min(0),
  count: z.int().min(0),
  more: z.boolean(),
})
export type PullHeader = z.infer<typeof PullHeader>

export const PrivateCollection = z.enum(['vault', 'staffKey', 'card'])
export type PrivateCollection = z.infer<typeof PrivateCollection>

/**
 * `GET /api/sync/private?known=HASH`: what sealed rows the device should hold now, sorted by collection then key. `hash` is SHA-256 over the canonical
 * text of the rest; when it equals `known`, `rows` is null. Rows the device holds beyond this list leave the device, and so do the entries of
 * `closedClasses`, sorted; a server of an older version names none.
 */
export const PrivateManifest = z.object({
  hash: Hash,
  rows: z.array(z.object({ collection: PrivateCollection, key: z.string(), revision: z.int() })).nullable(),
  closedClasses: z.array(ClassId).optional(),
})
export type PrivateManifest = z.infer<typeof PrivateManifest>

/** `POST /api/sync/private/fetch`: asks for rows by collection and key; at most 500. Keys: vault `kind|id`, staffKey staffId, card its opaque card id. */
export const PrivateFetch = z.strictObject({
  keys: z
    .array(z.strictObject({ collection: PrivateCollection, key: z.string() }))
    .min(1)
    .max(500),
})
export const PrivateRow = z.discriminatedUnion('collection', [
  z.object({ collection: z.literal('vault'), key: z.string(), row: VaultRow }),
  z.object({ collection: z.literal('staffKey'), key: z.string(), row: StaffKey }),
  z.object({ collection: z.literal('card'), key: z.string(), row: TraineeCard }),
])
export type PrivateRow = z.infer<typeof PrivateRow>
export const PrivateRows = z.object({ rows: z.array(PrivateRow) })

/** `POST /api/sync/notes`: notes written on the tablet, already sealed; revision 1 each. The same row twice is the same row. */
export const NotesPush = z.strictObject({ rows: z.array(VaultRow).min(1).max(200) })
