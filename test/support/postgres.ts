// A real PostgreSQL for tests: started once by whoever needs it first, a fresh database for everybody who asks.
import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { openPostgresStore } from '#server/storage/postgres/postgres-store.ts'
import { freePort } from './free-port.ts'
import { findPostgresPrograms, NoPostgres } from './postgres-programs.ts'

/** The environment variable that names the folder all processes of a run share. */
export const POSTGRES_FOLDER = 'XINCHENG_TEST_POSTGRES'

const START_MS_MAX = 120_000
const TEMPLATE = 'template_of_tests'
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

interface Cluster {
  readonly port: number
}

const urlOf = ({ port }: Cluster, database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`

async function untilAnswering(cluster: Cluster, logFile: string): Promise<void> {
  const endsAt = Date.now() + START_MS_MAX
  for (;;) {
    const client = new Client({ connectionString: urlOf(cluster, 'postgres') })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.end()
      return
    } catch {
      if (Date.now() > endsAt)
        throw new NoPostgres(`PostgreSQL did not start: ${readFileSync(logFile, 'utf8').trim().slice(-500)}`)
      await wait(50)
    }
  }
}

async function startIn(folder: string): Promise<Cluster> {
  const { initdb, postgres, runAs } = findPostgresPrograms(join(folder, 'programs'))
  const data = join(folder, 'data')
  mkdirSync(data, { recursive: true, mode: 0o700 })
  if (runAs.uid !== undefined && runAs.gid !== undefined) {
    chmodSync(folder, 0o711)
    chownSync(data, runAs.uid, runAs.gid)
  }
  const made = spawnSync(
    initdb,
    [`--pgdata=${data}`, '--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-instructions'],
    { ...runAs, cwd: data, encoding: 'utf8' },
  )
  if (made.status !== 0)
    throw new NoPostgres(`PostgreSQL could not be set up: ${made.error?.message ?? made.stderr.trim()}`)
  const port = await freePort()
  const logFile = join(folder, 'log')
  const log = openSync(logFile, 'a')
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'shared_buffers=64MB',
  ]
  spawn(postgres, ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])], {
    ...runAs,
    cwd: data,
    detached: true,
    stdio: ['ignore', log, log],
  }).unref()
  const cluster = { port }
  await untilAnswering(cluster, logFile)
  await makeTemplate(cluster)
  return cluster
}

/** The schema is made once; databases are copies of it. */
async function makeTemplate(cluster: Cluster): Promise<void> {
  await administer(cluster, `CREATE DATABASE ${TEMPLATE}`)
  await (await openPostgresStore(urlOf(cluster, TEMPLATE))).close()
}

async function administer(cluster: Cluster, statement: string): Promise<void> {
  const client = new Client({ connectionString: urlOf(cluster, 'postgres') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

async function clusterIn(folder: string): Promise<Cluster> {
  const ready = join(folder, 'ready.json')
  const failed = join(folder, 'failed.txt')
  try {
    mkdirSync(join(folder, 'starting'))
  } catch {
    // Somebody else is starting it.
    while (!existsSync(ready) && !existsSync(failed)) await wait(100)
    if (existsSync(failed)) throw new NoPostgres(readFileSync(failed, 'utf8'))
    return JSON.parse(readFileSync(ready, 'utf8')) as Cluster
  }
  try {
    const cluster = await startIn(folder)
    // Named when whole, so that nobody reads half of it.
    writeFileSync(`${ready}.new`, JSON.stringify(cluster))
    renameSync(`${ready}.new`, ready)
    return cluster
  } catch (reason) {
    writeFileSync(failed, reason instanceof Error ? reason.message : String(reason))
    throw reason
  }
}

function sharedFolder(): string {
  const named = process.env[POSTGRES_FOLDER]
  if (named !== undefined) return named
  const folder = mkdtempSync(join(tmpdir(), 'xincheng-postgres-'))
  process.env[POSTGRES_FOLDER] = folder
  return folder
}

let made = 0

/** Makes a database and answers its address; `empty` for one in which nothing was made yet. */
export async function freshDatabase(content: 'tables' | 'empty' = 'tables'): Promise<string> {
  const cluster = await clusterIn(sharedFolder())
  made += 1
  const name = `test_${String(process.pid)}_${String(made)}`
  await administer(cluster, `CREATE DATABASE ${name} TEMPLATE ${content === 'tables' ? TEMPLATE : 'template0'}`)
  return urlOf(cluster, name)
}

/** Runs statements in a database as its owner, past every guard: what somebody with the database's password could do. */
export async function tamperDatabase(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({
    connectionString: url,
    options: '-c search_path=xincheng -c session_replication_role=replica',
  })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

/** Stops the database of a folder, if one was started, and removes the folder. */
export async function stopPostgres(folder: string | undefined = process.env[POSTGRES_FOLDER]): Promise<void> {
  if (folder === undefined) return
  const pidFile = join(folder, 'data', 'postmaster.pid')
  if (existsSync(pidFile)) {
    const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
    process.kill(pid, 'SIGQUIT')
    for (let tries = 0; existsSync(pidFile) && tries < 200 && isAlive(pid); tries += 1) await wait(50)
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
