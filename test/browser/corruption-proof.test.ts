// Each store survives the other's damage: a torn log, flipped bytes, a deleted folder.
import { describe, expect, it } from 'vitest'
import { CORRUPTION_KINDS, proveCorruption } from '../proofs/corruption-proof.ts'

describe('one store of a tablet is damaged', () => {
  it('in twelve ways, reopened twice, and nothing it said was saved is lost', async () => {
    expect(CORRUPTION_KINDS).toHaveLength(12)
    const figure = await proveCorruption(1, (line) => process.stdout.write(`${line}\n`))
    expect(figure.acknowledged).toBeGreaterThan(12 * 10)
    expect(figure.lost).toBe(0)
  })
})
