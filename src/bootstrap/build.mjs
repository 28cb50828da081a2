/** Builds the pages into dist/client, only when something they are made of has changed. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { messages } from './messages.mjs'
import { projectFolder, runQuietly, say, Stop } from './processes.mjs'

const SOURCES = [
  'src/client',
  'src/contract',
  'src/domain',
  'public',
  'index.html',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
]
const stampFile = join(projectFolder, 'dist', '.client-stamp')

function* filesUnder(path) {
  const whole = join(projectFolder, path)
  if (!existsSync(whole)) return
  if (!statSync(whole).isDirectory()) {
    yield path
    return
  }
  for (const name of readdirSync(whole).sort()) yield* filesUnder(`${path}/${name}`)
}

function sourceHash() {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    for (const file of filesUnder(source)) hash.update(`${file}\0`).update(readFileSync(join(projectFolder, file)))
  }
  return hash.digest('hex')
}

export async function ensureBuilt() {
  const hash = sourceHash()
  const built = existsSync(join(projectFolder, 'dist', 'client', 'index.html')) && existsSync(stampFile)
  if (built && readFileSync(stampFile, 'utf8') === hash) return
  say(messages.building())
  // A build that stops half-way must not be taken for a whole one.
  rmSync(stampFile, { force: true })
  const vite = join(projectFolder, 'node_modules', 'vite', 'bin', 'vite.js')
  const result = await runQuietly(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (result.code !== 0) throw new Stop(`${result.text.trim()}\n${messages.buildFailed()}`)
  mkdirSync(join(projectFolder, 'dist'), { recursive: true })
  writeFileSync(stampFile, hash)
}
