// Tests of the simulation itself: it must notice mistakes. Seeded bugs are put into a copy of the program; see mutants/README.md.
import { describe, expect, it } from 'vitest'
import { MUTANTS, SAMPLE } from './mutants/all-mutants.ts'
import { huntMutants, mutatedFiles } from './mutants/hunt-mutants.ts'
import { edited, FAMILIES } from './mutants/source-mutant.ts'

const WITHIN = 600
const PATIENCE_MS = 600_000

describe('the simulation finds a program that', () => {
  it.each(SAMPLE.map((mutant) => [mutant.name, mutant] as const))(
    '%s',
    async (_, mutant) => {
      const [hunt] = await huntMutants([mutant], { firstSeed: 1, within: WITHIN })
      expect(hunt?.promise, hunt?.reason).not.toBe(null)
    },
    PATIENCE_MS,
  )
})

describe('the seeded bugs', () => {
  it.each(MUTANTS.map((mutant) => [`${mutant.family}: ${mutant.name}`, mutant] as const))(
    'still fit the program: %s',
    (_, mutant) => {
      expect(mutatedFiles(mutant).size).toBeGreaterThan(0)
    },
  )

  it('are at least four of each family, all named differently, ten of them in the sample', () => {
    for (const family of FAMILIES)
      expect(MUTANTS.filter((mutant) => mutant.family === family).length, family).toBeGreaterThanOrEqual(4)
    expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length)
    expect(SAMPLE.length).toBe(10)
  })

  it('fit whatever the spacing, and nowhere or twice is told', () => {
    const edit = { file: 'some.ts', find: 'if (a < b) { return c', replace: 'X' }
    expect(edited('begin\n  if (a < b) {\n    return c\n  }', edit)).toBe('begin\n  X\n  }')
    expect(() => edited('nothing', edit)).toThrow('some.ts: these words stand there 0 times, not once: if (a < b)')
    expect(() => edited('if (a < b) { return c; if (a < b) { return c', edit)).toThrow('2 times')
  })
})
