import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { canonicalText, entryIdOf, GENESIS_HASH } from '#contract/canonical.ts'
import { Entry } from '#contract/envelope.ts'

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')

function anEntry(seq: number, note: string) {
  return Entry.parse({
    facilityId: 'F1',
    stream: 'trainee/A1/wishes',
    kind: 'enrollment.wishes-registered.v1',
    actorId: 'A1',
    role: 'trainee',
    deviceId: 'D1',
    epoch: 'epoch-01',
    seq,
    occurredOn: '2026-03-10',
    recordedAt: '2026-03-10T01:02:03.004Z',
    basedOn: null,
    body: { note },
  })
}

function idsOf(entries: readonly unknown[]): string[] {
  const ids: string[] = []
  let previous = GENESIS_HASH
  for (const entry of entries) {
    previous = entryIdOf(previous, canonicalText(entry))
    ids.push(previous)
  }
  return ids
}

describe('the chain of a device', () => {
  it('[LED-1] the id is SHA-256 over the previous id and the canonical text', () => {
    const text = canonicalText(anEntry(1, '𠮷 买买提·艾力'))
    expect(entryIdOf(GENESIS_HASH, text)).toBe(sha256('0'.repeat(64) + text))
    const next = canonicalText(anEntry(2, 'b'))
    expect(entryIdOf(entryIdOf(GENESIS_HASH, text), next)).toBe(sha256(sha256('0'.repeat(64) + text) + next))
  })

  it('[LED-1] the canonical text does not depend on the order in which fields were written', () => {
    const entry = anEntry(1, 'a')
    const turned = Object.fromEntries(Object.entries(entry).reverse())
    expect(canonicalText(turned)).toBe(canonicalText(entry))
    expect(canonicalText({ b: 1, a: { d: 10.5, c: '\u20ac' } })).toBe('{"a":{"c":"€","d":10.5},"b":1}')
  })

  it('[LED-1] what JSON cannot hold has no canonical text', () => {
    expect(() => canonicalText(undefined)).toThrow()
    expect(() => canonicalText({ score: Number.NaN })).toThrow()
  })

  it.each([
    ['changing', (entries: unknown[]) => entries.with(1, anEntry(2, 'other')), 1],
    ['dropping', (entries: unknown[]) => entries.toSpliced(1, 1), 1],
    ['swapping', (entries: unknown[]) => [entries[0], entries[2], entries[1], entries[3]], 1],
  ])('[LED-2] %s an entry changes its id and all later ones', (_name, change, from) => {
    const entries = [1, 2, 3, 4].map((seq) => anEntry(seq, `n${seq}`))
    const before = idsOf(entries)
    const after = idsOf(change(entries))
    expect(after.slice(0, from)).toEqual(before.slice(0, from))
    for (const id of after.slice(from)) expect(before).not.toContain(id)
  })

  it.each([0, -1, 1.5])('[LED-2] %s is no number of an entry', (seq) => {
    expect(Entry.safeParse({ ...anEntry(1, 'a'), seq }).success).toBe(false)
  })
})
