/**
 * `npm run pack [FOLDER]`: one archive that starts on a machine of the same kind with neither Node nor network:
 * this Node, the server, the built pages, the packages they need, fonts, a start script, a unit for systemd, checksums.
 * It holds no data folder, so unpacking it over an older one keeps the data.
 */
import { createHash } from 'node:crypto'
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { messages } from './messages.mjs'
import { projectFolder, runCommand, runQuietly, say, Stop } from './processes.mjs'
import { onFitRuntime } from './runtime.mjs'

const PARTS = ['src/server', 'src/contract', 'src/domain', 'dist/client', 'package.json', 'README.md', 'LICENSE']
const isWindows = process.platform === 'win32'
const node = isWindows ? 'node.exe' : 'node'

const START = `#!/bin/sh
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
export DATA_DIR="\${DATA_DIR:-$here/data}"
exec "$here/runtime/node" --disable-warning=ExperimentalWarning "$here/src/server/main.ts" "$@"
`
const TASK = START.replace('server/main.ts', 'server/tasks/main.ts')
const START_WINDOWS = `@echo off\r
if not defined DATA_DIR set "DATA_DIR=%~dp0data"\r
"%~dp0runtime\\node.exe" --disable-warning=ExperimentalWarning "%~dp0src\\server\\main.ts" %*\r
`
const UNIT = `[Unit]
Description=Xincheng
After=network.target

[Service]
User=xincheng
Environment=HOST=0.0.0.0 DATA_DIR=/var/lib/xincheng
ExecStart=/opt/xincheng/start.sh
Restart=on-failure
UMask=0077
NoNewPrivileges=true
ProtectSystem=strict
StateDirectory=xincheng

[Install]
WantedBy=multi-user.target
`

/** Where Node would find a package, seen from a folder; null for an optional one that is not there. */
function placeOf(name, from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name)
    if (existsSync(join(place, 'package.json'))) return place
    if (folder === projectFolder) return null
  }
}

/** The folders of the packages the program needs, and theirs. */
function packageFolders() {
  const found = new Set()
  const visit = (folder) => {
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    )
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const place = placeOf(name, folder)
      if (place === null && !(name in optionalDependencies)) throw new Stop(messages.packageMissing(name))
      if (place === null || found.has(place)) continue
      found.add(place)
      visit(place)
    }
  }
  visit(projectFolder)
  return [...found].sort()
}

function* filesUnder(folder, path = '') {
  for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
    const inner = path === '' ? entry.name : `${path}/${entry.name}`
    if (entry.isDirectory()) yield* filesUnder(folder, inner)
    else yield inner
  }
}

function fill(stage) {
  for (const part of PARTS) cpSync(join(projectFolder, part), join(stage, part), { recursive: true })
  for (const folder of packageFolders()) {
    const inner = folder.slice(projectFolder.length + 1)
    // A package inside another is a package of its own, copied when it is needed.
    const isOwn = (path) => path === folder || basename(path) !== 'node_modules'
    cpSync(folder, join(stage, inner), { recursive: true, dereference: true, filter: isOwn })
  }
  mkdirSync(join(stage, 'runtime'))
  cpSync(process.execPath, join(stage, 'runtime', node), { dereference: true })
  chmodSync(join(stage, 'runtime', node), 0o755)
  const scripts = isWindows
    ? { 'start.cmd': START_WINDOWS, 'task.cmd': START_WINDOWS.replace('server\\main.ts', 'server\\tasks\\main.ts') }
    : { 'start.sh': START, 'task.sh': TASK, 'xincheng.service': UNIT }
  for (const [name, text] of Object.entries(scripts))
    writeFileSync(join(stage, name), text, { mode: name.endsWith('.sh') ? 0o755 : 0o644 })
  const sums = [...filesUnder(stage)].sort().map(
    (file) =>
      `${createHash('sha256')
        .update(readFileSync(join(stage, file)))
        .digest('hex')}  ${file}\n`,
  )
  writeFileSync(join(stage, 'SHA256SUMS'), sums.join(''))
}

await runCommand(() =>
  onFitRuntime(async () => {
    await ensureInstalled('app')
    await ensureBuilt()
    say(messages.packing())
    const { version } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'))
    const target = resolve(process.argv[2] ?? join(projectFolder, 'dist'))
    const work = join(target, '.pack')
    const archive = join(target, `xincheng-${version}-${process.platform}-${process.arch}.tar.gz`)
    rmSync(work, { recursive: true, force: true })
    try {
      mkdirSync(join(work, 'xincheng'), { recursive: true })
      fill(join(work, 'xincheng'))
      const packed = await runQuietly('tar', ['-czf', archive, '-C', work, 'xincheng'])
      if (packed.code !== 0) throw new Stop(`${packed.text.trim()}\n${messages.packFailed()}`)
    } finally {
      rmSync(work, { recursive: true, force: true })
    }
    say(messages.packed(archive))
  }),
)
