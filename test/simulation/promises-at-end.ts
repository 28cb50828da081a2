// What must hold when the queues have drained: of the site, of each tablet, and between them.
import { isDeepStrictEqual } from 'node:util'
import { canonicalText, entryIdOf, GENESIS_HASH } from '#contract/canonical.ts'
import { familyOf } from '#contract/streams.ts'
import type { Hash } from '#contract/values.ts'
import { rebuildProjections } from '#server/ledger/project.ts'
import { verifyLedger } from '#server/ledger/verify-chain.ts'
import type { StoredState } from '#server/storage/ledger-store.ts'
import { missingFindings, missingWords } from './disagreement.ts'
import { checkEndedClass } from './ended-class.ts'
import { checkFamily } from './forked-family.ts'
import { keeps } from './promises.ts'
import { checkAcknowledged, pulledLines } from './promises-on-the-way.ts'
import { isInScope } from './scope-of-tablet.ts'
import { CLASS_ID, FORMER_CLASS_ID } from './simulated-facility.ts'
import type { SimulatedSite } from './simulated-site.ts'
import type { SimulatedTablet } from './simulated-tablet.ts'
import { parsed, siteEntries, type Truth } from './truth.ts'

/** I3 on the tablet: seq without gaps, each id the hash of the one before and the text, the text in its one form. */
function checkChain({ disk, name }: SimulatedTablet): void {
  let id = GENESIS_HASH
  for (const [index, row] of disk.rows.journal.entries()) {
    id = entryIdOf(id, row.text)
    const isWhole = row.seq === index + 1 && row.id === id && canonicalText(JSON.parse(row.text)) === row.text
    keeps(isWhole, 'I3', () => `tablet ${name} at seq ${String(index + 1)}`)
  }
}

/** I4 and I12: a tablet holds exactly what the site has for it, in the site's order, each line once and to the letter. */
function checkLines(tablet: SimulatedTablet, { stored }: Truth): void {
  const held = pulledLines(tablet)
  for (const line of held) {
    const { stream } = parsed(line).entry
    keeps(isInScope(tablet, stream), 'I12', () => `tablet ${tablet.name} (${tablet.purpose}) holds ${stream}`)
  }
  const lineOf = ({ position, id, text }: { position: number | null; id: Hash; text: string }) =>
    `${String(position)} ${id} ${text}`
  const wanted = stored.filter(({ stream }) => isInScope(tablet, stream)).map(lineOf)
  const found = held.map(lineOf)
  const at = wanted.findIndex((line, index) => line !== found[index])
  keeps(
    at === -1 && found.length === wanted.length,
    'I4',
    () =>
      `tablet ${tablet.name} holds ${String(found.length)} of ${String(wanted.length)} lines; first difference at ${String(at)}: ${found[at] ?? 'nothing'}`,
  )
}

/** I12: not one byte of a class out of scope lies anywhere on the disk. */
function checkBytes(tablet: SimulatedTablet): void {
  if (tablet.purpose === 'office') return
  const { segments, snapshots } = tablet.disk.rows
  const marker = String(FORMER_CLASS_ID)
  const isInRows =
    [...segments.values()].some(({ lines }) => lines.includes(marker)) ||
    JSON.stringify([...snapshots]).includes(marker)
  const isInFiles = tablet.disk
    .files()
    .some((bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(marker))
  keeps(!isInRows && !isInFiles, 'I12', () => `tablet ${tablet.name} (${tablet.purpose}) has bytes of a former class`)
}

/** I4 on the tablet: what is stored folded, and what is shown when nothing is pending, equal the entries folded anew. */
async function checkStates(tablet: SimulatedTablet, { states }: Truth, isDrained: boolean): Promise<void> {
  const { snapshots } = tablet.disk.rows
  const streams = [...states.keys()].filter((stream) => isInScope(tablet, stream))
  keeps(
    snapshots.size === streams.length,
    'I4',
    () => `tablet ${tablet.name} stores ${String(snapshots.size)} states of ${String(streams.length)} streams`,
  )
  for (const stream of streams) {
    const wanted = states.get(stream)
    keeps(isDeepStrictEqual(snapshots.get(stream)?.state, wanted), 'I4', () => `tablet ${tablet.name}, ${stream}`)
    const family = familyOf(stream)
    if (family === null || !isDrained) continue
    const shown = await tablet.ledger.state(family, stream)
    keeps(isDeepStrictEqual(shown, wanted), 'I13', () => `tablet ${tablet.name} shows ${stream} otherwise`)
  }
}

/** I2 and I3 at the site: every chain, every head, the order of all events; each entry at one position only. */
async function checkLedger({ store, context }: SimulatedSite, { stored }: Truth): Promise<void> {
  const proof = await store.read(context.facilityId, (view) => verifyLedger(view, context.serverKeys))
  keeps(proof.firstFlaw === null, 'I3', () => `the site's ledger: ${JSON.stringify(proof.firstFlaw)}`)
  const places = stored.map(({ deviceId, epoch, seq }) => `${deviceId} ${epoch} ${String(seq)}`)
  const isOnce = new Set(places).size === places.length && new Set(stored.map(({ id }) => id)).size === places.length
  keeps(
    isOnce && stored.every(({ position }, index) => position === index + 1),
    'I2',
    () => 'an entry stands at two positions, or a position is missing',
  )
}

/** I4 and I14 at the site: live states equal those folded anew, and nothing waits for a newer program any more. */
async function checkSiteStates(site: SimulatedSite, { states }: Truth): Promise<void> {
  const { store, context } = site
  const held = await store.read(context.facilityId, (view) => view.entries.held())
  keeps(held.length === 0, 'I14', () => `${String(held.length)} entries are still held after the upgrade`)
  const live = new Map(store.states())
  for (const [stream, wanted] of states) {
    if (familyOf(stream) === null) continue
    const { state } = JSON.parse(live.get(stream) ?? '{}') as Partial<StoredState>
    // Stored states went through JSON once.
    keeps(isDeepStrictEqual(state, JSON.parse(JSON.stringify(wanted))), 'I4', () => `the site, ${stream}`)
  }
  await store.certain.transaction(context.facilityId, rebuildProjections)
  keeps(isDeepStrictEqual(new Map(store.states()), live), 'I4', () => 'the site, rebuilt')
}

const markOf = async ({ store, context }: SimulatedSite): Promise<string> => {
  const head = await store.read(context.facilityId, (view) => view.entries.head())
  return JSON.stringify([head, [...store.states()]])
}

/** I2: a tablet pushes everything once more; nothing may change by that. */
async function checkPushedTwice(site: SimulatedSite, tablet: SimulatedTablet): Promise<void> {
  const { deviceId, epoch, facilityId } = tablet.device
  const rows = tablet.disk.rows.journal
  const head = rows.at(-1)?.id
  if (head === undefined) return
  const before = await markOf(site)
  const signature = tablet.sign(['push', deviceId, epoch, 1, rows.length, head].join('|'))
  const header = { facilityId, deviceId, epoch, fromSeq: 1, count: rows.length, head, signature }
  const body = new TextEncoder().encode([JSON.stringify(header), ...rows.map(({ text }) => text)].join('\n'))
  const answer = await site.handle(deviceId, { path: '/api/sync/push', body })
  keeps(answer.status === 200, 'I2', () => `tablet ${tablet.name} pushes again: ${answer.body}`)
  keeps((await markOf(site)) === before, 'I2', () => `the second push of tablet ${tablet.name} changed the ledger`)
}

/** I1 and I6 of a device of which there is one: all it wrote is at the site, and it was told of each refusal. */
async function checkArrived(site: SimulatedSite, tablet: SimulatedTablet): Promise<void> {
  const { deviceId, epoch } = tablet.device
  const { journal, refused } = tablet.disk.rows
  const stored = await site.store.read(site.context.facilityId, (view) =>
    view.entries.ofDevice(deviceId, epoch, 1, 1_000_000),
  )
  const ids = (rows: readonly { readonly id: Hash }[]) => rows.map(({ id }) => id).join()
  keeps(
    ids(stored) === ids(journal),
    'I1',
    () => `tablet ${tablet.name} wrote ${String(journal.length)}, the site has ${String(stored.length)}`,
  )
  const here = [...refused.values()].map(({ seq, code }) => `${String(seq)} ${code}`).sort()
  const there = stored
    .flatMap(({ seq, verdict }) => (verdict.status === 'refused' ? `${String(seq)} ${verdict.code}` : []))
    .sort()
  keeps(isDeepStrictEqual(here, there), 'I6', () => `tablet ${tablet.name}: ${here.join()} / ${there.join()}`)
  const { unsentCount } = tablet.ledger.ownWork()
  keeps(unsentCount === 0, 'I7', () => `tablet ${tablet.name} still has ${String(unsentCount)} unsent`)
}

/** I5: nobody's word is gone, and who contradicted whom blindly is a finding. After a restore positions no longer tell who knew what. */
function checkWords(tablets: readonly SimulatedTablet[], { stored, states }: Truth, wasRestored: boolean): void {
  const gone = missingWords(stored, states)
  keeps(gone.length === 0, 'I5', () => `gone: ${gone.join('; ')}`)
  if (wasRestored) return
  const missing = missingFindings(stored, tablets, states)
  keeps(missing.length === 0, 'I5', () => missing.join('; '))
}

/** All of it. `families`: tablets by device, for of a copied one there are two. Answers how many devices forked. */
export async function checkEnd(
  site: SimulatedSite,
  families: readonly (readonly SimulatedTablet[])[],
  truth: Truth,
  wasRestored: boolean,
): Promise<number> {
  const tablets = families.flat()
  await checkLedger(site, truth)
  await checkSiteStates(site, truth)
  checkWords(tablets, truth, wasRestored)
  checkEndedClass(truth.stored, CLASS_ID)
  let forks = 0
  for (const family of families) {
    const [first] = family
    const isAlone = family.length === 1
    if (first !== undefined && isAlone) await checkArrived(site, first)
    const isForked = !isAlone && (await checkFamily(site, family))
    if (isForked) forks += 1
    for (const tablet of family) {
      checkAcknowledged(tablet)
      checkChain(tablet)
      checkLines(tablet, truth)
      checkBytes(tablet)
      await checkStates(tablet, truth, tablet.ledger.ownWork().unsentCount === 0)
    }
    if (first !== undefined && isAlone) await checkPushedTwice(site, first)
  }
  keeps((await siteEntries(site)).length === truth.stored.length, 'I2', () => 'looking changed the ledger')
  return forks
}
