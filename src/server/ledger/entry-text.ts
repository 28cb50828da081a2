// From the text of an entry to the entry, and nothing else that looks like one.
import { canonicalText } from '#contract/canonical.ts'
import { Entry } from '#contract/envelope.ts'
import type { RecordedEntry } from '#contract/envelope.ts'
import type { StoredEntry } from '#server/storage/ledger-store.ts'

function hasSortedKeys(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(hasSortedKeys)
  const keys = Object.keys(value)
  // JavaScript moves keys that look like numbers to the front, so their order says nothing of the text's.
  const isInOrder = keys.every((key, index) => !/^\d/.test(key) && (index === 0 || (keys[index - 1] ?? '') < key))
  return isInOrder && Object.values(value).every(hasSortedKeys)
}

/** Whether a text is the canonical form of its value: the quick way says yes to what clients send, the contract decides on the rest. */
function isCanonical(value: unknown, text: string): boolean {
  return (JSON.stringify(value) === text && hasSortedKeys(value)) || canonicalText(value) === text
}

/** Reads a received text; null unless it is an entry in its canonical form, byte for byte. */
export function parseEntry(text: string): Entry | null {
  try {
    const value: unknown = JSON.parse(text)
    // The value itself, not the schema's copy: its keys stand in the order of the text, so live folds see what a rebuild will see.
    return Entry.safeParse(value).success && isCanonical(value, text) ? (value as Entry) : null
  } catch {
    // JSON that does not parse, or nests deeper than the stack: not an entry.
    return null
  }
}

/** Reads a stored entry, whose text was checked before it was stored. */
export function recordedEntry(stored: StoredEntry): RecordedEntry {
  return { id: stored.id, position: stored.position, entry: JSON.parse(stored.text) as Entry }
}
