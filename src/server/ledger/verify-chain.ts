// Proves a ledger from its own bytes: every device's chain link by link, every head by its signature, and the order of all events, in one pass.
import { GENESIS_HASH } from '#contract/canonical.ts'
import type { DeviceId, Hash } from '#contract/values.ts'
import { EMPTY_HEAD, linkOf, nextHead } from '#server/storage/arrival-chain.ts'
import type { ArrivedEntry, LedgerHead, LedgerReader } from '#server/storage/ledger-store.ts'
import { chainHeads, devices } from './collections.ts'
import { isSignedBy } from './ed25519.ts'
import { fastEntryId } from './entry-id.ts'
import { parseEntry } from './entry-text.ts'
import { type LedgerEvent, ledgerEvents } from './ledger-events.ts'
import type { LedgerFlaw } from './ledger-flaw.ts'
import type { ServerKeys } from './server-context.ts'
import { pushText } from './signed-texts.ts'
import { firstStateFlaw } from './verify-states.ts'

/** What was found: how many entries were read, the head position, and the first flaw or null. */
export interface LedgerProof {
  readonly entryCount: number
  readonly position: number
  readonly firstFlaw: LedgerFlaw | null
}

interface ChainPlace {
  readonly deviceId: DeviceId
  readonly epoch: string
  readonly seq: number
  readonly head: Hash
}

/** An entry's columns are only there to find it by: they must say what its text says. */
function isAsItsText(stored: ArrivedEntry): boolean {
  const entry = parseEntry(stored.text)
  return (
    entry !== null &&
    entry.stream === stored.stream &&
    entry.deviceId === stored.deviceId &&
    entry.epoch === stored.epoch &&
    entry.seq === stored.seq
  )
}

const isLinked = ({ kind, entry }: LedgerEvent, head: LedgerHead) =>
  // The mark of a settled entry is that of its settling; how it came is bound by the head.
  (kind === 'came' && entry.settled !== null) || entry.link === linkOf(head.hash)

/** Walks the events; keeps where each chain and the facility stand. */
function makeWalk() {
  const chains = new Map<string, ChainPlace>()
  let head: LedgerHead = EMPTY_HEAD
  let entryCount = 0
  const flawOf = (event: LedgerEvent): LedgerFlaw | null => {
    const { entry, kind, number, verdict } = event
    const { deviceId, epoch, seq } = entry
    const at = (flaw: LedgerFlaw['flaw']) => ({ position: entry.position, deviceId, seq, flaw })
    if (number !== head.arrival + 1) return { position: head.position + 1, deviceId: null, seq: null, flaw: 'missing' }
    const next = nextHead(head, entry, verdict)
    head = next.head
    if (kind === 'came') {
      const before = chains.get(`${deviceId}|${epoch}`) ?? { deviceId, epoch, seq: 0, head: GENESIS_HASH }
      if (seq !== before.seq + 1) return at(seq > before.seq + 1 ? 'missing' : 'inserted')
      if (fastEntryId(before.head, entry.text) !== entry.id) return at('altered')
      if (!isAsItsText(entry)) return at('not-an-entry')
      chains.set(`${deviceId}|${epoch}`, { deviceId, epoch, seq, head: entry.id })
      entryCount += 1
    }
    const isPlaced = kind === 'came' && entry.settled !== null ? true : entry.position === next.position
    return isPlaced && isLinked(event, head) ? null : { ...at('moved'), position: next.position ?? entry.position }
  }
  return { flawOf, chains, head: () => head, entryCount: () => entryCount }
}

async function unsignedHead(
  view: LedgerReader,
  chains: ReadonlyMap<string, ChainPlace>,
  serverKeys: Pick<ServerKeys, 'deviceId' | 'publicKey'>,
): Promise<LedgerFlaw | null> {
  const signed = new Map((await chainHeads.list(view)).map(({ key, value }) => [key, value]))
  for (const key of [...signed.keys()].filter((one) => !chains.has(one)))
    return { position: null, deviceId: key.split('|')[0] ?? null, seq: 1, flaw: 'missing' }
  for (const [key, { deviceId, epoch, seq, head }] of chains) {
    const publicKey =
      deviceId === serverKeys.deviceId ? serverKeys.publicKey : (await devices.get(view, deviceId))?.value.publicKey
    const kept = signed.get(key)
    if (kept === undefined || publicKey === undefined) return { position: null, deviceId, seq, flaw: 'head-unsigned' }
    if (kept.lastSeq !== seq) return { position: null, deviceId, seq: Math.min(kept.lastSeq, seq) + 1, flaw: 'missing' }
    const { fromSeq, count, signature } = kept.signed
    const text = pushText({ deviceId, epoch, fromSeq, count, head })
    if (kept.head !== head || !isSignedBy(publicKey, text, signature))
      return { position: null, deviceId, seq, flaw: 'head-unsigned' }
  }
  return null
}

/**
 * Reads the whole ledger and says whether it proves itself. An empty ledger does. With `foldedBy` the stored states are folded again and compared,
 * if that version of the program folded them.
 */
export async function verifyLedger(
  view: LedgerReader,
  serverKeys: Pick<ServerKeys, 'deviceId' | 'publicKey'>,
  foldedBy: string | null = null,
): Promise<LedgerProof> {
  const walk = makeWalk()
  const stored = await view.entries.head()
  const proof = (firstFlaw: LedgerFlaw | null): LedgerProof => ({
    entryCount: walk.entryCount(),
    position: stored.position,
    firstFlaw,
  })
  for await (const event of ledgerEvents(view)) {
    const flaw = walk.flawOf(event)
    if (flaw !== null) return proof(flaw)
  }
  const { position, arrival, hash } = walk.head()
  const atEnd = { position: position + 1, deviceId: null, seq: null }
  if (stored.arrival > arrival || stored.position > position) return proof({ ...atEnd, flaw: 'missing' })
  const unsigned = await unsignedHead(view, walk.chains, serverKeys)
  if (unsigned !== null) return proof(unsigned)
  if ((await view.entries.count()) !== walk.entryCount() || stored.arrival < arrival || stored.position < position)
    return proof({ ...atEnd, flaw: 'inserted' })
  if (stored.hash !== hash) return proof({ ...atEnd, position, flaw: 'moved' })
  return proof(foldedBy === null ? null : await firstStateFlaw(view, foldedBy))
}
