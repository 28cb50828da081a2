// The quick ways of the server say what the contract says.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalText, entryIdOf, GENESIS_HASH } from '#contract/canonical.ts'
import { Entry } from '#contract/envelope.ts'
import type { Hash } from '#contract/values.ts'
import { fastEntryId } from '#server/ledger/entry-id.ts'
import { parseEntry } from '#server/ledger/entry-text.ts'

const envelope = {
  facilityId: 'F1',
  stream: 'class/C1',
  kind: 'a.b.v1',
  actorId: 'A1',
  role: 'instructor',
  deviceId: 'D1',
  epoch: 'epoch-0001',
  seq: 1,
  occurredOn: '2026-11-02',
  recordedAt: '2026-11-02T01:00:00.000Z',
  basedOn: null,
}

it('reads an entry exactly when its text is the canonical form of it', () => {
  const bodies = fc.dictionary(fc.string({ unit: 'binary', maxLength: 4 }), fc.jsonValue({ maxDepth: 3 }))
  fc.assert(
    fc.property(bodies, fc.boolean(), (body, isShuffled) => {
      const canonical = canonicalText({ ...envelope, body })
      const text = isShuffled ? JSON.stringify({ ...envelope, body }) : canonical
      const isEntry = Entry.safeParse(JSON.parse(text)).success
      expect(parseEntry(text) !== null).toBe(isEntry && text === canonicalText(JSON.parse(text)))
    }),
    { numRuns: 150, seed: 2 },
  )
})

it.each([
  ['keys out of order', `{"b":1,"a":2}`],
  ['keys out of order inside', `{"a":{"c":1,"b":2}}`],
  ['keys out of order in a list', `{"a":[{"c":1,"b":2}]}`],
  ['a key twice', `{"a":1,"a":2}`],
  ['a space', `{"a": 1}`],
  ['a number written otherwise', `{"a":1.0}`],
  ['a number no machine holds', `{"a":1e999}`],
  ['minus zero', `{"a":-0}`],
  ['an escape nobody needs', `{"a":"\\u0041"}`],
  ['keys like numbers in the order of numbers', `{"9":1,"10":2}`],
])('does not take %s', (_title, body) => {
  const text = canonicalText({ ...envelope, body: {} }).replace('{}', body)
  expect(parseEntry(text)).toBeNull()
})

it('takes keys like numbers in the order of texts', () => {
  expect(parseEntry(canonicalText({ ...envelope, body: {} }).replace('{}', `{"10":2,"9":1}`))).not.toBeNull()
})

it('hashes as the contract does, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (one, other) => {
      const previous = entryIdOf(GENESIS_HASH, one) as Hash
      expect(fastEntryId(previous, other)).toBe(entryIdOf(previous, other))
    }),
    { seed: 3 },
  )
})
