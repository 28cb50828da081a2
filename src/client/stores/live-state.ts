// Live reading: what a page shows follows the ledger, whether this window wrote, another one did, or the server sent something.
import { onScopeDispose, shallowRef, watch } from 'vue'
import type { Ref } from 'vue'
import type { StreamId } from '#contract/envelope.ts'
import { familyOf } from '#contract/streams.ts'
import type { StreamFamily } from '#contract/streams.ts'
import type { StreamStates } from '#domain/stream-states.ts'
import type { ClientLedger } from '#client/ledger/client-ledger.ts'
import type { LedgerChange } from '#client/ledger/ledger-memory.ts'
import { faultCodeOf } from '#client/storage/fault.ts'
import { clientCore } from './container.ts'

interface LiveSource<Value> {
  /** What is read depends on this; a change reads anew. */
  readonly subject: () => unknown
  readonly read: (ledger: ClientLedger) => Promise<Value | undefined>
  readonly touchedBy: (streams: ReadonlySet<StreamId>) => boolean
}

// One read at a time: a hundred changes while one is under way cause one more, not a hundred.
function useLive<Value>(source: LiveSource<Value>): Readonly<Ref<Value | undefined>> {
  const core = clientCore()
  const value = shallowRef<Value>()
  let reading = false
  let again = false
  let stopped = false
  let subjects = 0

  async function readAgain(): Promise<void> {
    again = true
    if (reading) return
    reading = true
    try {
      while (again && !stopped) {
        again = false
        const before = subjects
        const ledger = core.joined.value?.ledger
        const read = ledger === undefined ? undefined : await source.read(ledger)
        if (before === subjects) value.value = read
      }
    } catch (thrown) {
      const code = faultCodeOf(thrown)
      if (code === null) throw thrown
      core.storageFault.value = code
    } finally {
      reading = false
    }
  }
  function beginAnew(): void {
    subjects += 1
    value.value = undefined
    void readAgain()
  }
  function onChange(change: LedgerChange): void {
    if (change === null || source.touchedBy(change)) void readAgain()
  }
  let unsubscribe: () => void = () => undefined
  watch(
    core.joined,
    (joined) => {
      unsubscribe()
      unsubscribe = joined?.ledger.subscribe(onChange) ?? (() => undefined)
      beginAnew()
    },
    { immediate: true },
  )
  watch(source.subject, beginAnew)
  onScopeDispose(() => {
    stopped = true
    unsubscribe()
  })
  return value
}

/** One stream's state; undefined while it is being read or when there is no stream. */
export function useLiveState<F extends StreamFamily>(
  family: F,
  stream: () => StreamId | null,
): Readonly<Ref<StreamStates[F] | undefined>> {
  return useLive({
    subject: stream,
    async read(ledger) {
      const name = stream()
      return name === null ? undefined : ledger.state(family, name)
    },
    touchedBy(streams) {
      const name = stream()
      return name !== null && streams.has(name)
    },
  })
}

/** Every stream of a family with its state, in no order; undefined while reading. */
export function useLiveFamily<F extends StreamFamily>(
  family: F,
): Readonly<Ref<readonly { readonly stream: StreamId; readonly state: StreamStates[F] }[] | undefined>> {
  return useLive({
    subject: () => family,
    read: (ledger) => ledger.all(family),
    touchedBy: (streams) => [...streams].some((stream) => familyOf(stream) === family),
  })
}

/** Several streams of one family; undefined while reading. */
export function useLiveStreams<F extends StreamFamily>(
  family: F,
  streams: () => readonly StreamId[],
): Readonly<Ref<ReadonlyMap<StreamId, StreamStates[F]> | undefined>> {
  return useLive({
    subject: () => streams().join(' '),
    read: async (ledger) =>
      new Map(
        await Promise.all(streams().map(async (stream) => [stream, await ledger.state(family, stream)] as const)),
      ),
    touchedBy: (changed) => streams().some((stream) => changed.has(stream)),
  })
}
