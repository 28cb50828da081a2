// What must hold of a tablet at any moment of a history. Every check reads the stored bytes anew; none asks the part it checks.
import { isDeepStrictEqual } from 'node:util'
import type { RecordedEntry } from '#contract/envelope.ts'
import { familyOf } from '#contract/streams.ts'
import type { Hash } from '#contract/values.ts'
import type { Versions } from './program-version.ts'
import { keeps } from './promises.ts'
import { STRANGER } from './random-commands.ts'
import { isInScope } from './scope-of-tablet.ts'
import type { SimulatedSite } from './simulated-site.ts'
import type { SimulatedTablet } from './simulated-tablet.ts'
import { folded, groupByStream, parsed } from './truth.ts'

/** A line as it was pulled. */
export interface Line {
  readonly position: number
  readonly id: Hash
  readonly text: string
}

/** Every line a tablet pulled, in the order of its pages. */
export function pulledLines({ disk }: Pick<SimulatedTablet, 'disk'>): readonly Line[] {
  const segments = [...disk.rows.segments.values()].sort((first, second) => first.after - second.after)
  return segments.flatMap(({ lines }) =>
    lines.split('\n').map((line) => {
      const [position = '', id = ''] = line.split(' ', 2)
      return { position: Number(position), id: id as Hash, text: line.slice(position.length + id.length + 2) }
    }),
  )
}

/** I1 on the tablet: nothing anybody was told is saved is lost. */
export function checkAcknowledged(tablet: SimulatedTablet): void {
  const written = new Set<string>(tablet.disk.rows.journal.map(({ id }) => id))
  for (const id of tablet.acknowledged) keeps(written.has(id), 'I1', () => `tablet ${tablet.name} lost ${id}`)
}

/** I1 at the site: up to the watermark of a tablet the site has exactly what the tablet wrote, unless it was restored since. */
export async function checkReceived(site: SimulatedSite, tablet: SimulatedTablet): Promise<void> {
  const { state, journal } = tablet.disk.rows
  if (state === null || state.watermark === 0 || state.serverEpoch !== site.context.serverKeys.epoch) return
  const { deviceId, epoch } = tablet.device
  const [stored] = await site.store.read(site.context.facilityId, (view) =>
    view.entries.ofDevice(deviceId, epoch, state.watermark, 1),
  )
  const own = journal.find(({ seq }) => seq === state.watermark)
  keeps(
    own !== undefined && stored?.id === own.id,
    'I1',
    () =>
      `tablet ${tablet.name} holds a receipt up to ${String(state.watermark)}, the site has ${stored?.id ?? 'nothing'} there`,
  )
}

/** How far a tablet was when it was last looked at. */
export interface Standing {
  readonly serverEpoch: string
  readonly cursor: number
}

/** I13: a tablet never knows less of the same ledger than it did. Answers where it stands now. */
export function checkNeverBack(tablet: SimulatedTablet, before: Standing | undefined): Standing | undefined {
  const { state } = tablet.disk.rows
  if (state === null) return undefined
  const { serverEpoch, cursor } = state
  keeps(
    before === undefined || before.serverEpoch !== serverEpoch || cursor >= before.cursor,
    'I13',
    () => `tablet ${tablet.name} went back from ${String(before?.cursor)} to ${String(cursor)}`,
  )
  return { serverEpoch, cursor }
}

const timeless = (state: unknown): unknown =>
  JSON.parse(
    JSON.stringify(state, (key, value: unknown) => (key === 'pending' || key === 'position' ? undefined : value)),
  )

/** Of own entries between those that came back, one was refused, for it was a stranger's, or it is held; of a stranger's held one nobody can tell. */
function isUnclear({ entry }: RecordedEntry, versions: Versions): boolean {
  return entry.actorId === STRANGER.actorId && versions.newKinds.some((kind) => kind === entry.kind)
}

/** I13: at any moment a tablet shows what it has pulled and whatever else was written on it, each once, unless the site refused it. */
export async function checkShown(tablet: SimulatedTablet, versions: Versions): Promise<void> {
  const pulled = pulledLines(tablet).map(parsed)
  const known = new Set<string>(pulled.map(({ id }) => id))
  for (const { id } of tablet.disk.rows.refused.values()) known.add(id)
  // Where a later entry of this device came back and an earlier one did not, the site refused it or holds it.
  const { deviceId } = tablet.device
  const cameBack = Math.max(0, ...pulled.flatMap(({ entry }) => (entry.deviceId === deviceId ? entry.seq : [])))
  const open = tablet.disk.rows.journal
    .filter(({ id }) => !known.has(id))
    .map((row) => parsed({ ...row, position: null }))
  const own = open.filter(({ entry }) => entry.seq > cameBack || entry.actorId !== STRANGER.actorId)
  const unclear = new Set(open.filter((one) => isUnclear(one, versions)).map(({ entry }) => entry.stream))
  const readable = pulled.filter(({ entry }) => versions.knows(tablet.version, entry.kind))
  const groups = groupByStream([...readable, ...own])
  for (const stream of new Set(own.map(({ entry }) => entry.stream))) {
    const family = familyOf(stream)
    if (family === null || unclear.has(stream) || !isInScope(tablet, stream)) continue
    const shown = timeless(await tablet.ledger.state(family, stream))
    keeps(
      isDeepStrictEqual(shown, timeless(folded(stream, groups.get(stream) ?? []))),
      'I13',
      () => `tablet ${tablet.name} does not show ${stream} as it was written`,
    )
  }
}
