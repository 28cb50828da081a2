import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { canonicalText, entryIdOf, GENESIS_HASH } from '#contract/canonical.ts'
import { Entry } from '#contract/envelope.ts'
import { isTestimony, kindRegistry, TESTIMONY_KINDS } from '#contract/kind-registry.ts'
import { testimonyCommands } from '#contract/commands/testimony.ts'
import { familyOf } from '#contract/streams.ts'
import { testimonyKinds } from '#domain/deciders.ts'
import { isFormerKind } from '#domain/shared/upcasters.ts'

const folder = new URL('golden/', import.meta.url)
const kinds = Object.keys(kindRegistry) as (keyof typeof kindRegistry)[]

interface Golden {
  readonly entry: unknown
  readonly text: string
  readonly id: string
}
const golden = (kind: string): Golden => JSON.parse(readFileSync(new URL(`${kind}.json`, folder), 'utf8'))

describe('one golden entry for each kind, for ever', () => {
  it('[LED-4] every kind has a golden entry, and every golden entry a kind', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
    expect(files.sort()).toEqual(kinds.map((kind) => `${kind}.json`).sort())
  })

  it.each(kinds)('[LED-4] %s still parses and keeps its text and id', (kind) => {
    const { entry, text, id } = golden(kind)
    const parsed = Entry.parse(entry)
    expect(parsed.kind).toBe(kind)
    expect(kindRegistry[kind].parse(parsed.body)).toEqual(parsed.body)
    expect(familyOf(parsed.stream)).not.toBeNull()
    expect(canonicalText({ ...parsed, body: kindRegistry[kind].parse(parsed.body) })).toBe(text)
    expect(entryIdOf(GENESIS_HASH, text)).toBe(id)
  })

  it.each(kinds)('[LED-4] %s refuses a word it does not know and a body without one it needs', (kind) => {
    const body = Entry.parse(golden(kind).entry).body
    expect(kindRegistry[kind].safeParse({ ...body, unheardOf: 1 }).success).toBe(false)
    const [first] = Object.keys(body)
    const { [first ?? '']: _left, ...rest } = body
    expect(kindRegistry[kind].safeParse(rest).success).toBe(false)
  })
})

describe('what a tablet may record', () => {
  it('[LED-3] testimony is exactly what the testimony commands record', () => {
    expect(TESTIMONY_KINDS.filter((kind) => !isFormerKind(kind)).sort()).toEqual(Object.values(testimonyKinds).sort())
    expect(Object.keys(testimonyKinds).sort()).toEqual(Object.keys(testimonyCommands).sort())
    for (const [name, kind] of Object.entries(testimonyKinds)) {
      const schema = testimonyCommands[name as keyof typeof testimonyCommands]
      expect(schema).toBe(kindRegistry[kind])
    }
  })

  it.each([
    ['attendance.marked.v1', true],
    ['attendance.settled.v1', false],
    ['assessment.settled.v1', false],
    ['class.sealed.v1', false],
    ['certificate.issued.v1', false],
    ['enrollment.enrolled.v1', false],
    ['attendance.marked.v2', false],
    ['constructor', false],
  ])('[LED-3] %s is testimony: %s', (kind, answer) => {
    expect(isTestimony(kind)).toBe(answer)
  })
})
