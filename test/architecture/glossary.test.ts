import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import {
  codeFiles,
  componentParts,
  filesUnder,
  placeOf,
  read,
  syntaxOf,
  walk,
  withEnding,
  wordsOf,
} from '#test/architecture/house.ts'

/** Synonyms the glossary decided against; a word of an identifier, singular or plural. */
const BANNED = new Set([
  'student',
  'students',
  'course',
  'courses',
  'prisoner',
  'prisoners',
  'trade',
  'trades',
  'login',
  'logins',
])

const hasBannedWord = (name: string) => wordsOf(name).some((word) => BANNED.has(word))

/** The identifiers in the second column of the glossary's tables. */
function glossaryIdentifiers(): string[] {
  return read('src/GLOSSARY.md')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .flatMap((line) => [...(line.split('|')[2] ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''))
}

function bannedIdentifiers(path: string): string[] {
  const found: string[] = []
  walk(syntaxOf(path), (node) => {
    if ((ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) && hasBannedWord(node.text))
      found.push(`${placeOf(path, node)} ${node.text}`)
  })
  return found
}

/** Templates and style sheets hold names too: classes, props, slots. Their comments are prose. */
function bannedWordsIn(path: string, text: string): string[] {
  const names = text.replace(/<!--[\s\S]*?-->|\/\*[\s\S]*?\*\//g, '').match(/[\w-]+/g) ?? []
  return names.filter(hasBannedWord).map((name) => `${path} ${name}`)
}

describe('src/GLOSSARY.md', () => {
  it('gives each identifier to one word only', () => {
    const identifiers = glossaryIdentifiers()
    expect(identifiers.length).toBeGreaterThan(0)
    expect(identifiers.filter((name, index) => identifiers.indexOf(name) !== index)).toEqual([])
  })

  it('its banned synonyms name nothing in src', () => {
    const files = filesUnder('src')
    const components = withEnding(files, '.vue')
    expect([
      ...files.filter((path) => hasBannedWord(path)),
      ...codeFiles().flatMap(bannedIdentifiers),
      ...components.flatMap((path) => bannedWordsIn(path, componentParts(path).template)),
      ...withEnding(files, '.css').flatMap((path) => bannedWordsIn(path, read(path))),
    ]).toEqual([])
  })
})
