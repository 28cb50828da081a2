// Finding an occupation of the real catalogue by what a person writes.
import { describe, expect, it } from 'vitest'
import { searchCatalogue } from '#client/stores/kiosk-search.ts'
import { occupationEntry } from '#server/seed/catalogue/catalogue-entries.ts'
import { loadCatalogue } from '#server/seed/catalogue/load-catalogue.ts'

const { occupations, groups } = loadCatalogue()
const items = occupations.map((row) => ({ occupation: occupationEntry(row, groups) }))
const foundBy = (text: string): string[] => searchCatalogue(items, text).map(({ occupation }) => occupation.name.zh)

describe('searching the catalogue', () => {
  it.each([
    ['a part of the name', '缝纫', '缝纫工'],
    ['full pinyin without blanks', 'fengren', '缝纫工'],
    ['full pinyin with blanks', 'feng ren gong', '缝纫工'],
    ['pinyin that is not finished', 'fengr', '缝纫工'],
    ['pinyin with tones', 'féng rèn', '缝纫工'],
    ['a syllable in the middle', 'pengtiao', '中式烹调师'],
    ['first letters', 'frg', '缝纫工'],
    ['capitals and full width', 'ＦＲＧ', '缝纫工'],
    ['English', 'Sewing', '缝纫工'],
    ['a later English word', 'cook', '中式烹调师'],
    ['what the group says', '接电', '电工'],
    ['what the summary says', '书包', '缝纫工'],
    ['what the work is like', '拉链', '缝纫工'],
  ])('finds by %s', (_, text, name) => {
    expect(foundBy(text)).toContain(name)
  })

  it('puts what is called so before what only speaks of it', () => {
    expect(foundBy('电')[0]).toMatch(/^电/)
    expect(foundBy('fr')).toEqual(['缝纫工'])
    const [first, ...others] = foundBy('皮')
    expect(first).toBe('皮革及皮革制品加工工')
    expect(others.length).toBeGreaterThan(0)
  })

  it('does not take letters out of the middle of a syllable, nor blanks for anything', () => {
    expect(foundBy('engr')).toEqual([])
    expect(foundBy('   ')).toEqual([])
    expect(foundBy('zzz')).toEqual([])
  })
})
