// What a device gets to see of the ledger, in order of position. Its scope is fixed when it joins, so a cursor never skips anything.
import { classOf, deviceStream, familyOf } from '#contract/streams.ts'
import type { DevicePurpose } from '#contract/device.ts'
import { PULL_ENTRIES_MAX, type PullHeader } from '#contract/sync.ts'
import type { LedgerReader, StoredEntry } from '#server/storage/ledger-store.ts'
import type { KnownDevice } from './collections.ts'
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

/** Says whether a class is one of the device's: always at the office, never at a kiosk, at an instructor's unless it was sealed before he joined. */
export function isClassInScope(device: KnownDevice, classId: string): boolean {
  if (device.purpose === 'office') return true
  return device.purpose === 'instructor' && !device.closedClasses.some((closed) => closed === classId)
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
  const entries = found.filter(({ stream }) => {
    // Of devices an instructor's tablet needs itself alone.
    if (familyOf(stream) === 'device' && device.purpose !== 'office') return stream === deviceStream(device.deviceId)
    const classId = classOf(stream)
    return classId === null || isClassInScope(device, classId)
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
