import { readdirSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import {
  codeFiles,
  componentParts,
  exists,
  filesUnder,
  linesOf,
  placeOf,
  projectFolder,
  read,
  syntaxOf,
  walk,
  withEnding,
  wordsOf,
} from '#test/architecture/house.ts'

const FILE_LINES = 300
const FUNCTION_LINES = 60
const COMPONENT_LINES = 250
/** A component's script; the set-up of a store and a composable (`useSomething`) are the same thing without a template. */
const SCRIPT_LINES = 120

const FIXTURES = /^test\/(.*\/)?(fixtures|golden)\//
const ours = [...filesUnder('src'), ...filesUnder('test')].filter((path) => !FIXTURES.test(path))
const written = withEnding(ours, '.ts', '.mjs', '.vue')
const texts = withEnding(ours, '.ts', '.mjs', '.vue', '.css', '.json', '.md', '.html')

describe('sizes', () => {
  it(`no file has more than ${FILE_LINES} lines`, () => {
    expect(written.filter((path) => linesOf(read(path)) > FILE_LINES)).toEqual([])
  })

  it(`no component has more than ${COMPONENT_LINES} lines, ${SCRIPT_LINES} of them script`, () => {
    const long = withEnding(written, '.vue').filter(
      (path) => linesOf(read(path)) > COMPONENT_LINES || linesOf(componentParts(path).script.trim()) > SCRIPT_LINES,
    )
    expect(long).toEqual([])
  })

  it(`no function of src has more than ${FUNCTION_LINES} lines`, () => {
    expect(codeFiles().flatMap(longFunctions)).toEqual([])
  })
})

function isSetup(node: ts.Node): boolean {
  const isComposable = ts.isFunctionDeclaration(node) && /^use[A-Z]/.test(node.name?.text ?? '')
  return isComposable || (ts.isCallExpression(node.parent) && node.parent.expression.getText() === 'defineStore')
}

function longFunctions(path: string): string[] {
  const found: string[] = []
  const source = syntaxOf(path)
  walk(source, (node) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return
    const first = source.getLineAndCharacterOfPosition(node.getStart(source)).line
    const lines = source.getLineAndCharacterOfPosition(node.getEnd()).line - first + 1
    if (lines > (isSetup(node) ? SCRIPT_LINES : FUNCTION_LINES)) found.push(`${placeOf(path, node)} has ${lines} lines`)
  })
  return found
}

describe('names and places', () => {
  it('the top level carries only what the user fixed and what tools insist on', () => {
    const allowed = new Set([
      ...[
        'src',
        'public',
        'test',
        'index.html',
        'package.json',
        'package-lock.json',
        'tsconfig.json',
        'vite.config.ts',
      ],
      ...['README.md', 'LICENSE', '.gitignore', '.npmrc', '.ci'],
      ...['.git', 'node_modules', '.runtime', '.cache', 'dist', 'data', 'bench-results.json'],
    ])
    expect(readdirSync(projectFolder).filter((name) => !allowed.has(name) && !name.endsWith('.log'))).toEqual([])
  })

  it('no drawers: every file and folder is named after what is in it', () => {
    const drawers = new Set([
      'util',
      'utils',
      'helper',
      'helpers',
      'misc',
      'manager',
      'managers',
      'service',
      'services',
      'handler',
      'handlers',
    ])
    const isDrawer = (path: string) => {
      const last = path.split('/').at(-1) ?? ''
      if (last.startsWith('service-worker')) return false
      return wordsOf(last).some((word) => drawers.has(word)) || /^(types|index)\.(ts|mjs)$/.test(last)
    }
    const folders = new Set(written.map((path) => path.slice(0, path.lastIndexOf('/'))))
    expect([...written, ...folders].filter(isDrawer)).toEqual([])
  })

  it('files are kebab-case, components PascalCase', () => {
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.(ts|mjs)$/
    const pascal = /^([A-Z][a-z0-9]*)+\.vue$/
    const misnamed = written.filter((path) => {
      const name = path.split('/').at(-1) ?? ''
      // A language is named by its tag.
      if (path === 'src/client/app/messages/zh-CN.ts') return false
      return !(name.endsWith('.vue') ? pascal : kebab).test(name)
    })
    expect(misnamed).toEqual([])
  })

  it('no barrels: a file has something of its own', () => {
    const barrels = withEnding(codeFiles(), '.ts').filter((path) => {
      const statements = syntaxOf(path).statements
      return (
        statements.length > 0 &&
        statements.every((statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier)
      )
    })
    expect(barrels).toEqual([])
  })
})

/** The places where Chinese is the content, not a comment or a slip. */
const CHINESE_MAY_STAND = [
  /^src\/client\/app\/messages\//,
  /^src\/bootstrap\/messages\.mjs$/,
  /^src\/server\/(.*\/)?[\w-]+\.template\.ts$/,
  /^src\/server\/reports\/labels\.ts$/,
  /^src\/server\/seed\//,
  /^src\/contract\/(.*\/)?[\w-]+\.template\.ts$/,
  /^test\//,
  /\.md$/,
]
const CHINESE = /[\p{Script=Han}\u3000-\u303f\uff01-\uff5e]/u

function linesMatching(path: string, pattern: RegExp): string[] {
  return read(path)
    .split('\n')
    .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim().slice(0, 80)}`] : []))
}

/** This file names what it looks for, so it does not look at itself. */
const self = 'test/architecture/tidy.test.ts'
const searched = texts.filter((path) => path !== self)

describe('text', () => {
  it('Chinese stands only in messages, templates, seeds, tests and documents', () => {
    const code = searched.filter((path) => !CHINESE_MAY_STAND.some((place) => place.test(path)))
    expect(code.flatMap((path) => linesMatching(path, CHINESE))).toEqual([])
  })

  it('nothing is left for later', () => {
    const later = /\b(TODO|FIXME|XXX|HACK)\b|\bnot implemented\b|\bcoming soon\b|敬请期待|待实现|暂未/
    expect(searched.flatMap((path) => linesMatching(path, later))).toEqual([])
  })

  it('no test and no check is muted', () => {
    const muted =
      /\b(it|test|describe)\.(skip|only|todo|fails|skipIf|runIf)\b|@ts-(ignore|nocheck|expect-error)|eslint-disable|biome-ignore|v-html|as unknown as/
    const code = withEnding(searched, '.ts', '.mjs', '.vue')
    expect(code.flatMap((path) => linesMatching(path, muted))).toEqual([])
  })

  it('no absolute path of a machine and no host of a registry', () => {
    const root = [
      'package.json',
      'package-lock.json',
      '.npmrc',
      '.gitignore',
      'vite.config.ts',
      'tsconfig.json',
      'index.html',
      'README.md',
    ]
    const machine =
      /\bregistry\.[\w-]+\.(org|com|cn|net|io)\b|\bdeb\.debian\b|(^|[\s'"`(=:])\/(tmp|root|work|farm|home|Users)\//
    const files = [
      ...searched,
      ...filesUnder('public').filter((path) => /\.(json|webmanifest|css|html|txt)$/.test(path)),
      ...root.filter(exists),
    ]
    expect(files.flatMap((path) => linesMatching(path, machine))).toEqual([])
  })
})

/** A path of the map as a pattern: `<name>` and `*` stand for one part, `{a,b}` for either. */
function asPattern(path: string): RegExp {
  const source = path
    .replace(/\/$/, '')
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace(/<[^>]+>|\*+/g, '[^/]+')
    .replace(
      /\{([^}]+)\}/g,
      (_, choices: string) =>
        `(${choices
          .split(',')
          .map((choice) => choice.trim())
          .join('|')})`,
    )
  return new RegExp(`^${source}($|/)`)
}

function namedPaths(document: string): string[] {
  return [...read(document).matchAll(/`([^`\s]+)`/g)]
    .map((match) => match[1] ?? '')
    .filter((text) => /^(src|test|contract|domain|client|server|bootstrap)\//.test(text))
    .map((text) => (/^(src|test)\//.test(text) ? text : `src/${text}`))
    .map((text) => text.replace(/[:#]\w+$/, ''))
}

describe('the map', () => {
  it('each path named in src/ARCHITECTURE.md exists', () => {
    const paths = namedPaths('src/ARCHITECTURE.md')
    expect(paths.length).toBeGreaterThan(0)
    const all = [...filesUnder('src'), ...filesUnder('test')]
    expect(paths.filter((path) => !all.some((file) => asPattern(path).test(file)))).toEqual([])
  })
})
