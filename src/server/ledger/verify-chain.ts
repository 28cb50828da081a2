// Proves a ledger from its own bytes: every chain link by link, every head by its signature, every position there once.
import { GENESIS_HASH } from '#contract/canonical.ts'
import type { DeviceId } from '#contract/values.ts'
import type { LedgerReader, StoredEntry } from '#server/storage/ledger-store.ts'
import { chainHeads, devices } from './collections.ts'
import { isSignedBy } from './ed25519.ts'
import { fastEntryId } from './entry-id.ts'
import { parseEntry } from './entry-text.ts'
import type { ServerKeys } from './server-context.ts'
import { pushText } from './signed-texts.ts'

const PAGE = 1000

/** What is wrong, at the first place in the order of positions; `position` is null for an entry that has none (refused or held). */
export interface LedgerFlaw {
  readonly position: number | null
  readonly deviceId: string | null
  readonly seq: number | null
  readonly flaw: 'altered' | 'missing' | 'head-unsigned' | 'not-an-entry'
}

/** What was found: how many entries were read, the head position, and the first flaw or null. */
export interface LedgerProof {
  readonly entryCount: number
  readonly position: number
  readonly firstFlaw: LedgerFlaw | null
}

type Chain = { readonly deviceId: DeviceId; readonly epoch: string }

const flawAt = (entry: StoredEntry, flaw: LedgerFlaw['flaw']): LedgerFlaw => {
  const { position, deviceId, seq } = entry
  return { position, deviceId, seq, flaw }
}

/** An entry's columns are only there to find it by: they must say what its text says. */
function isAsItsText(stored: StoredEntry): boolean {
  const entry = parseEntry(stored.text)
  return (
    entry !== null &&
    entry.stream === stored.stream &&
    entry.deviceId === stored.deviceId &&
    entry.epoch === stored.epoch &&
    entry.seq === stored.seq
  )
}

async function* chainEntries(view: LedgerReader, { deviceId, epoch }: Chain): AsyncGenerator<StoredEntry> {
  for (let fromSeq = 1; ; ) {
    const page = await view.entries.ofDevice(deviceId, epoch, fromSeq, PAGE)
    yield* page
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    fromSeq = last.seq + 1
  }
}

async function verifyChain(
  view: LedgerReader,
  chain: Chain,
  publicKey: string | null,
): Promise<{ count: number; flaw: LedgerFlaw | null }> {
  const { deviceId, epoch } = chain
  let previousId = GENESIS_HASH
  let count = 0
  for await (const entry of chainEntries(view, chain)) {
    if (entry.seq !== count + 1)
      return { count, flaw: { position: entry.position, deviceId, seq: count + 1, flaw: 'missing' } }
    previousId = fastEntryId(previousId, entry.text)
    if (previousId !== entry.id) return { count, flaw: flawAt(entry, 'altered') }
    if (!isAsItsText(entry)) return { count, flaw: flawAt(entry, 'not-an-entry') }
    count += 1
  }
  const head = (await chainHeads.get(view, `${deviceId}|${epoch}`))?.value
  if (head === undefined || publicKey === null)
    return { count, flaw: { position: null, deviceId, seq: count, flaw: 'head-unsigned' } }
  if (head.lastSeq !== count) return { count, flaw: { position: null, deviceId, seq: count + 1, flaw: 'missing' } }
  const { fromSeq, count: signedCount, signature } = head.signed
  const text = pushText({ deviceId, epoch, fromSeq, count: signedCount, head: previousId })
  const isHead = head.head === previousId && isSignedBy(publicKey, text, signature)
  return { count, flaw: isHead ? null : { position: null, deviceId, seq: count, flaw: 'head-unsigned' } }
}

async function firstGap(view: LedgerReader): Promise<LedgerFlaw | null> {
  const head = await view.entries.headPosition()
  let expected = 1
  while (expected <= head) {
    const page = await view.entries.feed({ after: expected - 1, until: head, roots: null, limit: PAGE })
    for (const { position } of page) {
      if (position !== expected) return { position: expected, deviceId: null, seq: null, flaw: 'missing' }
      expected += 1
    }
    if (page.length < PAGE) break
  }
  return expected > head ? null : { position: expected, deviceId: null, seq: null, flaw: 'missing' }
}

/** Reads the whole ledger and says whether it proves itself. An empty ledger does. */
export async function verifyLedger(
  view: LedgerReader,
  serverKeys: Pick<ServerKeys, 'deviceId' | 'publicKey'>,
): Promise<LedgerProof> {
  const flaws: LedgerFlaw[] = []
  let entryCount = 0
  for (const chain of await view.entries.chains()) {
    const isServer = chain.deviceId === serverKeys.deviceId
    const publicKey = isServer
      ? serverKeys.publicKey
      : ((await devices.get(view, chain.deviceId))?.value.publicKey ?? null)
    const { count, flaw } = await verifyChain(view, chain, publicKey)
    entryCount += count
    if (flaw !== null) flaws.push(flaw)
  }
  const gap = await firstGap(view)
  if (gap !== null) flaws.push(gap)
  const place = ({ position }: LedgerFlaw) => position ?? Number.MAX_SAFE_INTEGER
  flaws.sort((left, right) => place(left) - place(right))
  return { entryCount, position: await view.entries.headPosition(), firstFlaw: flaws[0] ?? null }
}
