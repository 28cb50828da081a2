// What a device gets to see of the ledger, in order of position. A class that left its scope never comes back, so a cursor never skips anything.
import { classOf, classStream, deviceStream, familyOf } from '#contract/streams.ts'
import type { DevicePurpose } from '#contract/device.ts'
import { PULL_ENTRIES_MAX, type PullHeader } from '#contract/sync.ts'
import type { ClassId } from '#contract/values.ts'
import { hasLeftTablets } from '#domain/training-class/tablet-scope.ts'
import type { LedgerReader, StoredEntry } from '#server/storage/ledger-store.ts'
import type { KnownDevice } from './collections.ts'
import { loadFamily, loadState } from './load-states.ts'
import type { ServerContext } from './server-context.ts'

/** First words of the streams each purpose may see; null for all. */
const ROOTS: Record<DevicePurpose, readonly string[] | null> = {
  kiosk: ['facility', 'catalogue', 'provider'],
  instructor: ['facility', 'catalogue', 'provider', 'staff', 'room', 'class', 'device'],
  office: null,
}

/** How many positions one pull looks at, so that a device with a narrow scope never holds the store for long. */
const SCANNED_POSITIONS_MAX = 50_000

/** A page of the feed: the header and the entries in scope, ascending by position. */
export interface FeedPage {
  readonly header: PullHeader
  readonly entries: readonly StoredEntry[]
}

/** Says whether a class is one of the device's. */
export type ClassScope = (classId: ClassId) => boolean

type ScopeContext = Pick<ServerContext, 'clock'>

// Sealed before the tablet joined it never came; sealed since then it goes after a while.
function scopeWithout(device: KnownDevice, left: ReadonlySet<ClassId>): ClassScope {
  if (device.purpose === 'office') return () => true
  const closed = new Set(device.closedClasses)
  return (classId) => device.purpose === 'instructor' && !closed.has(classId) && !left.has(classId)
}

/** The classes that have left the tablets of instructors, sorted. @rule SYN-1 */
export async function leftClasses(view: LedgerReader, { clock }: ScopeContext): Promise<readonly ClassId[]> {
  const today = clock.today()
  const gone = (await loadFamily(view, 'class')).filter(({ state }) => hasLeftTablets(state, today))
  return gone.flatMap(({ stream }) => classOf(stream) ?? []).sort()
}

/** The device's scope: always all at the office, none at a kiosk, those of `leftClasses` neither at an instructor's. */
export async function classScopeOf(
  view: LedgerReader,
  context: ScopeContext,
  device: KnownDevice,
): Promise<ClassScope> {
  return scopeWithout(device, new Set(device.purpose === 'instructor' ? await leftClasses(view, context) : []))
}

// A page names few classes, and a pull is asked for all the time.
async function scopeOfPage(
  view: LedgerReader,
  { clock }: ScopeContext,
  device: KnownDevice,
  page: readonly StoredEntry[],
): Promise<ClassScope> {
  const left = new Set<ClassId>()
  const named = device.purpose === 'instructor' ? page.map(({ stream }) => classOf(stream)) : []
  for (const classId of new Set(named)) {
    if (classId === null) continue
    if (hasLeftTablets(await loadState(view, 'class', classStream(classId)), clock.today())) left.add(classId)
  }
  return scopeWithout(device, left)
}

/** Reads the entries after a position that are in the device's scope, at most 500; the header's cursor is where to go on. */
export async function readFeed(
  view: LedgerReader,
  context: ServerContext,
  device: KnownDevice,
  after: number,
): Promise<FeedPage> {
  const head = await view.entries.headPosition()
  const from = Math.min(after, head)
  const until = Math.min(head, from + SCANNED_POSITIONS_MAX)
  const found = await view.entries.feed({ after: from, until, roots: ROOTS[device.purpose], limit: PULL_ENTRIES_MAX })
  const cursor = found.length === PULL_ENTRIES_MAX ? (found.at(-1)?.position ?? until) : until
  const isInScope = await scopeOfPage(view, context, device, found)
  const entries = found.filter(({ stream }) => {
    // Of devices an instructor's tablet needs itself alone.
    if (familyOf(stream) === 'device' && device.purpose !== 'office') return stream === deviceStream(device.deviceId)
    const classId = classOf(stream)
    return classId === null || isInScope(classId)
  })
  const { facilityId, serverKeys } = context
  const count = entries.length
  return { header: { facilityId, serverEpoch: serverKeys.epoch, head, cursor, count, more: cursor < head }, entries }
}

/** Writes a page as the body of a pull: the header as JSON, then `position id text` a line. */
export function feedBody({ header, entries }: FeedPage): string {
  const lines = entries.map(({ position, id, text }) => `${position} ${id} ${text}\n`)
  return `${JSON.stringify(header)}\n${lines.join('')}`
}
