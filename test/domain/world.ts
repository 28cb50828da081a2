// A small world for tests of the law: a ledger in memory that decides, records and folds with the real parts.
// It reads strictly: a rule that looks at a stream it did not name fails the test. @rule LED-6
import { canonicalText, entryIdOf, GENESIS_HASH } from '#contract/canonical.ts'
import { Entry, type RecordedEntry, type StreamId } from '#contract/envelope.ts'
import { isKnownKind, kindRegistry } from '#contract/kind-registry.ts'
import { familyOf, type StreamFamily } from '#contract/streams.ts'
import type { CalendarDate, ClockTime, Hash, Role } from '#contract/values.ts'
import { type CommandBody, type CommandName, decideCommand, familiesOf, gatherNeeds } from '#domain/deciders.ts'
import type { DecisionContext, EntryDraft, StateReader } from '#domain/shared/decider.ts'
import type { Result } from '#domain/shared/result.ts'
import { emptyState, foldEntries } from '#domain/stream-folds.ts'
import type { StreamStates } from '#domain/stream-states.ts'

/** Who acts, where and when; what is left out is the administrator at the server today. */
export interface Who {
  readonly role?: Role
  readonly actor?: string
  readonly device?: string
  readonly on?: string
  /** The time of that day; left out, the day is over. */
  readonly time?: string
}

type Answer = Result<readonly EntryDraft[]>

export class World {
  readonly entries: RecordedEntry[] = []
  today: CalendarDate
  #seq = new Map<string, { seq: number; id: Hash }>()

  constructor(today: string) {
    this.today = today as CalendarDate
  }

  /** Decides without writing. The reader throws for a stream the rule did not name. */
  decide<N extends CommandName>(name: N, body: CommandBody<N>, who: Who = {}): Answer {
    const loaded = new Set<StreamId>()
    for (;;) {
      const missing = gatherNeeds(name, body, this.reader(), loaded)
      if (missing.length === 0) break
      for (const stream of missing) loaded.add(stream)
    }
    return decideCommand(name, body, this.reader({ loaded, families: familiesOf(name) }), this.#context(who))
  }

  /** Decides and writes; throws when the law says no, since the test meant it to say yes. */
  do<N extends CommandName>(name: N, body: CommandBody<N>, who: Who = {}): readonly RecordedEntry[] {
    const answer = this.decide(name, body, who)
    if (!answer.ok) throw new Error(`${name}: ${answer.refusal.code} ${JSON.stringify(answer.refusal.details)}`)
    return answer.value.map((draft) => this.append(draft, who))
  }

  /** The code of the law's no, or `yes`. */
  codeOf<N extends CommandName>(name: N, body: CommandBody<N>, who: Who = {}): string {
    const answer = this.decide(name, body, who)
    return answer.ok ? 'yes' : answer.refusal.code
  }

  /** Makes an entry of a draft as a device would, without putting it into the ledger. */
  make(draft: EntryDraft, who: Who = {}, position: number | null = null): RecordedEntry {
    const deviceId = who.device ?? 'server'
    const last = this.#seq.get(deviceId) ?? { seq: 0, id: GENESIS_HASH }
    const { actorId, role, today } = this.#context(who)
    const seq = last.seq + 1
    const recordedAt = `${today}T04:00:00.000Z`
    const envelope = { facilityId: 'F1', actorId, role, deviceId, epoch: 'epoch-01', seq, recordedAt }
    const entry = Entry.parse({ ...draft, ...envelope })
    if (isKnownKind(draft.kind)) kindRegistry[draft.kind].parse(draft.body)
    const id = entryIdOf(last.id, canonicalText(entry))
    this.#seq.set(deviceId, { seq, id })
    return { id, position, entry }
  }

  /** Puts a draft into the ledger at the next position. */
  append(draft: EntryDraft, who: Who = {}): RecordedEntry {
    const recorded = this.make(draft, who, this.entries.length + 1)
    this.entries.push(recorded)
    return recorded
  }

  /** Puts an entry a device made earlier into the ledger. */
  receive(recorded: RecordedEntry): RecordedEntry {
    const received = { ...recorded, position: this.entries.length + 1 }
    this.entries.push(received)
    return received
  }

  state<F extends StreamFamily>(family: F, stream: StreamId): StreamStates[F] {
    const own = this.entries.filter(({ entry }) => entry.stream === stream)
    return foldEntries(family, emptyState(family), own)
  }

  reader(limit?: { loaded: ReadonlySet<StreamId>; families: readonly StreamFamily[] }): StateReader<StreamStates> {
    return {
      state: (family, stream) => {
        const isNamed = limit === undefined || limit.loaded.has(stream) || limit.families.includes(family)
        if (!isNamed) throw new Error(`the rule reads ${stream} without naming it`)
        if (familyOf(stream) !== family) throw new Error(`${stream} is no ${family}`)
        return this.state(family, stream)
      },
      all: (family) => {
        if (limit !== undefined && !limit.families.includes(family))
          throw new Error(`the rule reads all of ${family} unnamed`)
        const streams = new Set(this.entries.map(({ entry }) => entry.stream).filter((one) => familyOf(one) === family))
        return [...streams].map((stream) => ({ stream, state: this.state(family, stream) }))
      },
    }
  }

  #context({ role = 'administrator', actor, on, time }: Who): DecisionContext {
    const actorId = (actor ?? (role === 'instructor' ? 'T1' : 'B1')) as DecisionContext['actorId']
    const moment = { today: (on ?? this.today) as CalendarDate, ...(time ? { time: time as ClockTime } : {}) }
    return { actorId, role, ...moment }
  }
}
