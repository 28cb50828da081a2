import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { read, syntaxOf, testFiles, walk } from '#test/architecture/house.ts'

const RULE_ID = /[A-Z]{2,4}-\d+/g

/** A rule is an ID that opens a heading, a list item, a table row or a bold line. */
function rulesOfSpec(): string[] {
  return [...read('src/domain/SPEC.md').matchAll(/^(?:#{1,6}\s+|[-*]\s+|\|\s*)?(?:\*\*)?`?([A-Z]{2,4}-\d+)\b/gm)].map(
    (match) => match[1] ?? '',
  )
}

/** The rules a test quotes: titles open with them in brackets, `[ATT-3] …` or `[ATT-3, ATT-4] …`. */
function quotedRules(path: string): { rule: string; title: string }[] {
  const quoted: { rule: string; title: string }[] = []
  walk(syntaxOf(path), (node) => {
    if (!ts.isStringLiteralLike(node) && !ts.isTemplateHead(node)) return
    const opening = /^\[([A-Z]{2,4}-\d+(?:[,/ ]+[A-Z]{2,4}-\d+)*)\]/.exec(node.text)
    for (const rule of opening?.[1]?.match(RULE_ID) ?? [])
      quoted.push({ rule, title: `${path}: ${node.text.slice(0, 60)}` })
  })
  return quoted
}

describe('src/domain/SPEC.md and the tests', () => {
  const rules = rulesOfSpec()
  const quoted = testFiles()
    .filter((path) => !path.startsWith('test/architecture/'))
    .flatMap(quotedRules)

  it('numbers each rule once', () => {
    expect(rules.length).toBeGreaterThan(0)
    expect(rules.filter((rule, index) => rules.indexOf(rule) !== index)).toEqual([])
  })

  it('has a test for each rule', () => {
    const tested = new Set(quoted.map(({ rule }) => rule))
    expect(rules.filter((rule) => !tested.has(rule))).toEqual([])
  })

  it('knows each rule a test quotes', () => {
    expect(quoted.filter(({ rule }) => !rules.includes(rule)).map(({ rule, title }) => `${rule} in ${title}`)).toEqual(
      [],
    )
  })
})
