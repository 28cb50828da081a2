// What must hold after a history, and at any moment of it. Every check reads the stored bytes anew; none asks the part it checks.
import { isDeepStrictEqual } from 'node:util'
import { canonicalText, entryIdOf, GENESIS_HASH } from '#contract/canonical.ts'
import type { Entry, RecordedEntry, StreamId } from '#contract/envelope.ts'
import { familyOf } from '#contract/streams.ts'
import type { Hash } from '#contract/values.ts'
import { emptyState, foldEntries } from '#domain/stream-folds.ts'
import { recordedEntry } from '#server/ledger/entry-text.ts'
import { rebuildProjections } from '#server/ledger/project.ts'
import { verifyLedger } from '#server/ledger/verify-chain.ts'
import type { StoredEntry, StoredState } from '#server/storage/ledger-store.ts'
import { missingFindings } from './disagreement.ts'
import { FORMER_CLASS_ID } from './simulated-facility.ts'
import type { SimulatedSite } from './simulated-site.ts'
import type { SimulatedTablet } from './simulated-tablet.ts'

/** One of the promises was broken. */
export class Violation extends Error {
  readonly invariant: string
  constructor(invariant: string, detail: string) {
    super(`${invariant}: ${detail}`)
    this.name = 'Violation'
    this.invariant = invariant
  }
}

function require(holds: boolean, invariant: string, detail: () => string): void {
  if (!holds) throw new Violation(invariant, detail())
}

/** What a device may see, said once more and apart from the server's own table. */
export function isInScope(tablet: Pick<SimulatedTablet, 'purpose' | 'device'>, stream: StreamId): boolean {
  const [root = '', id] = stream.split('/')
  if (tablet.purpose === 'office') return true
  if (tablet.purpose === 'kiosk') return ['facility', 'catalogue', 'provider'].includes(root)
  if (root === 'class') return id !== FORMER_CLASS_ID
  if (root === 'device') return id === tablet.device.deviceId
  return ['facility', 'catalogue', 'provider', 'staff', 'room'].includes(root)
}

interface Line {
  readonly position: number
  readonly id: Hash
  readonly text: string
}

function pulledLines({ disk }: SimulatedTablet): readonly Line[] {
  const segments = [...disk.rows.segments.values()].sort((first, second) => first.after - second.after)
  return segments.flatMap(({ lines }) =>
    lines.split('\n').map((line) => {
      const [position = '', id = ''] = line.split(' ', 2)
      return { position: Number(position), id: id as Hash, text: line.slice(position.length + id.length + 2) }
    }),
  )
}

const parsed = ({ id, position, text }: { id: Hash; position: number | null; text: string }): RecordedEntry => ({
  id,
  position,
  entry: JSON.parse(text) as Entry,
})

export async function siteEntries({ store, context }: SimulatedSite): Promise<readonly StoredEntry[]> {
  return store.read(context.facilityId, async (view) =>
    view.entries.feed({ after: 0, until: await view.entries.headPosition(), roots: null, limit: 1_000_000 }),
  )
}

function groupByStream(entries: readonly RecordedEntry[]): Map<StreamId, RecordedEntry[]> {
  const groups = new Map<StreamId, RecordedEntry[]>()
  for (const recorded of entries) {
    const group = groups.get(recorded.entry.stream)
    if (group === undefined) groups.set(recorded.entry.stream, [recorded])
    else group.push(recorded)
  }
  return groups
}

function folded(stream: StreamId, entries: readonly RecordedEntry[]): unknown {
  const family = familyOf(stream)
  return family === null ? null : foldEntries(family, emptyState(family), entries)
}

/** (1) and scope: a tablet holds exactly what the server has for it, in the server's order, each line once. */
function checkOrder(tablet: SimulatedTablet, stored: readonly StoredEntry[]): void {
  const wanted = stored
    .filter(({ stream }) => isInScope(tablet, stream))
    .map(({ position, id }) => `${String(position)} ${id}`)
  const held = pulledLines(tablet)
  for (const { text } of held) {
    const stream = (JSON.parse(text) as { stream: StreamId }).stream
    require(isInScope(tablet, stream), 'scope', () => `tablet ${tablet.name} (${tablet.purpose}) holds ${stream}`)
  }
  const found = held.map(({ position, id }) => `${String(position)} ${id}`)
  require(isDeepStrictEqual(found, wanted), 'same-order', () => {
    const at = wanted.findIndex((line, index) => line !== found[index])
    return `tablet ${tablet.name} holds ${String(found.length)} of ${String(wanted.length)} lines; first difference at ${String(at)}: ${found[at] ?? 'nothing'}`
  })
}

/** (2) Nothing anybody was told is saved is lost: it is on the disk, and at the end confirmed or refused with a reason. */
export function checkAcknowledged(tablet: SimulatedTablet): void {
  const written = new Set<string>(tablet.disk.rows.journal.map(({ id }) => id))
  for (const id of tablet.acknowledged)
    require(written.has(id), 'acknowledged-is-durable', () => `tablet ${tablet.name} lost ${id}`)
}

async function checkNothingLost(site: SimulatedSite, tablet: SimulatedTablet): Promise<void> {
  checkAcknowledged(tablet)
  const { deviceId, epoch } = tablet.device
  const journal = tablet.disk.rows.journal
  const stored = await site.store.read(site.context.facilityId, (view) =>
    view.entries.ofDevice(deviceId, epoch, 1, 1_000_000),
  )
  const ids = (rows: readonly { readonly id: Hash }[]) => rows.map(({ id }) => id).join()
  require(ids(stored) === ids(journal), 'everything-arrives', () =>
    `tablet ${tablet.name} wrote ${String(journal.length)}, the server has ${String(stored.length)}`)
  const refusedHere = [...tablet.disk.rows.refused.values()].map(({ seq, code }) => `${String(seq)} ${code}`).sort()
  const refusedThere = stored
    .flatMap(({ seq, verdict }) => (verdict.status === 'refused' ? `${String(seq)} ${verdict.code}` : []))
    .sort()
  require(isDeepStrictEqual(refusedHere, refusedThere), 'refused-with-reason', () =>
    `tablet ${tablet.name}: ${refusedHere.join()} / ${refusedThere.join()}`)
  const work = tablet.ledger.ownWork()
  require(work.unsentCount === 0, 'queues-drain', () =>
    `tablet ${tablet.name} still has ${String(work.unsentCount)} unsent`)
}

/** (4) on the tablet: seq without gaps, each id the hash of the one before and the text, the text in its one form. */
function checkChain({ disk, name }: SimulatedTablet): void {
  let id = GENESIS_HASH
  for (const [index, row] of disk.rows.journal.entries()) {
    id = entryIdOf(id, row.text)
    const isWhole = row.seq === index + 1 && row.id === id && canonicalText(JSON.parse(row.text)) === row.text
    require(isWhole, 'chain', () => `tablet ${name} at seq ${String(index + 1)}`)
  }
}

/** (3) on the tablet: what is stored folded, and what is shown, equal the entries folded anew. */
async function checkTabletStates(tablet: SimulatedTablet): Promise<void> {
  const groups = groupByStream(pulledLines(tablet).map(parsed))
  const snapshots = tablet.disk.rows.snapshots
  require(snapshots.size === groups.size, 'rebuild', () =>
    `tablet ${tablet.name} stores ${String(snapshots.size)} states of ${String(groups.size)} streams`)
  for (const [stream, entries] of groups) {
    const wanted = folded(stream, entries)
    require(isDeepStrictEqual(snapshots.get(stream)?.state, wanted), 'rebuild', () =>
      `tablet ${tablet.name}, ${stream}`)
    const family = familyOf(stream)
    if (family === null) continue
    const shown = await tablet.ledger.state(family, stream)
    require(isDeepStrictEqual(shown, wanted), 'shown', () => `tablet ${tablet.name}, ${stream}`)
  }
}

const timeless = (state: unknown): unknown =>
  JSON.parse(
    JSON.stringify(state, (key, value: unknown) => (key === 'pending' || key === 'position' ? undefined : value)),
  )

/** At any moment a tablet shows what it has pulled and whatever else was written on it, each once, unless the server refused it. */
export async function checkShown(tablet: SimulatedTablet): Promise<void> {
  const pulled = pulledLines(tablet).map(parsed)
  const known = new Set<string>(pulled.map(({ id }) => id))
  for (const { id } of tablet.disk.rows.refused.values()) known.add(id)
  // Where a later entry of this device came back and an earlier one did not, the server has refused it; the reason is still on its way.
  const { deviceId } = tablet.device
  const cameBack = Math.max(0, ...pulled.flatMap(({ entry }) => (entry.deviceId === deviceId ? entry.seq : [])))
  const own = tablet.disk.rows.journal
    .filter(({ id, seq }) => seq > cameBack && !known.has(id))
    .map(({ id, text }) => parsed({ id, position: null, text }))
  const groups = groupByStream([...pulled, ...own])
  for (const stream of new Set(own.map(({ entry }) => entry.stream))) {
    const family = familyOf(stream)
    if (family === null || !isInScope(tablet, stream)) continue
    const shown = timeless(await tablet.ledger.state(family, stream))
    require(isDeepStrictEqual(shown, timeless(folded(stream, groups.get(stream) ?? []))), 'shown', () =>
      `tablet ${tablet.name}, ${stream}, in between`)
  }
}

/** (3) and (4) at the server. */
async function checkSite(site: SimulatedSite, stored: readonly StoredEntry[]): Promise<void> {
  const { store, context } = site
  const proof = await store.read(context.facilityId, (view) => verifyLedger(view, context.serverKeys))
  require(proof.firstFlaw === null, 'chain', () => `the server's ledger: ${JSON.stringify(proof.firstFlaw)}`)
  const groups = groupByStream(stored.map(recordedEntry))
  const live = await allStates(site)
  for (const [stream, state] of live) {
    const wanted = timelessKeys(folded(stream, groups.get(stream) ?? []))
    require(isDeepStrictEqual(state.state, wanted), 'rebuild', () => `the server, ${stream}`)
  }
  await store.transaction(context.facilityId, rebuildProjections)
  require(isDeepStrictEqual(await allStates(site), live), 'rebuild', () => 'the server, rebuilt')
}

// Stored states went through JSON once.
const timelessKeys = (state: unknown): unknown => JSON.parse(JSON.stringify(state))

async function allStates({ store }: SimulatedSite): Promise<ReadonlyMap<StreamId, StoredState>> {
  return new Map([...store.backUp().states].map(([stream, json]) => [stream, JSON.parse(json) as StoredState]))
}

/** (5) Every tablet pushes everything once more; nothing may change by that. */
async function checkPushedTwice(
  site: SimulatedSite,
  tablet: SimulatedTablet,
  sign: (text: string) => string,
): Promise<void> {
  const { deviceId, epoch, facilityId } = tablet.device
  const rows = tablet.disk.rows.journal
  const head = rows.at(-1)?.id
  if (head === undefined) return
  const before = await siteEntries(site)
  const states = await allStates(site)
  const signature = sign(['push', deviceId, epoch, 1, rows.length, head].join('|'))
  const header = { facilityId, deviceId, epoch, fromSeq: 1, count: rows.length, head, signature }
  const body = new TextEncoder().encode([JSON.stringify(header), ...rows.map(({ text }) => text)].join('\n'))
  const answer = await site.handle(deviceId, { path: '/api/sync/push', body })
  require(answer.status === 200, 'push-twice', () => answer.body)
  const isSame = isDeepStrictEqual(await siteEntries(site), before) && isDeepStrictEqual(await allStates(site), states)
  require(isSame, 'push-twice', () => `the second push of tablet ${tablet.name} changed the ledger`)
}

/** What is checked at the end besides, and what is not. */
export interface FinalChecks {
  /** False after a restore: what was seen before it cannot be told from positions any more. */
  readonly disagreements: boolean
}

/** All of them. */
export async function checkEnd(
  site: SimulatedSite,
  tablets: readonly SimulatedTablet[],
  { disagreements }: FinalChecks,
): Promise<void> {
  const stored = await siteEntries(site)
  for (const tablet of tablets) {
    await checkNothingLost(site, tablet)
    checkOrder(tablet, stored)
    checkChain(tablet)
    await checkTabletStates(tablet)
  }
  await checkSite(site, stored)
  if (disagreements) {
    const missing = missingFindings(stored, tablets, await allStates(site))
    require(missing.length === 0, 'no-silent-winner', () => missing.join('; '))
  }
  for (const tablet of tablets) await checkPushedTwice(site, tablet, tablet.sign)
}
