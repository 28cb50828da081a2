// Takes a device's push: the chain is checked link by link, each new entry gets a verdict, and all of it is stored or none.
import { GENESIS_HASH } from '#contract/canonical.ts'
import type { Entry } from '#contract/envelope.ts'
import { classOf } from '#contract/streams.ts'
import { type PushAnswer, type PushHeader, type Receipt, receiptText, type Verdict } from '#contract/sync.ts'
import type { Hash } from '#contract/values.ts'
import type { LedgerTransaction, NewEntry, StoredEntry, StoredVerdict } from '#server/storage/ledger-store.ts'
import { chainHeads, devices, type KnownDevice, noteClasses } from './collections.ts'
import { fastEntryId } from './entry-id.ts'
import { parseEntry } from './entry-text.ts'
import { makeJudge } from './judge-entry.ts'
import { done, type Outcome, problem } from './outcome.ts'
import { project } from './project.ts'
import { safeMarkFor } from './proved-backups.ts'
import { isClosed, quarantine } from './quarantine.ts'
import type { Batch } from './read-batch.ts'
import type { ServerContext } from './server-context.ts'

/** One line of the batch with its link: what the chain says its id is, and what is stored there already. */
interface Link {
  readonly seq: number
  readonly id: Hash
  readonly text: string
  readonly stored: StoredEntry | null
}

async function linksOf(tx: LedgerTransaction, { header, texts }: Batch): Promise<readonly Link[]> {
  const { deviceId, epoch, fromSeq, count } = header
  const fromBefore = Math.max(1, fromSeq - 1)
  const stored = await tx.entries.ofDevice(deviceId, epoch, fromBefore, count + 1)
  const bySeq = new Map(stored.map((entry) => [entry.seq, entry]))
  let previousId = bySeq.get(fromSeq - 1)?.id ?? GENESIS_HASH
  return texts.map((text, index) => {
    const seq = fromSeq + index
    previousId = fastEntryId(previousId, text)
    return { seq, id: previousId, text, stored: bySeq.get(seq) ?? null }
  })
}

function parseNew(context: ServerContext, { header }: Batch, links: readonly Link[]): Outcome<readonly Entry[]> {
  const entries: Entry[] = []
  for (const { seq, text } of links) {
    const entry = parseEntry(text)
    if (entry === null) return problem('malformed')
    if (entry.facilityId !== context.facilityId) return problem('wrong-facility')
    if (entry.deviceId !== header.deviceId || entry.epoch !== header.epoch || entry.seq !== seq)
      return problem('malformed')
    entries.push(entry)
  }
  return done(entries)
}

async function rememberNotes(tx: LedgerTransaction, entries: readonly Entry[]): Promise<void> {
  for (const { stream, body } of entries) {
    if (typeof body.noteId === 'string') await noteClasses.put(tx, body.noteId, { classId: classOf(stream) }, 0)
  }
}

/** A verdict in the words of the wire; `isNew` tells what this very push recorded from what was here before. */
export function wireVerdict(seq: number, verdict: StoredVerdict, position: number | null, isNew: boolean): Verdict {
  if (verdict.status !== 'recorded') return { seq, ...verdict }
  return isNew && position !== null ? { seq, status: 'recorded', position } : { seq, status: 'duplicate', position }
}

async function recordNew(
  tx: LedgerTransaction,
  device: KnownDevice,
  links: readonly Link[],
  entries: readonly Entry[],
): Promise<Verdict[]> {
  const judge = makeJudge(tx, device)
  const added: NewEntry[] = []
  for (const [index, entry] of entries.entries()) {
    const link = links[index]
    if (link === undefined) continue
    const { stream, deviceId, epoch, seq } = entry
    added.push({ id: link.id, stream, deviceId, epoch, seq, text: link.text, verdict: await judge(entry) })
  }
  const positions = await tx.entries.append(added)
  const recordeds = added.flatMap(({ id }, index) => {
    const position = positions[index] ?? null
    const entry = entries[index]
    return position === null || entry === undefined ? [] : [{ id, position, entry }]
  })
  await project(tx, recordeds)
  await rememberNotes(
    tx,
    recordeds.map(({ entry }) => entry),
  )
  return added.map(({ seq, verdict }, index) => wireVerdict(seq, verdict, positions[index] ?? null, true))
}

/** The signed receipt for what a device epoch has here now. */
export async function receiptFor(
  tx: LedgerTransaction,
  context: ServerContext,
  { deviceId, epoch }: Pick<PushHeader, 'deviceId' | 'epoch'>,
): Promise<Receipt> {
  const chain = await chainHeads.get(tx, `${deviceId}|${epoch}`)
  const unsigned = {
    facilityId: context.facilityId,
    deviceId,
    epoch,
    lastSeq: chain?.value.lastSeq ?? 0,
    head: chain?.value.head ?? GENESIS_HASH,
    position: await tx.entries.headPosition(),
    serverEpoch: context.serverKeys.epoch,
  }
  return { ...unsigned, signature: context.serverKeys.sign(receiptText(unsigned)) }
}

async function moveChain(tx: LedgerTransaction, { header }: Batch): Promise<void> {
  const { deviceId, epoch, fromSeq, count, head, signature } = header
  const lastSeq = fromSeq + count - 1
  await chainHeads.update(tx, `${deviceId}|${epoch}`, () => ({ lastSeq, head, signed: { fromSeq, count, signature } }))
}

/**
 * Accepts a push that `readBatch` took apart, in the transaction given. A repeat of known entries answers their stored verdicts.
 * Problems, all leaving nothing but the quarantine of a fork: unknown-device (the header names another device), wrong-facility, malformed,
 * chain-gap (with the seq to go on from), chain-broken (the signed head is not the head of these lines), chain-forked, epoch-closed (with the
 * first seq that is not here, from which the device goes on under a new epoch).
 */
export async function acceptBatch(
  tx: LedgerTransaction,
  context: ServerContext,
  device: KnownDevice,
  batch: Batch,
): Promise<Outcome<PushAnswer>> {
  const { header } = batch
  if (header.deviceId !== device.deviceId) return problem('unknown-device')
  if (header.facilityId !== context.facilityId) return problem('wrong-facility')
  // Asked again within the transaction: the push before this one may have forked.
  const now = (await devices.get(tx, device.deviceId))?.value ?? device
  if (now.quarantinedAt !== null) return problem('chain-forked')
  const chain = (await chainHeads.get(tx, `${header.deviceId}|${header.epoch}`))?.value
  const lastSeq = chain?.lastSeq ?? 0
  if (header.fromSeq > lastSeq + 1) return problem('chain-gap', { expectSeq: lastSeq + 1 })

  const links = await linksOf(tx, batch)
  const head = links.at(-1)?.id ?? (header.fromSeq === lastSeq + 1 ? (chain?.head ?? GENESIS_HASH) : null)
  if (head !== header.head) {
    // The same lines on another past give another head: the device may have signed a chain that forked before this batch.
    return problem('chain-broken')
  }
  const news = links.filter(({ stored }) => stored === null)
  const known = links.filter(({ stored }) => stored !== null)
  const forkedSeq = known.find(({ id, stored }) => stored?.id !== id)?.seq
  const unknownSeq = forkedSeq ?? news[0]?.seq
  // What is here is acknowledged as ever, so that the device says nothing twice in its next chain.
  if (unknownSeq !== undefined && isClosed(now, header.epoch)) return problem('epoch-closed', { expectSeq: unknownSeq })
  if (forkedSeq !== undefined) return quarantine(tx, context, batch, forkedSeq)

  const entries = parseNew(context, batch, news)
  if (!entries.ok) return entries
  const verdicts = known.map(({ seq, stored }) =>
    wireVerdict(seq, stored?.verdict ?? { status: 'held' }, stored?.position ?? null, false),
  )
  if (news.length > 0) {
    verdicts.push(...(await recordNew(tx, device, news, entries.value)))
    await moveChain(tx, batch)
  }
  await devices.update(tx, device.deviceId, (before) => ({ ...(before ?? device), lastSeenAt: context.clock.now() }))
  return done({
    verdicts,
    receipt: await receiptFor(tx, context, header),
    safe: await safeMarkFor(tx, context, header),
  })
}
