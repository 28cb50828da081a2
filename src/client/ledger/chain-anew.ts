// Own entries said again in a chain of another epoch: what they say stays, their numbers and ids are new.
import { canonicalText, entryIdOf, GENESIS_HASH } from '#contract/canonical.ts'
import { Entry } from '#contract/envelope.ts'
import type { Hash } from '#contract/values.ts'
import type { JournalRow } from '#client/storage/database.ts'

/** Chains the entries of rows, oldest first, from the first number of an epoch on. One that was based on another of them is based on its new id. @rule ACC-15 */
export function chainAnew(rows: readonly JournalRow[], epoch: string): readonly JournalRow[] {
  const newIds = new Map<Hash, Hash>()
  let previous: Hash = GENESIS_HASH
  return rows.map(({ id: oldId, text: oldText }, index) => {
    const entry = Entry.parse(JSON.parse(oldText))
    const basedOn = entry.basedOn === null ? null : (newIds.get(entry.basedOn) ?? entry.basedOn)
    const seq = index + 1
    const text = canonicalText({ ...entry, basedOn, epoch, seq })
    previous = entryIdOf(previous, text)
    newIds.set(oldId, previous)
    return { epoch, seq, id: previous, text }
  })
}
