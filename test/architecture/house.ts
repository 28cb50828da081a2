/** The files of the house as the architecture tests read them. Paths are relative to the project and use `/`. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { parse as parseComponent } from 'vue/compiler-sfc'

export const projectFolder = fileURLToPath(new URL('../..', import.meta.url))

const NOT_OURS = new Set(['node_modules', 'tools', '.cache', 'dist'])

export function exists(path: string): boolean {
  return existsSync(join(projectFolder, path))
}

export function read(path: string): string {
  return readFileSync(join(projectFolder, path), 'utf8')
}

/** All files under a folder, sorted; none where the folder is missing. */
export function filesUnder(folder: string): string[] {
  if (!exists(folder)) return []
  return readdirSync(join(projectFolder, folder))
    .filter((name) => !NOT_OURS.has(name))
    .sort()
    .flatMap((name) => {
      const path = `${folder}/${name}`
      return statSync(join(projectFolder, path)).isDirectory() ? filesUnder(path) : [path]
    })
}

export function withEnding(paths: string[], ...endings: string[]): string[] {
  return paths.filter((path) => endings.some((ending) => path.endsWith(ending)))
}

/** The code of src: TypeScript, set-up scripts, components. */
export function codeFiles(): string[] {
  return withEnding(filesUnder('src'), '.ts', '.mjs', '.vue')
}

export function testFiles(): string[] {
  return withEnding(filesUnder('test'), '.test.ts', '.suite.ts')
}

/** A component's parts: the script and the template as text, empty where it has none. */
export function componentParts(path: string): { script: string; template: string } {
  const { descriptor } = parseComponent(read(path), { filename: path })
  return {
    script: [descriptor.script?.content, descriptor.scriptSetup?.content].filter(Boolean).join('\n'),
    template: descriptor.template?.content ?? '',
  }
}

/** The script of a file as a syntax tree; of a component, its script block. */
export function syntaxOf(path: string): ts.SourceFile {
  const text = path.endsWith('.vue') ? componentParts(path).script : read(path)
  return ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.Latest,
    true,
    path.endsWith('.mjs') ? ts.ScriptKind.JS : ts.ScriptKind.TS,
  )
}

/** Calls `visit` for each node of the tree, parents first. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node)
  node.forEachChild((child) => walk(child, visit))
}

/** Where a node begins, for a message: `path:line`. Lines of a component count from its script block. */
export function placeOf(path: string, node: ts.Node): string {
  const source = node.getSourceFile()
  return `${path}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`
}

export function linesOf(text: string): number {
  return text === '' ? 0 : text.replace(/\n$/, '').split('\n').length
}

/** The words an identifier or a file name is made of, lower case: `courseLine`, `course-line` and `COURSE_LINE` give course, line. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((word) => word.toLowerCase())
}
