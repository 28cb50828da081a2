// The second address, as a tablet meets it: a server of its own process, asked through TLS that trusts nothing but the handed-out root.
import { createHash, X509Certificate } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { TrustAnswer } from '#contract/device.ts'
import { readConfig } from '#server/config.ts'
import { isLeafGood, makeLeaf, makeRoot } from '#server/reach/certificates.ts'
import { freePort } from '#test/support/free-port.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { runServerProgram, type ServerProcess, startServerProcess } from '#test/support/server-process.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const DAY_MS = 86_400_000
const NAME = 'xincheng.test'
let folder: string
let httpsPort: number
let server: ServerProcess
let root: X509Certificate

const dataDir = () => join(folder, 'data')
const start = (more: Record<string, string> = {}) =>
  startServerProcess(['--empty'], { DATA_DIR: dataDir(), HTTPS_PORT: String(httpsPort), HTTPS_NAMES: NAME, ...more })
const again = (more: Record<string, string> = {}) =>
  startServerProcess([], { DATA_DIR: dataDir(), HTTPS_PORT: String(httpsPort), HTTPS_NAMES: NAME, ...more })
const rootOf = async ({ url }: ServerProcess) =>
  new X509Certificate(Buffer.from(await (await fetch(`${url}/api/trust/root.crt`)).arrayBuffer()))

interface Asked {
  readonly body: string
  readonly leaf: X509Certificate
}

function ask(path: string, servername: string, ca: X509Certificate): Promise<Asked> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port: httpsPort, path, servername, ca: ca.toString(), agent: false },
      (response) => {
        const leaf = (response.socket as TLSSocket).getPeerX509Certificate()
        let body = ''
        response.on('data', (chunk: Buffer) => {
          body += chunk.toString('utf8')
        })
        response.on('end', () => (leaf === undefined ? reject(new Error('no leaf')) : resolve({ body, leaf })))
      },
    )
    asked.once('error', reject)
    asked.end()
  })
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xincheng-https-'))
  httpsPort = await freePort()
  server = await start()
  root = await rootOf(server)
})
afterAll(async () => {
  await server?.stop('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

describe('https under the own root', () => {
  it('hands the root out with the fingerprint people compare, and a name that tells nothing', async () => {
    const trust = TrustAnswer.parse(await (await fetch(`${server.url}/api/trust`)).json())
    expect(trust).toMatchObject({
      httpsPort,
      root: { sha256: createHash('sha256').update(root.raw).digest('hex').toUpperCase() },
    })
    expect(root.subject).toMatch(/^CN=Local Network Root [0-9A-F]{6}$/)
    const answer = await fetch(`${server.url}/api/trust/root.crt`)
    expect(answer.headers.get('content-type')).toBe('application/x-x509-ca-cert')
    expect(answer.headers.get('content-disposition')).toContain('root.crt')
  })

  it('serves the same application to who trusts it, by name and by address, and nobody else', async () => {
    const { body, leaf } = await ask('/api/health', NAME, root)
    expect(JSON.parse(body)).toEqual(await (await fetch(`${server.url}/api/health`)).json())
    expect((await ask('/api/health', 'localhost', root)).leaf.fingerprint256).toBe(leaf.fingerprint256)
    expect(leaf.subjectAltName).toContain('IP Address:127.0.0.1')
    await expect(ask('/api/health', 'elsewhere.test', root)).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    })
    const random = seededRandom(7).bytes
    const other = await makeRoot({ nowMs: Date.now, random })
    const stranger = new X509Certificate(Buffer.from(other.certificate, 'base64url'))
    await expect(ask('/api/health', NAME, stranger)).rejects.toThrow(/certificate|issuer/)
  })

  it('the root signs leaves and nothing else; the leaf serves and lasts no longer than browsers allow', async () => {
    const { leaf } = await ask('/api/health', NAME, root)
    expect(root.ca).toBe(true)
    expect(root.verify(root.publicKey)).toBe(true)
    expect(leaf.ca).toBe(false)
    expect(leaf.checkIssued(root)).toBe(true)
    expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1'])
    const days = (Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)) / DAY_MS
    expect(days).toBe(397)
  })

  it('keeps its keys to itself', () => {
    const keys = join(dataDir(), 'keys')
    expect(readdirSync(keys).toSorted()).toEqual(['leaf.json', 'root.json', 'server.json'])
    for (const file of readdirSync(keys)) expect(statSync(join(keys, file)).mode & 0o077).toBe(0)
  })

  it('shows the same leaf after a restart, another one where the names changed, under the same root', async () => {
    const { leaf } = await ask('/api/health', NAME, root)
    await server.stop('SIGTERM')
    server = await again()
    expect((await ask('/api/health', NAME, root)).leaf.fingerprint256).toBe(leaf.fingerprint256)
    await server.stop('SIGTERM')
    server = await again({ HTTPS_NAMES: `${NAME},second.test` })
    expect((await ask('/api/health', 'second.test', root)).leaf.fingerprint256).not.toBe(leaf.fingerprint256)
    expect((await rootOf(server)).fingerprint256).toBe(root.fingerprint256)
  })

  it('a backup restored on another machine is trusted by the tablets of the first', async () => {
    const file = join(folder, 'backup.sqlite')
    const other = join(folder, 'other')
    const task = (args: string[], place: string) =>
      runServerProgram('src/server/tasks/main.ts', args, { DATA_DIR: place })
    expect((await task(['backup', file], dataDir())).code).toBe(0)
    await server.stop('SIGTERM')
    expect((await task(['restore', file], other)).code).toBe(0)
    server = await again({ DATA_DIR: other })
    expect((await rootOf(server)).fingerprint256).toBe(root.fingerprint256)
    await ask('/api/health', NAME, root)
  })

  it('says that its port is taken, and makes no other root over a damaged one', async () => {
    const taken = { DATA_DIR: join(folder, 'third'), HTTPS_PORT: String(httpsPort), PORT: '0' }
    expect((await runServerProgram('src/server/main.ts', ['--empty'], taken)).output).toContain(
      `https port ${httpsPort} is taken`,
    )
    await server.stop('SIGTERM')
    writeFileSync(join(dataDir(), 'keys', 'root.json'), '{}')
    const { code, output } = await runServerProgram('src/server/main.ts', [], { ...taken, DATA_DIR: dataDir() })
    expect(output).toMatch(/root\.json is damaged/)
    expect(output).not.toMatch(/ {4}at /)
    expect(code).toBe(1)
  })
})

describe('a leaf', () => {
  it('is good for its own names, under its own root, until thirty days before its end', async () => {
    const random = seededRandom(3).bytes
    const at = (day: number) => ({ nowMs: () => Date.parse('2026-11-02T09:00:00Z') + day * DAY_MS, random })
    const made = await makeRoot(at(0))
    const leaf = await makeLeaf(made, ['127.0.0.1', 'a.test'], at(0))
    expect(await isLeafGood(leaf, made, ['127.0.0.1', 'a.test'], at(366))).toBe(true)
    expect(await isLeafGood(leaf, made, ['127.0.0.1', 'a.test'], at(367))).toBe(false)
    expect(await isLeafGood(leaf, made, ['a.test'], at(0))).toBe(false)
    expect(await isLeafGood(leaf, await makeRoot(at(0)), ['127.0.0.1', 'a.test'], at(0))).toBe(false)
  })
})

describe('settings of https', () => {
  it('8443 unless another is named, 0 for none, further names with commas', () => {
    expect(readConfig([], {})).toMatchObject({ config: { https: { port: 8443, isNamed: false, names: [] } } })
    expect(readConfig([], { HTTPS_PORT: '0', HTTPS_NAMES: 'a.test, B.test' })).toMatchObject({
      config: { https: { port: 0, isNamed: true, names: ['a.test', 'b.test'] } },
    })
    expect(readConfig([], { HTTPS_NAMES: 'a b' })).toEqual({ ok: false, wrong: { name: 'HTTPS_NAMES', value: 'a b' } })
    expect(readConfig([], { HTTPS_PORT: '70000' })).toMatchObject({ ok: false, wrong: { name: 'HTTPS_PORT' } })
  })
})
