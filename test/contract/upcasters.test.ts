// What was recorded in an older version of a kind, read in today's words.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Entry } from '#contract/envelope.ts'
import { kindRegistry } from '#contract/kind-registry.ts'
import type { EntryKind } from '#contract/kind-registry.ts'
import { familyOf } from '#contract/streams.ts'
import { isFormerKind, upcast } from '#domain/shared/upcasters.ts'
import { emptyState, foldEntry } from '#domain/stream-folds.ts'

const golden = (kind: string): Entry =>
  Entry.parse(JSON.parse(readFileSync(new URL(`golden/${kind}.json`, import.meta.url), 'utf8')).entry)
const kinds = Object.keys(kindRegistry) as EntryKind[]
const former = kinds.filter(isFormerKind)

describe('[LED-9] an older version of a kind', () => {
  it.each(former)(
    '%s becomes a body the newest version accepts, in the same stream, and stays itself as it was',
    (kind) => {
      const entry = golden(kind)
      const before = structuredClone(entry)
      const today = upcast(entry)
      expect(isFormerKind(today.kind)).toBe(false)
      expect(today.kind.replace(/\d+$/, '')).toBe(kind.replace(/\d+$/, ''))
      expect(kindRegistry[today.kind as EntryKind].safeParse(today.body).success).toBe(true)
      expect({ ...today, kind, body: entry.body }).toEqual(before)
      expect(entry).toEqual(before)
    },
  )

  it.each(former)('%s folds as its newest version does', (kind) => {
    const entry = golden(kind)
    const family = familyOf(entry.stream)
    if (family === null) throw new Error('a golden entry stands in a stream')
    const fold = (one: Entry) => foldEntry(family, emptyState(family), { id: 'x' as never, position: 1, entry: one })
    expect(fold(entry)).toEqual(fold(upcast(entry)))
    expect(fold(entry)).not.toEqual(emptyState(family))
  })

  it.each(kinds.filter((kind) => !isFormerKind(kind)))('%s is of today and comes back as it is', (kind) => {
    const entry = golden(kind)
    expect(upcast(entry)).toBe(entry)
  })

  it('a wish recorded before reasons were asked for has none', () => {
    expect(upcast(golden('enrollment.wishes-registered.v1')).body).toEqual({
      traineeId: 'A1',
      wishes: [
        { occupationId: 'O1', skillLevel: 5, reason: null },
        { occupationId: 'O2', skillLevel: 4, reason: null },
      ],
    })
  })
})
