// The events of a ledger in the order they happened: what came, and what was settled later.
import type { ArrivedEntry, LedgerReader, StoredVerdict } from '#server/storage/ledger-store.ts'

const PAGE = 1000

/** An entry that came, or one that was held and got its verdict; `number` is the event's, from 1. */
export interface LedgerEvent {
  readonly kind: 'came' | 'settled'
  readonly number: number
  readonly entry: ArrivedEntry
  readonly verdict: StoredVerdict
}

function cameEvent(entry: ArrivedEntry): LedgerEvent {
  return {
    kind: 'came',
    number: entry.arrival,
    entry,
    verdict: entry.settled === null ? entry.verdict : { status: 'held' },
  }
}

/** Yields the events ascending by number. Numbers that are missing or doubled in the store are passed over: a proof looks at them itself. */
export async function* ledgerEvents(view: LedgerReader): AsyncGenerator<LedgerEvent> {
  const waiting = new Map<number, ArrivedEntry>()
  let next = 1
  function* settledNow(): Generator<LedgerEvent> {
    for (let entry = waiting.get(next); entry !== undefined; entry = waiting.get(next)) {
      waiting.delete(next)
      yield { kind: 'settled', number: next, entry, verdict: entry.verdict }
      next += 1
    }
  }
  for (let after = 0; ; ) {
    const page = await view.entries.byArrival(after, PAGE)
    for (const entry of page) {
      yield* settledNow()
      yield cameEvent(entry)
      next = entry.arrival + 1
      if (entry.settled !== null) waiting.set(entry.settled, entry)
    }
    const last = page.at(-1)
    if (last === undefined) break
    after = last.arrival
  }
  yield* settledNow()
  for (const [number, entry] of waiting) yield { kind: 'settled', number, entry, verdict: entry.verdict }
}
