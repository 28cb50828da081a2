// The one write gate of this device: needs, decide, parse, number, chain, journals. Nothing else writes an entry.
import { canonicalText, entryIdOf, GENESIS_HASH } from '#contract/canonical.ts'
import type { TestimonyCommand } from '#contract/commands/testimony.ts'
import { Entry } from '#contract/envelope.ts'
import type { RecordedEntry, StreamId } from '#contract/envelope.ts'
import { kindRegistry } from '#contract/kind-registry.ts'
import { familyOf } from '#contract/streams.ts'
import type { StreamFamily } from '#contract/streams.ts'
import { ENTRY_BYTES_MAX } from '#contract/sync.ts'
import type { ActorId, CalendarDate, Hash, Role } from '#contract/values.ts'
import { decideCommand, familiesOf, gatherNeeds } from '#domain/deciders.ts'
import type { EntryDraft, StateReader } from '#domain/shared/decider.ts'
import { refused } from '#domain/shared/refusal.ts'
import { accepted } from '#domain/shared/result.ts'
import type { Result } from '#domain/shared/result.ts'
import { emptyState } from '#domain/stream-folds.ts'
import type { StreamStates } from '#domain/stream-states.ts'
import type { DeviceRecord } from '#client/storage/device-store.ts'
import type { JournalRow } from '#client/storage/database.ts'
import type { Journal } from '#client/storage/journal.ts'
import { storageFaultOf } from '#client/storage/fault.ts'
import type { StreamReader } from './read-stream.ts'
import { calendarDateOf, instantOf } from './time.ts'
import type { Clock } from './time.ts'

/** Who records: the signed-in staff member, or the trainee whose card is open. */
export interface RecordingActor {
  readonly actorId: ActorId
  readonly role: Role
}

/** `basedOn` names the entry the author saw and means to replace; `occurredOn` the day it happened when that is not the day the rule takes. */
export interface RecordOptions {
  readonly basedOn?: Hash | null
  readonly occurredOn?: CalendarDate
}

/** The end of this device's chain. */
export interface ChainHead {
  readonly seq: number
  readonly id: Hash
}

/** What the gate works with. */
export interface RecordParts {
  readonly device: Pick<DeviceRecord, 'facilityId' | 'deviceId' | 'epoch'>
  readonly journals: readonly Journal[]
  readonly reader: StreamReader
  readonly clock: Clock
  readonly actor: () => RecordingActor | null
}

// A rule may follow references, so it is asked again with what is known until it names nothing new.
async function loadNeeds(command: TestimonyCommand, reader: StreamReader): Promise<StateReader<StreamStates>> {
  const families = new Map<StreamFamily, readonly { readonly stream: StreamId; readonly state: unknown }[]>()
  for (const family of familiesOf(command.name)) families.set(family, await reader.all(family))
  const loaded = new Map<StreamId, unknown>()
  const view: StateReader<StreamStates> = {
    state: (family, stream) => (loaded.get(stream) ?? emptyState(family)) as StreamStates[typeof family],
    all: (family) =>
      (families.get(family) ?? []) as readonly { stream: StreamId; state: StreamStates[typeof family] }[],
  }
  for (;;) {
    const missing = gatherNeeds(command.name, command.body, view, new Set(loaded.keys()))
    if (missing.length === 0) return view
    await reader.warm(missing)
    for (const stream of missing) {
      const family = familyOf(stream)
      if (family === null) throw new TypeError(`no family reads the stream ${stream}`)
      loaded.set(stream, await reader.state(family, stream))
    }
  }
}

/** A yes of the law: the drafts to write, and as whom. */
export interface DecidedRecord {
  readonly drafts: readonly EntryDraft[]
  readonly actor: RecordingActor
}

/**
 * Asks the law: loads what the rule names and decides. Writes nothing.
 * Refuses: access/not-allowed when nobody is signed in, and whatever the rule refuses.
 */
export async function decideRecord(parts: RecordParts, command: TestimonyCommand): Promise<Result<DecidedRecord>> {
  const actor = parts.actor()
  if (actor === null) return refused('access/not-allowed')
  const view = await loadNeeds(command, parts.reader)
  const decision = decideCommand(command.name, command.body, view, { ...actor, today: calendarDateOf(parts.clock()) })
  return decision.ok ? accepted({ drafts: decision.value, actor }) : decision
}

interface Chained {
  readonly rows: readonly JournalRow[]
  readonly recorded: readonly RecordedEntry[]
  readonly head: ChainHead
}

/** Numbers, parses and chains drafts after the head. A draft its own contract does not accept is a bug and throws. @rule LED-1 @rule LED-2 */
export function chainDrafts(
  parts: Pick<RecordParts, 'device' | 'clock'>,
  drafts: readonly EntryDraft[],
  actor: RecordingActor,
  head: ChainHead,
  options: RecordOptions,
): Chained {
  const { facilityId, deviceId, epoch } = parts.device
  const recordedAt = instantOf(parts.clock())
  const rows: JournalRow[] = []
  const recorded: RecordedEntry[] = []
  let { seq, id } = head
  for (const draft of drafts) {
    seq += 1
    const basedOn = options.basedOn === undefined ? draft.basedOn : options.basedOn
    const body = kindRegistry[draft.kind].parse(draft.body)
    const entry = Entry.parse({
      ...actor,
      facilityId,
      deviceId,
      epoch,
      seq,
      recordedAt,
      basedOn,
      body,
      stream: draft.stream,
      kind: draft.kind,
      occurredOn: options.occurredOn ?? draft.occurredOn,
    })
    const text = canonicalText(entry)
    if (new TextEncoder().encode(text).length > ENTRY_BYTES_MAX)
      throw new RangeError('an entry is longer than the wire carries')
    id = entryIdOf(id, text)
    rows.push({ epoch, seq, id, text })
    recorded.push({ id, position: null, entry })
  }
  return { rows, recorded, head: { seq, id } }
}

/** Appends to every journal; resolves only when all of them are durable. Faults: storage-full, storage-broken. */
export async function appendToAll(journals: readonly Journal[], rows: readonly JournalRow[]): Promise<void> {
  const outcomes = await Promise.allSettled(journals.map((journal) => journal.append(rows)))
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed !== undefined) throw storageFaultOf(failed.reason)
}

/**
 * Gives every journal what the longest one has: a write that one of them could not take, or a journal that was lost and begins anew.
 * Answers whether one was behind. Faults: storage-full, storage-broken.
 */
export async function levelJournals(journals: readonly Journal[], epoch: string): Promise<boolean> {
  if (journals.length < 2) return false
  let moved = false
  const lengths = await Promise.all(journals.map(async (journal) => (await journal.last(epoch))?.seq ?? 0))
  const longest = journals[lengths.indexOf(Math.max(...lengths))]
  for (const [index, journal] of journals.entries()) {
    const missing = (await longest?.read(epoch, (lengths[index] ?? 0) + 1)) ?? []
    if (missing.length === 0) continue
    await journal.append(missing)
    moved = true
  }
  return moved
}

/** The end of the chain as the journals hold it: the longest, which every other must be the beginning of. */
export async function readHead(journals: readonly Journal[], epoch: string): Promise<ChainHead> {
  const lasts = await Promise.all(journals.map((journal) => journal.last(epoch)))
  let head: ChainHead = { seq: 0, id: GENESIS_HASH }
  for (const last of lasts) if (last !== null && last.seq > head.seq) head = { seq: last.seq, id: last.id }
  return head
}
