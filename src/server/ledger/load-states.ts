// Folded states as the law reads them: loaded beforehand, from the store.
import type { StreamId } from '#contract/envelope.ts'
import { familyOf, type StreamFamily } from '#contract/streams.ts'
import { type CommandBody, type CommandName, familiesOf, gatherNeeds } from '#domain/deciders.ts'
import type { StateReader } from '#domain/shared/decider.ts'
import { emptyState } from '#domain/stream-folds.ts'
import type { StreamStates } from '#domain/stream-states.ts'
import type { LedgerReader } from '#server/storage/ledger-store.ts'

/** One stream with its folded state. */
export interface LoadedState<Family extends StreamFamily> {
  readonly stream: StreamId
  readonly state: StreamStates[Family]
}

/** Answers a stream's folded state, its family's empty state when it has no entries. */
export async function loadState<Family extends StreamFamily>(
  view: LedgerReader,
  family: Family,
  stream: StreamId,
): Promise<StreamStates[Family]> {
  const stored = await view.states.get(stream)
  return stored === null ? emptyState(family) : (stored.state as StreamStates[Family])
}

/** Answers every stream of a family with its folded state, ascending by stream. */
export async function loadFamily<Family extends StreamFamily>(
  view: LedgerReader,
  family: Family,
): Promise<readonly LoadedState<Family>[]> {
  return (await view.states.list(family)).map(({ stream, state }) => ({ stream, state: state as StreamStates[Family] }))
}

interface Loaded {
  readonly streams: Map<StreamId, unknown>
  readonly families: Map<StreamFamily, readonly LoadedState<StreamFamily>[]>
}

function readerOf(loaded: Loaded): StateReader<StreamStates> {
  return {
    state: <Family extends StreamFamily>(family: Family, stream: StreamId) =>
      loaded.streams.has(stream) ? (loaded.streams.get(stream) as StreamStates[Family]) : emptyState(family),
    all: <Family extends StreamFamily>(family: Family) => {
      const all = loaded.families.get(family)
      if (all === undefined) throw new Error(`the rule lists ${family} without naming it in its families`)
      return all as readonly LoadedState<Family>[]
    },
  }
}

/** Loads what a command's rule needs, following its references until it names nothing new. */
export async function loadReader<Name extends CommandName>(
  view: LedgerReader,
  name: Name,
  body: CommandBody<Name>,
): Promise<StateReader<StreamStates>> {
  const loaded: Loaded = { streams: new Map(), families: new Map() }
  for (const family of familiesOf(name)) {
    const states = await loadFamily(view, family)
    loaded.families.set(family, states)
    for (const { stream, state } of states) loaded.streams.set(stream, state)
  }
  const reader = readerOf(loaded)
  for (;;) {
    const missing = gatherNeeds(name, body, reader, new Set(loaded.streams.keys()))
    if (missing.length === 0) return reader
    for (const stream of missing) {
      const family = familyOf(stream)
      if (family === null) throw new Error(`the rule needs a stream of no family: ${stream}`)
      loaded.streams.set(stream, await loadState(view, family, stream))
    }
  }
}
