// Starting and stopping, as a technician does it: every start is a process of its own.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { Health } from '#contract/device.ts'
import { readConfig } from '#server/config.ts'
import { runServerProgram, type ServerProcess, startServerProcess } from '#test/support/server-process.ts'
import { joinTestDevice, valueOf } from '#test/support/test-device.ts'
import { httpTransport } from '#test/support/transport.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const SEED = Buffer.alloc(32, 4)
let dataDir: string
const running: ServerProcess[] = []

const newFolder = () => {
  dataDir = join(mkdtempSync(join(tmpdir(), 'xincheng-start-')), 'data')
}
const clearUp = async () => {
  for (const server of running.splice(0)) await server.stop('SIGKILL')
  rmSync(join(dataDir, '..'), { recursive: true, force: true })
}

async function start(...args: string[]): Promise<ServerProcess> {
  const server = await startServerProcess(args, { DATA_DIR: dataDir })
  running.push(server)
  return server
}

async function expectRefusal(
  args: string[],
  environment: Record<string, string>,
  code: number,
  sentence: RegExp,
): Promise<string> {
  const { code: exit, output } = await runServerProgram('src/server/main.ts', args, {
    DATA_DIR: dataDir,
    PORT: '0',
    ...environment,
  })
  expect(output).toMatch(sentence)
  expect(output).not.toMatch(/ {4}at /)
  expect(exit).toBe(code)
  return output
}

const codeIn = (output: string) => /type ([A-HJ-NP-Z2-9]{8}) /.exec(output)?.[1] ?? null
const healthOf = async ({ url }: ServerProcess) => Health.parse(await (await fetch(`${url}/api/health`)).json())

async function untilPrinted(server: ServerProcess, find: (output: string) => string | null): Promise<string> {
  for (;;) {
    const found = find(server.output())
    if (found !== null) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

describe('the life of a facility begun with --empty', () => {
  let facilityId: string
  let firstCode: string
  beforeAll(newFolder)
  afterAll(clearUp)

  it('starts without people but with the catalogue, does not join by itself, and keeps its files to itself', async () => {
    const server = await start('--empty')
    const health = await healthOf(server)
    facilityId = health.facility.id
    expect(health).toMatchObject({ setUp: false, demonstration: false, facility: { name: '' } })
    firstCode = await untilPrinted(server, codeIn)
    await expect(joinTestDevice(httpTransport(server.url), { code: null, seed: SEED })).rejects.toThrow(
      'not-a-demonstration',
    )
    for (const file of ['keys', 'keys/server.json', 'ledger.sqlite'])
      expect(statSync(join(dataDir, file)).mode & 0o077).toBe(0)
  })

  it('says that its port is taken to a second server, which makes nothing', async () => {
    const port = running[0]?.port ?? 0
    await expectRefusal([], { PORT: String(port), DATA_DIR: `${dataDir}-2` }, 1, new RegExp(`Port ${port} is taken`))
    expect(existsSync(`${dataDir}-2`)).toBe(false)
  })

  it('stops when told to, is refused --empty from then on in one sentence, and is left alone', async () => {
    expect((await running[0]?.stop('SIGTERM'))?.code).toBe(0)
    const output = await expectRefusal(['--empty'], {}, 1, /already holds a ledger/)
    expect(output.trim().split('\n')).toHaveLength(2)
  })

  it('comes back as itself with a new code, until an office device has joined', async () => {
    const server = await start()
    expect((await healthOf(server)).facility.id).toBe(facilityId)
    const code = await untilPrinted(server, codeIn)
    expect(code).not.toBe(firstCode)
    expect(server.output()).not.toContain('Loading')
    const office = await joinTestDevice(httpTransport(server.url), { code, seed: SEED })
    const kinds = (await office.pullAll()).map(({ text }) => (JSON.parse(text) as { kind: string }).kind)
    expect(kinds.filter((kind) => kind === 'catalogue.occupation-listed.v1')).toHaveLength(30)
    expect(kinds.filter((kind) => /^(trainee|class|staff)\./.test(kind))).toEqual([])
    await server.stop('SIGTERM')
    const again = await start()
    await healthOf(again)
    expect(codeIn((await again.stop('SIGTERM')).output)).toBeNull()
  })

  it('finishes a first start that broke off while moving into place', async () => {
    const draft = join(dataDir, 'first-start')
    mkdirSync(join(draft, 'keys'), { recursive: true })
    writeFileSync(join(draft, 'keys', 'server.json'), readFileSync(join(dataDir, 'keys', 'server.json')))
    writeFileSync(join(draft, 'whole'), '')
    rmSync(join(dataDir, 'keys'), { recursive: true })
    const server = await start()
    expect((await healthOf(server)).facility.id).toBe(facilityId)
    await server.stop('SIGTERM')
  })

  it('does not start on damaged keys, missing keys or damaged data, and makes nothing new over them', async () => {
    const keyFile = join(dataDir, 'keys', 'server.json')
    const keys = readFileSync(keyFile)
    writeFileSync(keyFile, keys.subarray(0, 40))
    await expectRefusal([], {}, 1, /server\.json is damaged/)
    rmSync(join(dataDir, 'keys'), { recursive: true })
    await expectRefusal([], {}, 1, /keys .* are missing/)
    expect(existsSync(join(dataDir, 'keys'))).toBe(false)
    mkdirSync(join(dataDir, 'keys'))
    writeFileSync(keyFile, keys)
    writeFileSync(join(dataDir, 'ledger.sqlite'), 'no database'.repeat(1000))
    await expectRefusal([], {}, 1, /data file .* is damaged/)
  })
})

describe('a first start', () => {
  beforeEach(newFolder)
  afterEach(clearUp)

  it('that broke off half-way leaves no facility, and the next one begins anew', async () => {
    mkdirSync(join(dataDir, 'first-start', 'keys'), { recursive: true })
    writeFileSync(join(dataDir, 'first-start', 'ledger.sqlite'), 'half')
    writeFileSync(join(dataDir, 'first-start', 'keys', 'server.json'), '{}')
    const server = await start('--empty')
    expect((await healthOf(server)).position).toBeGreaterThan(30)
    expect(existsSync(join(dataDir, 'first-start'))).toBe(false)
  })

  it.each([
    ['--demo=prison', 'prison', '示例监狱'],
    ['--demo=rehab', 'rehabCenter', '示例强制隔离戒毒所'],
  ])('with %s says how to sign in, and the printed accounts work', async (arg, kind, name) => {
    const server = await start(arg)
    expect(await healthOf(server)).toMatchObject({ demonstration: true, setUp: true, facility: { kind, name } })
    const pin = await untilPrinted(server, (output) => /admin1 +PIN (\d{6})/.exec(output)?.[1] ?? null)
    const browser = await joinTestDevice(httpTransport(server.url), { code: null, seed: SEED })
    expect(valueOf(await browser.signIn('admin1', pin)).role).toBe('administrator')
    await server.stop('SIGTERM')
    const other = arg === '--demo=rehab' ? '--demo=prison' : '--demo=rehab'
    const output = await expectRefusal([other], {}, 1, new RegExp(`already holds the demonstration ${name}.*DATA_DIR`))
    expect(output.trim().split('\n')).toHaveLength(2)
    const again = await start(arg)
    expect(await healthOf(again)).toMatchObject({ demonstration: true, facility: { kind, name } })
  })

  it('with --province says that this is not included, and does nothing', async () => {
    await expectRefusal(['--province'], {}, 2, /not included in this version/)
    expect(existsSync(dataDir)).toBe(false)
  })

  it('names the setting it does not know or cannot use, and does nothing', async () => {
    await expectRefusal(['--demo=moon'], {}, 1, /--demo=moon/)
    await expectRefusal([], { HOST: '203.0.113.7' }, 1, /HOST/)
    await expectRefusal([], { PORT: '99999' }, 1, /PORT cannot be "99999": .*from 0 to 65535/)
    expect(existsSync(dataDir)).toBe(false)
    writeFileSync(dataDir, 'a file in its place')
    await expectRefusal([], {}, 1, /data folder .* cannot be used/)
  })
})

describe('settings', () => {
  it('have the defaults the handbook names', () => {
    const defaults = {
      port: 8080,
      host: '127.0.0.1',
      province: false,
      firstContent: { kind: 'demonstration', facilityKind: 'prison' },
    }
    expect(readConfig([], {})).toMatchObject({ ok: true, config: defaults })
    const named = readConfig(['--demo=rehab'], { PORT: '9000', HOST: '0.0.0.0' })
    expect(named).toMatchObject({
      ok: true,
      config: { port: 9000, host: '0.0.0.0', firstContent: { facilityKind: 'rehabCenter' } },
    })
    expect(readConfig([], { PORT: '' })).toMatchObject({ ok: true, config: { port: 8080, contentIsNamed: false } })
  })

  it.each(['70000', '99999', '65536', 'eighty', '-1', '80.5', ' 80', '1e3'])('PORT=%s is a wrong value', (value) => {
    expect(readConfig([], { PORT: value })).toEqual({ ok: false, wrong: { name: 'PORT', value } })
  })

  it('tell an argument nobody knows from a value a setting cannot have', () => {
    expect(readConfig(['--demo=moon'], {})).toEqual({ ok: false, wrong: { name: '--demo=moon', value: null } })
  })
})
