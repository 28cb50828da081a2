// Backup and restore as a technician does them, and the drill: a restored server and the tablets together lose nothing.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Health } from '#contract/device.ts'
import type { DataPlace } from '#server/tasks/open-facility.ts'
import { environmentOf, foundPlace, joinCodeAt } from '#test/support/founded-place.ts'
import { freshDatabase, tamperDatabase } from '#test/support/postgres.ts'
import { runServerProgram, type ServerProcess, startServerProcess } from '#test/support/server-process.ts'
import { joinTestDevice, makeTestDevice, type TestDevice, valueOf } from '#test/support/test-device.ts'
import { aMark, marks } from '#test/support/test-lesson.ts'
import { httpTransport } from '#test/support/transport.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let folder: string
let running: ServerProcess | null = null
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'xincheng-backup-'))
})
afterAll(async () => {
  await running?.stop('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

type Facts = Readonly<Record<string, unknown>>

async function task(place: DataPlace, ...args: string[]): Promise<Facts & { code: unknown; exit: number | null }> {
  const { code: exit, output } = await runServerProgram('src/server/tasks/main.ts', args, environmentOf(place))
  const facts = JSON.parse(output.trim().split('\n').at(-1) ?? '') as Facts
  return { code: null, ...facts, exit }
}

async function start(place: DataPlace): Promise<ServerProcess> {
  running = await startServerProcess([], environmentOf(place))
  return running
}

async function stop(): Promise<void> {
  expect((await running?.stop('SIGTERM'))?.code).toBe(0)
  running = null
}

const healthOf = async ({ url }: ServerProcess) => Health.parse(await (await fetch(`${url}/api/health`)).json())

describe.each(['sqlite', 'postgres'] as const)('the restore drill on %s', (kind) => {
  let place: DataPlace
  let tablet: TestDevice
  const file = () => join(folder, `${kind}.backup`)
  beforeAll(async () => {
    place = {
      dataDir: join(folder, kind),
      databaseUrl: kind === 'postgres' ? await freshDatabase('empty') : null,
    }
    await foundPlace(place)
  })

  it('backs up while the server runs, proves the file, and keeps it to its owner', async () => {
    const server = await start(place)
    expect((await healthOf(server)).store).toBe(kind)
    const code = await joinCodeAt(place, 'instructor')
    tablet = await joinTestDevice(httpTransport(server.url), { code, seed: Buffer.alloc(32, 5) })
    for (const draft of marks(40)) tablet.chain.record(draft)
    valueOf(await tablet.pushAll())
    const made = await task(place, 'backup', file())
    expect(made).toMatchObject({ ok: true, exit: 0, file: file() })
    expect(made.entryCount).toBeGreaterThan(45)
    expect(statSync(file()).mode & 0o077).toBe(0)
    expect(readdirSync(folder).filter((name) => name.startsWith(`${kind}.backup`))).toEqual([`${kind}.backup`])
    expect(await task(place, 'backup', file())).toMatchObject({ ok: false, exit: 1, code: 'file-taken' })
  })

  it('is refused while the server runs, and changes nothing', async () => {
    for (let more = 0; more < 30; more += 1) tablet.chain.record(aMark(`T${String(more)}`, { minutes: 5 }))
    valueOf(await tablet.pushAll(41))
    expect(await task(place, 'restore', file())).toMatchObject({ ok: false, exit: 1, code: 'server-runs' })
    expect(valueOf(await tablet.push(tablet.chain.pushBody(1, 70))).verdicts).toHaveLength(70)
    await stop()
  })

  it('restores with a new epoch, keeps what was there, and the tablets bring the rest again', async () => {
    const keysBefore = JSON.parse(readFileSync(join(place.dataDir, 'keys', 'server.json'), 'utf8')) as { epoch: string }
    const restored = await task(place, 'restore', file())
    expect(restored).toMatchObject({ ok: true, exit: 0 })
    expect(String(restored.aside)).toMatch(/before.restore.\d+/)
    if (kind === 'sqlite') {
      expect(readdirSync(String(restored.aside)).sort()).toEqual(['keys', 'ledger.sqlite'])
      const old = new Database(join(String(restored.aside), 'ledger.sqlite'))
      expect(
        old.prepare(`SELECT count(*) AS count FROM entries WHERE device_id = ?`).get(tablet.joined.deviceId),
      ).toEqual({
        count: 70,
      })
      old.close()
    }
    expect(await task(place, 'verify-ledger')).toMatchObject({ ok: true, entryCount: restored.entryCount })
    const server = await start(place)
    const { joined, key, chain } = tablet
    const again = makeTestDevice(httpTransport(server.url), joined, key, 'after-the-restore')
    const first = valueOf(await again.push(chain.pushBody(1, 10)))
    expect(first.receipt).toMatchObject({ lastSeq: 40, serverEpoch: restored.epoch })
    expect(first.receipt.serverEpoch).not.toBe(keysBefore.epoch)
    expect(valueOf(await again.push(chain.pushBody(41, 30))).receipt.lastSeq).toBe(70)
    const texts = (await again.pullAll()).map(({ text }) => text)
    for (const { text } of chain.entries) expect(texts.filter((one) => one === text)).toHaveLength(1)
    await stop()
    expect(await task(place, 'verify-ledger')).toMatchObject({ ok: true })
  })

  it('restores onto an empty machine, on the other store too', async () => {
    const other: DataPlace = {
      dataDir: join(folder, `${kind}-elsewhere`),
      databaseUrl: kind === 'postgres' ? null : await freshDatabase('empty'),
    }
    expect(await task(other, 'restore', file())).toMatchObject({ ok: true, aside: null })
    expect(await task(other, 'verify-ledger')).toMatchObject({ ok: true })
    const server = await start(other)
    expect((await healthOf(server)).store).toBe(other.databaseUrl === null ? 'sqlite' : 'postgres')
    const again = makeTestDevice(httpTransport(server.url), tablet.joined, tablet.key, 'on-another-store')
    expect(valueOf(await again.push(tablet.chain.pushBody(41, 30))).receipt.lastSeq).toBe(70)
    await stop()
  })

  it('names the first bad position of a ledger somebody changed', async () => {
    if (kind === 'sqlite') {
      const database = new Database(join(place.dataDir, 'ledger.sqlite'))
      database.exec('DROP TRIGGER entries_stay')
      database.exec(`UPDATE entries SET text = text || ' ' WHERE position IN (30, 20)`)
      database.close()
    } else {
      await tamperDatabase(place.databaseUrl ?? '', (client) =>
        client.query(`UPDATE entries SET text = text || ' ' WHERE position IN (30, 20)`),
      )
    }
    expect(await task(place, 'verify-ledger')).toMatchObject({ ok: false, exit: 1, badPosition: 20, flaw: 'altered' })
    expect(await task(place, 'backup', join(folder, `${kind}.flawed`))).toMatchObject({
      ok: false,
      exit: 1,
      badPosition: 20,
    })
    expect(existsSync(join(folder, `${kind}.flawed`))).toBe(false)
  })
})

describe('backup and restore', () => {
  const place = (): DataPlace => ({ dataDir: join(folder, 'plain'), databaseUrl: null })
  const file = () => join(folder, 'sqlite.backup')
  beforeAll(() => foundPlace(place()))

  it('puts a backup without a name into the data folder', async () => {
    const { ok, file: made } = await task(place(), 'backup')
    expect(ok).toBe(true)
    expect(String(made)).toMatch(/plain\/backups\/backup-[\dTZ-]+\.sqlite$/)
    expect(statSync(String(made)).mode & 0o077).toBe(0)
  })

  it('refuses what is no backup, what was damaged, and what belongs to another facility, and touches nothing', async () => {
    const before = readFileSync(join(place().dataDir, 'ledger.sqlite'))
    const words = join(folder, 'words')
    writeFileSync(words, 'these are words and no backup'.repeat(100))
    const plain = join(folder, 'plain.sqlite')
    writeFileSync(plain, before)
    const damaged = join(folder, 'damaged')
    const bytes = readFileSync(file())
    const at = bytes.indexOf('"minutes":null')
    bytes.write('"minutes":9999', at)
    writeFileSync(damaged, bytes)
    for (const [named, code] of [
      [words, 'not-a-backup'],
      [plain, 'not-a-backup'],
      [join(folder, 'missing'), 'not-a-backup'],
      [damaged, 'flawed'],
      [file(), 'other-facility'],
    ])
      expect(await task(place(), 'restore', String(named))).toMatchObject({ ok: false, exit: 1, code })
    expect(await task(place(), 'restore')).toMatchObject({ ok: false, code: 'usage' })
    expect(readFileSync(join(place().dataDir, 'ledger.sqlite'))).toEqual(before)
    expect(readdirSync(place().dataDir).filter((name) => /restore/.test(name))).toEqual([])
  })

  it('says where a backup cannot be written', async () => {
    const shut = join(folder, 'a-file')
    writeFileSync(shut, '')
    expect(await task(place(), 'backup', join(shut, 'backup'))).toMatchObject({ ok: false, code: 'not-writable' })
  })

  it('finishes a restore that broke off while moving into place', async () => {
    const { dataDir } = place()
    const draft = join(dataDir, 'restore-draft')
    mkdirSync(join(draft, 'keys'), { recursive: true })
    writeFileSync(join(draft, 'ledger.sqlite'), readFileSync(join(dataDir, 'ledger.sqlite')))
    writeFileSync(join(draft, 'keys', 'server.json'), readFileSync(join(dataDir, 'keys', 'server.json')))
    chmodSync(join(draft, 'keys', 'server.json'), 0o600)
    // The keys were moved aside already when it broke off.
    writeFileSync(join(draft, 'whole'), 'before-restore-1')
    mkdirSync(join(dataDir, 'before-restore-1'))
    renameSync(join(dataDir, 'keys'), join(dataDir, 'before-restore-1', 'keys'))
    const server = await start(place())
    expect((await healthOf(server)).status).toBe('ok')
    await stop()
    expect(readdirSync(join(dataDir, 'before-restore-1')).sort()).toEqual(['keys', 'ledger.sqlite'])
    expect(existsSync(draft)).toBe(false)
  })

  it('a second server on the same data folder is refused in a sentence', async () => {
    await start(place())
    const { code, output } = await runServerProgram('src/server/main.ts', [], { ...environmentOf(place()), PORT: '0' })
    expect(output).toMatch(/Another program is using the data file/)
    expect(code).toBe(1)
    await stop()
  })
})
