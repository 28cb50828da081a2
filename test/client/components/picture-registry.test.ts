import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { pictureAddress, pictureNames } from '#client/components/picture-registry.ts'

const catalogue = ['groups.json', 'occupations.json'].map((name) =>
  readFileSync(new URL(`../../../src/server/seed/catalogue/${name}`, import.meta.url), 'utf8'),
)

describe('pictures', () => {
  it('has every picture that the catalogue names', () => {
    const named = catalogue.flatMap((text) => [...text.matchAll(/"icon":\s*"([^"]+)"/g)].map((match) => match[1] ?? ''))
    expect(named.length).toBeGreaterThan(40)
    expect([...new Set(named)].filter((name) => !pictureNames.includes(name))).toEqual([])
  })

  it('shows a road for a name nobody drew', () => {
    expect(pictureAddress('no-such-picture')).toBe(pictureAddress('road-horizon'))
    expect(pictureAddress('iron')).not.toBe(pictureAddress('road-horizon'))
  })
})
