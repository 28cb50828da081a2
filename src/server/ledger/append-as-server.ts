// The server as a device: its own chain, its own key, positions at once.
import { canonicalText, entryIdOf, GENESIS_HASH } from '#contract/canonical.ts'
import type { Entry, RecordedEntry } from '#contract/envelope.ts'
import { kindRegistry } from '#contract/kind-registry.ts'
import type { Hash, Instant } from '#contract/values.ts'
import type { EntryDraft } from '#domain/shared/decider.ts'
import type { LedgerTransaction, NewEntry } from '#server/storage/ledger-store.ts'
import { chainHeads } from './collections.ts'
import { recordedEntry } from './entry-text.ts'
import { project } from './project.ts'
import { pushText } from './signed-texts.ts'
import type { Actor, ServerContext } from './server-context.ts'

interface ChainPlace {
  readonly seq: number
  readonly previousId: Hash
  readonly recordedAt: Instant
}

function makeEntry(context: ServerContext, actor: Actor, draft: EntryDraft, place: ChainPlace): NewEntry {
  const { facilityId, serverKeys } = context
  const entry: Entry = {
    facilityId,
    stream: draft.stream,
    kind: draft.kind,
    actorId: actor.actorId,
    role: actor.role,
    deviceId: serverKeys.deviceId,
    epoch: serverKeys.epoch,
    seq: place.seq,
    occurredOn: draft.occurredOn,
    recordedAt: place.recordedAt,
    basedOn: draft.basedOn,
    // A draft the contract does not know must never reach the ledger: throwing here is a bug found in time.
    body: kindRegistry[draft.kind].parse(draft.body),
  }
  const text = canonicalText(entry)
  const { stream, deviceId, epoch, seq } = entry
  return { id: entryIdOf(place.previousId, text), stream, deviceId, epoch, seq, text, verdict: { status: 'recorded' } }
}

/**
 * Appends drafts to the server's own chain in the order given, signs the new head and folds the entries into the stored states.
 * Answers them with their positions; an empty list writes nothing. `recordedAt` is now unless a seed says otherwise.
 */
export async function appendAsServer(
  tx: LedgerTransaction,
  context: ServerContext,
  actor: Actor,
  drafts: readonly EntryDraft[],
  recordedAt: Instant = context.clock.now(),
): Promise<readonly RecordedEntry[]> {
  if (drafts.length === 0) return []
  const { deviceId, epoch } = context.serverKeys
  const before = await chainHeads.get(tx, `${deviceId}|${epoch}`)
  const fromSeq = (before?.value.lastSeq ?? 0) + 1
  let head: Hash = before?.value.head ?? GENESIS_HASH
  const made = drafts.map((draft, index) => {
    const one = makeEntry(context, actor, draft, { seq: fromSeq + index, previousId: head, recordedAt })
    head = one.id
    return one
  })
  const positions = await tx.entries.append(made)
  // Read back from their texts, so that live folds see what a rebuild will see.
  const recordeds = made.map((entry, index) => recordedEntry({ ...entry, position: positions[index] ?? null }))
  await project(tx, recordeds)
  const count = drafts.length
  const signature = context.serverKeys.sign(pushText({ deviceId, epoch, fromSeq, count, head }))
  const signed = { fromSeq, count, signature }
  await chainHeads.put(
    tx,
    `${deviceId}|${epoch}`,
    { lastSeq: fromSeq + count - 1, head, signed },
    before?.revision ?? 0,
  )
  return recordeds
}
