// Findings of a roster in words: grouped as people mend them, and a full sentence for every code the server can raise.
import { describe, expect, it } from 'vitest'
import { roster as english } from '#client/app/messages/en/roster.ts'
import { roster as chinese } from '#client/app/messages/zh-CN/roster.ts'
import { groupIssues, type Issue, spansOf } from '#client/pages/admin/people/roster/issue-words.ts'
import { filesUnder, read } from '#test/architecture/house.ts'

const issue = (row: number, severity: Issue['severity'], code = 'roster/work-capable-missing'): Issue => ({
  row,
  column: 'c',
  code,
  severity,
})

describe('findings of a roster', () => {
  it('has a sentence in both languages for every code of the server', () => {
    const sources = filesUnder('src/server/exchange').filter((path) => path.endsWith('.ts'))
    const codes = new Set(
      sources.flatMap((path) =>
        [...read(path).matchAll(/'((?:roster|spreadsheet)\/[a-z-]+)'/g)].map((match) => match[1] ?? ''),
      ),
    )
    expect(codes.size).toBeGreaterThan(40)
    expect([...codes].filter((code) => !(code in chinese.issue) || !(code in english.issue))).toEqual([])
    const spare = Object.keys(chinese.issue).filter((key) => key.includes('/') && !codes.has(key.replace(/-hint$/, '')))
    expect(spare).toEqual([])
  })

  it('keeps errors row by row and puts hints of one kind together', () => {
    const groups = groupIssues([
      issue(3, 'warning'),
      issue(4, 'error'),
      issue(4, 'warning'),
      issue(5, 'warning'),
      issue(6, 'error'),
      issue(9, 'warning'),
    ])
    expect(groups.map(({ first, rows }) => [first.severity, rows])).toEqual([
      ['warning', [3, 4, 5, 9]],
      ['error', [4]],
      ['error', [6]],
    ])
    expect(spansOf([9, 4, 3, 5, 5])).toBe('3–5, 9')
  })

  it('keeps hints apart that name different things, such as two characters', () => {
    const rare = (row: number, character: string): Issue => ({
      ...issue(row, 'warning', 'roster/name-not-printable'),
      params: { character, codePoint: character },
    })
    expect(groupIssues([rare(2, '𠮷'), rare(3, '𬎆'), rare(5, '𠮷')]).map(({ rows }) => rows)).toEqual([[2, 5], [3]])
  })

  it('never mixes what is said of the whole file with what is said of rows', () => {
    expect(
      groupIssues([issue(0, 'warning'), issue(0, 'warning'), issue(1, 'warning')]).map(({ rows }) => rows),
    ).toEqual([[0], [0], [1]])
  })
})
