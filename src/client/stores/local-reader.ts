// Lets a page ask the law beforehand, over what this device knows. The server asks again and decides.
import type { StreamId } from '#contract/envelope.ts'
import type { StreamFamily } from '#contract/streams.ts'
import type { StateReader } from '#domain/shared/decider.ts'
import { emptyState } from '#domain/stream-folds.ts'
import type { StreamStates } from '#domain/stream-states.ts'

/** Whole families as they are known here. */
type KnownFamilies = {
  readonly [F in StreamFamily]?: readonly { readonly stream: StreamId; readonly state: StreamStates[F] }[] | undefined
}

/** A reader over known families; a stream that is not among them is empty. */
export function readerOver(known: KnownFamilies): StateReader<StreamStates> {
  function all<F extends StreamFamily>(
    family: F,
  ): readonly { readonly stream: StreamId; readonly state: StreamStates[F] }[] {
    return known[family] ?? []
  }
  return {
    all,
    state: (family, stream) => all(family).find((one) => one.stream === stream)?.state ?? emptyState(family),
  }
}
