// Making drafts of entries in one place.
import type { StreamId } from '#contract/envelope.ts'
import type { BodyOf, EntryKind } from '#contract/kind-registry.ts'
import type { Hash } from '#contract/values.ts'
import type { DecisionContext, EntryDraft } from './decider.ts'

/** A draft that occurs on the day of the decision; `basedOn` names the entry it replaces. */
export function draftEntry<K extends EntryKind>(
  kind: K,
  stream: StreamId,
  body: BodyOf<K>,
  context: DecisionContext,
  basedOn: Hash | null = null,
): EntryDraft {
  return { stream, kind, body, occurredOn: context.today, basedOn } as EntryDraft
}
