// Proves the stored states: each is what the fold of its stream gives, and none is there that nobody folded.
import { canonicalText } from '#contract/canonical.ts'
import type { RecordedEntry, StreamId } from '#contract/envelope.ts'
import { familyOf } from '#contract/streams.ts'
import type { LedgerReader } from '#server/storage/ledger-store.ts'
import { projectionMeta } from './collections.ts'
import { recordedEntry } from './entry-text.ts'
import type { LedgerFlaw } from './ledger-flaw.ts'
import { foldAll, PROJECTION, STREAM_FAMILIES } from './project.ts'

/** As it would come back from the store. */
const textOf = (state: unknown) => canonicalText(JSON.parse(JSON.stringify(state)))

async function foldStream(view: LedgerReader, stream: StreamId): Promise<{ text: string; position: number } | null> {
  const recordeds: readonly RecordedEntry[] = (await view.entries.ofStream(stream)).map(recordedEntry)
  const family = familyOf(stream)
  const last = recordeds.at(-1)
  if (family === null || last === undefined) return null
  return { text: textOf(foldAll(family, null, recordeds)), position: last.position ?? 0 }
}

async function streamsOf(view: LedgerReader): Promise<ReadonlySet<StreamId>> {
  const streams = new Set<StreamId>()
  const head = await view.entries.headPosition()
  for (let after = 0; after < head; ) {
    const page = await view.entries.feed({ after, until: head, roots: null, limit: 2000 })
    for (const { stream } of page) streams.add(stream)
    after = page.at(-1)?.position ?? head
  }
  return streams
}

/** Answers the first state that is not what its entries say, or null; null too when another version of the program folded the states. */
export async function firstStateFlaw(view: LedgerReader, foldedBy: string): Promise<LedgerFlaw | null> {
  if ((await projectionMeta.get(view, PROJECTION))?.value.version !== foldedBy) return null
  const expected = new Set([...(await streamsOf(view))].filter((stream) => familyOf(stream) !== null))
  const flaws: LedgerFlaw[] = []
  const note = (position: number) => flaws.push({ position, deviceId: null, seq: null, flaw: 'state-differs' })
  for (const family of STREAM_FAMILIES) {
    for (const { stream, state, position } of await view.states.list(family)) {
      const folded = familyOf(stream) === family ? await foldStream(view, stream) : null
      if (folded === null || folded.position !== position || folded.text !== textOf(state)) note(position)
      expected.delete(stream)
    }
  }
  for (const stream of expected) note((await foldStream(view, stream))?.position ?? 0)
  return flaws.sort((left, right) => (left.position ?? 0) - (right.position ?? 0))[0] ?? null
}
