// Nothing a person was told is saved may be lost when the browser dies. The longer runs are `npm run prove`.
import { describe, expect, it } from 'vitest'
import { proveKills } from '../proofs/kill-proof.ts'

describe('a browser that is killed in a roll call', () => {
  it('has lost nothing it said was saved, in 20 kills', async () => {
    const figure = await proveKills(20, 20_261_123, (line) => process.stdout.write(`${line}\n`))
    expect(figure.acknowledged).toBeGreaterThan(20)
    expect(figure.lost).toBe(0)
  })
})
