// The one shape of a rule that may write: it names the streams it must know, then answers drafts of entries or a refusal.
import type { BodyOf, EntryKind } from '#contract/kind-registry.ts'
import type { StreamId } from '#contract/envelope.ts'
import type { ActorId, CalendarDate, ClockTime, Hash, Role } from '#contract/values.ts'
import type { StreamFamily } from '#contract/streams.ts'
import type { Result } from './result.ts'

/** When something is asked, in Asia/Shanghai, handed in: the law reads no clock. Without `time` the day is taken for over. */
export interface Moment {
  readonly today: CalendarDate
  readonly time?: ClockTime
}

/** Who asks, and when. */
export interface DecisionContext extends Moment {
  readonly actorId: ActorId
  readonly role: Role
}

/** An entry before the gate gives it device, number and hash. */
export type EntryDraft = {
  [K in EntryKind]: {
    readonly stream: StreamId
    readonly kind: K
    readonly body: BodyOf<K>
    readonly occurredOn: CalendarDate
    readonly basedOn: Hash | null
  }
}[EntryKind]

/** Folded states, loaded beforehand. `state` of a stream without entries is its family's empty state; `all` lists a family named in `families`. */
export interface StateReader<States> {
  state<Family extends StreamFamily & keyof States>(family: Family, stream: StreamId): States[Family]
  all<Family extends StreamFamily & keyof States>(
    family: Family,
  ): readonly { readonly stream: StreamId; readonly state: States[Family] }[]
}

/**
 * A rule over one command. `needs` is asked again with what is known so far until it names nothing new, so it may follow references;
 * `families` are loaded whole (only for acts, at the server).
 */
export interface Decider<Body, States> {
  readonly families?: readonly StreamFamily[]
  needs(body: Body, read: StateReader<States>): readonly StreamId[]
  decide(body: Body, read: StateReader<States>, context: DecisionContext): Result<readonly EntryDraft[]>
}
