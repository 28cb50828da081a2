// Reading records keyed by ids: only own keys count, since an id may spell the name of something every object inherits.

/** The value under a key, or undefined when the record itself has none. */
export function lookup<Key extends string, Value>(record: Readonly<Record<Key, Value>>, key: Key): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

/** The record with one key set. */
export function withKey<Key extends string, Value>(
  record: Readonly<Record<Key, Value>>,
  key: Key,
  value: Value,
): Readonly<Record<Key, Value>> {
  return { ...record, [key]: value }
}

/** The record without one key. */
export function withoutKey<Key extends string, Value>(
  record: Readonly<Record<Key, Value>>,
  key: Key,
): Readonly<Record<Key, Value>> {
  return Object.fromEntries(Object.entries(record).filter(([own]) => own !== key)) as Record<Key, Value>
}
