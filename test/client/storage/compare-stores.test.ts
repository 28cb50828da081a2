import { describe, expect, it } from 'vitest'
import type { Hash } from '#contract/values.ts'
import { createCanaryBox } from '#client/storage/canary.ts'
import { compareStores } from '#client/storage/compare-stores.ts'

const canary = { deviceId: 'D1', epoch: 'epoch-01', lastSeq: 10, head: 'ab'.repeat(32) as Hash, granted: null }
const store = (lastSeq: number, more = {}) => ({ deviceId: 'D1', epoch: 'epoch-01', lastSeq, ...more })

describe('the three places compared', () => {
  it.each([
    ['nothing anywhere', null, null, null, { is: 'never-joined' }],
    ['all agree', canary, store(10), store(10), { is: 'whole' }],
    ['the canary lags behind both', canary, store(14), store(14), { is: 'whole' }],
    ['one store is behind, the other has everything', canary, store(7), store(10), { is: 'whole' }],
    ['no canary, both stores', null, store(3), store(3), { is: 'whole' }],
    ['IndexedDB is gone', canary, null, store(10), { is: 'indexeddb-lost' }],
    ['IndexedDB is gone and there is no canary', null, null, store(4), { is: 'indexeddb-lost' }],
    ['the files are gone', canary, store(10), null, { is: 'opfs-lost' }],
    ['both are gone', canary, null, null, { is: 'both-lost', keptSeq: 0 }],
    ['one is gone and the other ends before the canary', canary, null, store(9), { is: 'both-lost', keptSeq: 9 }],
    ['both end before the canary', canary, store(4), store(9), { is: 'both-lost', keptSeq: 9 }],
    ['only a former device is left', canary, store(99, { deviceId: 'D0' }), null, { is: 'both-lost', keptSeq: 0 }],
    [
      'the canary is of an earlier epoch',
      canary,
      store(2, { epoch: 'epoch-02' }),
      store(2, { epoch: 'epoch-02' }),
      { is: 'whole' },
    ],
  ] as const)('%s', (_name, words, first, second, answer) => {
    expect(compareStores(words, first, second)).toEqual(answer)
  })
})

describe('the canary', () => {
  it('gives back what it was told and never throws', () => {
    const words = new Map<string, string>()
    const box = createCanaryBox(() => ({
      getItem: (key) => words.get(key) ?? null,
      setItem: (key, text) => void words.set(key, text),
    }))
    expect(box.read()).toBeNull()
    box.write(canary)
    box.update({ granted: 4 })
    expect(box.read()).toEqual({ ...canary, granted: 4 })
    for (const key of words.keys()) words.set(key, '{"deviceId":')
    expect(box.read()).toBeNull()
    const forbidden = createCanaryBox(() => {
      throw new DOMException('forbidden', 'SecurityError')
    })
    forbidden.write(canary)
    expect(forbidden.read()).toBeNull()
  })
})
