// The proof of carried files, in small; it prints its figure. The full run calls the same function with `sample: null`.
import { expect, it, vi } from 'vitest'
import { proveBatchFile } from './batch-file.ts'

vi.setConfig({ testTimeout: 300_000 })

const SAMPLE = 4000
const FUZZED = 1000
const SIGNED_ANEW = 200

it('no flipped byte, truncation or random damage of a carried file is taken', async () => {
  const figures = await proveBatchFile({ seed: 1, sample: SAMPLE, fuzzed: FUZZED, signedAnew: SIGNED_ANEW })
  console.log(`batch file: ${JSON.stringify(figures)}`)
  expect(figures).toMatchObject({ flips: SAMPLE / 2, truncations: SAMPLE / 2, accepted: [] })
  expect(figures.fileBytes).toBeGreaterThan(64 * 1024 - 64)
  expect(figures.fileBytes).toBeLessThanOrEqual(64 * 1024)
  expect(figures.reasons['batch-file-damaged']).toBeGreaterThan(SAMPLE / 4)
})
