// Sends own entries, oldest first. The watermark moves only with a receipt signed by the server over exactly this chain.
import { PUSH_BYTES_MAX, PUSH_ENTRIES_MAX, PushAnswer, receiptText } from '#contract/sync.ts'
import type { Receipt } from '#contract/sync.ts'
import type { Hash } from '#contract/values.ts'
import type { ProblemCode } from '#contract/problem.ts'
import { utf8 } from '#client/storage/base64url.ts'
import type { JournalRow } from '#client/storage/database.ts'
import type { DeviceRecord } from '#client/storage/device-store.ts'
import type { LedgerSync } from '#client/ledger/client-ledger.ts'
import { isSignedBy } from './device-signer.ts'
import type { SignText } from './device-signer.ts'
import type { Transport } from './transport.ts'

/**
 * How a push ended. `forked`: the server has another history of this device; it stops until a person looks. `epoch-closed`: somebody has looked,
 * and this device goes on under a new epoch. `restored`: the server came from a backup.
 */
export type PushOutcome =
  | { readonly ended: 'all-sent' }
  | { readonly ended: 'restored' }
  | { readonly ended: 'stopped'; readonly code: ProblemCode | 'receipt-wrong' }
  | { readonly ended: 'forked' }
  | { readonly ended: 'epoch-closed'; readonly fromSeq: number }

/** What pushing works with. `progress` hears how many were sent of how many. */
export interface PushParts {
  readonly device: DeviceRecord
  readonly sign: SignText
  readonly ledger: LedgerSync
  readonly transport: Transport
  readonly progress: (done: number, total: number) => void
  readonly paused: () => boolean
}

// Leaves room for the header line.
const BODY_BYTES = PUSH_BYTES_MAX - 4096

/** As many rows from the first on as one push may carry; at least one. */
export function withinBytes(rows: readonly JournalRow[]): readonly JournalRow[] {
  let bytes = 0
  const taken = rows.findIndex((row) => {
    bytes += utf8(row.text).length + 1
    return bytes > BODY_BYTES
  })
  return taken === -1 ? rows : rows.slice(0, Math.max(1, taken))
}

/** Own entries of these seqs, as far as they are here. */
export async function ownRows(
  ledger: Pick<LedgerSync, 'ownEntry'>,
  fromSeq: number,
  toSeq: number,
): Promise<readonly JournalRow[]> {
  const rows: JournalRow[] = []
  for (let seq = fromSeq; seq <= toSeq; seq += 1) {
    const row = await ledger.ownEntry(seq)
    if (row === null) break
    rows.push(row)
  }
  return rows
}

/** The body of a push of rows that follow one another, as the wire and files carry it. */
export async function pushBodyOf(
  { device, sign }: Pick<PushParts, 'device' | 'sign'>,
  rows: readonly [JournalRow, ...JournalRow[]],
): Promise<string> {
  const { facilityId, deviceId, epoch } = device
  const first = rows[0]
  const last = rows.at(-1) ?? first
  const signature = await sign(['push', deviceId, epoch, first.seq, rows.length, last.id].join('|'))
  const header = { facilityId, deviceId, epoch, fromSeq: first.seq, count: rows.length, head: last.id, signature }
  return [JSON.stringify(header), ...rows.map((row) => row.text)].join('\n')
}

/** Whether a receipt is the server's, for this chain, and names the head this device has at that seq. Null: the server knows more than this device has. */
export async function judgeReceipt(
  parts: Pick<PushParts, 'device' | 'ledger'>,
  receipt: Receipt,
  last: Pick<JournalRow, 'seq' | 'id'>,
): Promise<'right' | 'wrong' | 'forked'> {
  const { facilityId, deviceId, epoch, serverPublicKey } = parts.device
  const text = receiptText(receipt)
  const named = receipt.facilityId === facilityId && receipt.deviceId === deviceId && receipt.epoch === epoch
  if (!named || receipt.lastSeq < last.seq || !(await isSignedBy(serverPublicKey, text, receipt.signature)))
    return 'wrong'
  const own: Hash | undefined =
    receipt.lastSeq === last.seq ? last.id : (await parts.ledger.ownEntry(receipt.lastSeq))?.id
  return own === receipt.head ? 'right' : 'forked'
}

/** What the server signed to be safe beside a receipt that was found right; null when it said nothing, or nothing that is its own. */
export async function safeSeqOf(
  { serverPublicKey }: Pick<DeviceRecord, 'serverPublicKey'>,
  { receipt, safe }: Pick<PushAnswer, 'receipt' | 'safe'>,
): Promise<number | null> {
  if (safe === undefined) return null
  const { facilityId, deviceId, epoch, serverEpoch } = receipt
  const text = ['safe', facilityId, deviceId, epoch, safe.safeSeq, serverEpoch].join('|')
  return (await isSignedBy(serverPublicKey, text, safe.signature)) ? safe.safeSeq : null
}

/** One batch; null when it went through and the next may follow. */
async function pushBatch(
  parts: PushParts,
  rows: readonly JournalRow[],
  mayRewind: boolean,
): Promise<PushOutcome | 'rewound' | null> {
  const [first, ...others] = rows
  if (first === undefined) return { ended: 'all-sent' }
  const last = others.at(-1) ?? first
  const data = utf8(await pushBodyOf(parts, [first, ...others]))
  const bytes = { data, contentType: 'application/x-ndjson', gzip: true }
  const answer = await parts.transport.json(
    { method: 'POST', path: '/api/sync/push', bytes, timeoutMs: 60_000 },
    PushAnswer,
  )
  if (!answer.ok) return afterProblem(parts, answer.problem.code, answer.problem.expectSeq, first.seq, mayRewind)
  const { verdicts, receipt } = answer.value
  const judged = await judgeReceipt(parts, receipt, last)
  if (judged === 'forked') return { ended: 'forked' }
  const answered = new Set(verdicts.map(({ seq }) => seq))
  if (judged === 'wrong' || !rows.every((row) => answered.has(row.seq)))
    return { ended: 'stopped', code: 'receipt-wrong' }
  if (receipt.serverEpoch !== parts.ledger.ownWork().state.serverEpoch) {
    await parts.ledger.serverRestored(receipt.serverEpoch)
    return { ended: 'restored' }
  }
  await parts.ledger.confirmPush({ rows, verdicts, receipt, safeSeq: await safeSeqOf(parts.device, answer.value) })
  return null
}

async function afterProblem(
  parts: PushParts,
  code: ProblemCode,
  expectSeq: number | undefined,
  fromSeq: number,
  mayRewind: boolean,
): Promise<PushOutcome | 'rewound'> {
  if (code === 'chain-forked') return { ended: 'forked' }
  if (code === 'epoch-closed' && expectSeq !== undefined) return { ended: 'epoch-closed', fromSeq: expectSeq }
  // These lines do not continue what the server has: offered from the start, it sees where the two histories part and keeps both.
  if (code === 'chain-broken' && mayRewind && fromSeq > 1) {
    await parts.ledger.rewind(1)
    return 'rewound'
  }
  if (code !== 'chain-gap' || expectSeq === undefined || !mayRewind) return { ended: 'stopped', code }
  // The server never expects what it was not offered: a later seq would be a history this device does not have.
  if (expectSeq >= fromSeq) return { ended: 'forked' }
  await parts.ledger.rewind(expectSeq)
  return 'rewound'
}

/**
 * Asks what became of entries the site held until it would know their kind: after its upgrade they have a position or a refusal, and a refusal comes
 * no other way. Null when all were answered.
 */
async function askAboutHeld(parts: PushParts): Promise<PushOutcome | null> {
  for (const { fromSeq, toSeq } of parts.ledger.ownWork().held) {
    const rows = await ownRows(parts.ledger, fromSeq, Math.min(toSeq, fromSeq + PUSH_ENTRIES_MAX - 1))
    const outcome = await pushBatch(parts, withinBytes(rows), false)
    if (outcome !== null && outcome !== 'rewound') return outcome
  }
  return null
}

/** Sends everything unsent, then asks about what is held. Faults: offline, timeout, storage-full, storage-broken, another-window. */
export async function pushPending(parts: PushParts): Promise<PushOutcome> {
  const total = parts.ledger.ownWork().unsentCount
  let mayRewind = true
  let restores = 0
  while (!parts.paused()) {
    const rows = withinBytes(await parts.ledger.unsent(PUSH_ENTRIES_MAX))
    if (rows.length === 0) break
    parts.progress(Math.max(0, total - parts.ledger.ownWork().unsentCount), total)
    const outcome = await pushBatch(parts, rows, mayRewind)
    if (outcome === 'rewound') mayRewind = false
    else if (outcome?.ended === 'restored' && restores === 0) restores += 1
    else if (outcome !== null) return outcome
  }
  return (await askAboutHeld(parts)) ?? { ended: 'all-sent' }
}
