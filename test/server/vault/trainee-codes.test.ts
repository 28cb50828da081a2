import { describe, expect, it } from 'vitest'
import { drawCode, isObviousCode } from '#server/vault/trainee-codes.ts'
import { seededRandom } from '#test/support/seeded-random.ts'

describe('trainee codes', () => {
  it('are six digits and never an obvious run', () => {
    const random = seededRandom(5)
    const codes = Array.from({ length: 5000 }, () => drawCode(random.bytes))
    expect(codes.every((code) => /^\d{6}$/.test(code) && !isObviousCode(code))).toBe(true)
    expect(new Set(codes).size).toBeGreaterThan(4950)
  })

  it('calls runs and repeated digits obvious, and nothing else', () => {
    expect(['123456', '987654', '000000', '112211', '343434'].map(isObviousCode)).toEqual([
      true,
      true,
      true,
      true,
      true,
    ])
    expect(['802511', '135792', '112233'].map(isObviousCode)).toEqual([false, false, false])
  })

  it('throws away draws that would make some codes likelier', () => {
    const draws = [Uint8Array.from([255, 255, 255, 255]), Uint8Array.from([0, 6, 35, 253])]
    expect(drawCode(() => draws.shift() ?? new Uint8Array(4))).toBe('402429')
  })
})
