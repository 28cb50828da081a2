// The archive for a machine with neither Node nor network: made, unpacked, started, updated in place. Whatever would leave the machine fails.
import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Health } from '#contract/device.ts'
import { freePort } from '#test/support/free-port.ts'

const ROOT = new URL('../..', import.meta.url)
const PATIENCE_MS = 240_000

/** Loaded before the program: it can listen, and reach nobody. What it tried to reach is written down. */
const CUT_OFF = `
import { appendFileSync } from 'node:fs'
import dns from 'node:dns'
import net from 'node:net'
const refuse = (what) => {
  appendFileSync(process.env.REACHED_FOR, what + '\\n')
  throw Object.assign(new Error('the network is cut off'), { code: 'ENETUNREACH' })
}
net.Socket.prototype.connect = function (...to) { refuse(JSON.stringify(to[0])) }
const { lookup } = dns
// An address needs nobody's answer.
dns.lookup = (name, ...rest) => (net.isIP(name) === 0 ? refuse(String(name)) : lookup(name, ...rest))
dns.promises.lookup = async (name) => refuse(String(name))
`

let folder: string
let archive: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'xincheng-pack-'))
  execFileSync(process.execPath, ['src/bootstrap/pack.mjs', join(folder, 'out')], { cwd: ROOT })
  const [name] = readdirSync(join(folder, 'out'))
  archive = join(folder, 'out', name ?? '')
  // All the commands the machine has besides what came in the archive.
  mkdirSync(join(folder, 'commands'))
  for (const command of ['sh', 'dirname'])
    symlinkSync(
      execFileSync('sh', ['-c', `command -v ${command}`], { encoding: 'utf8' }).trim(),
      join(folder, 'commands', command),
    )
  writeFileSync(join(folder, 'cut-off.mjs'), CUT_OFF)
}, PATIENCE_MS)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const unpack = (): void => void execFileSync('tar', ['-xzf', archive, '-C', folder])

async function healthAt(port: number, server: ChildProcess): Promise<Health> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`)
    const answer = await fetch(`http://127.0.0.1:${port}/api/health`).catch(() => null)
    if (answer?.ok) return Health.parse(await answer.json())
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Starts what was unpacked as its reader is told to, asks it, and stops it. */
async function run<Answer>(
  args: readonly string[],
  ask: (url: string, health: Health) => Promise<Answer>,
): Promise<Answer> {
  const port = await freePort()
  const server = spawn(join(folder, 'xincheng/start.sh'), args, {
    cwd: folder,
    env: {
      PATH: join(folder, 'commands'),
      PORT: String(port),
      HTTPS_PORT: '0',
      NODE_OPTIONS: `--import ${join(folder, 'cut-off.mjs')}`,
      REACHED_FOR: join(folder, 'reached-for'),
    },
    stdio: 'ignore',
  })
  try {
    return await ask(`http://127.0.0.1:${port}`, await healthAt(port, server))
  } finally {
    server.kill('SIGTERM')
    if (server.exitCode === null) await once(server, 'exit')
  }
}

describe('the packed program', () => {
  it(
    'holds what its checksums say, starts without Node and network, serves its pages and fonts, and keeps its data when it is updated in place',
    async () => {
      unpack()
      const home = join(folder, 'xincheng')
      const sums = readFileSync(join(home, 'SHA256SUMS'), 'utf8').trim().split('\n')
      for (const line of sums) {
        const [sum, file] = line.split('  ')
        expect(
          createHash('sha256')
            .update(readFileSync(join(home, file ?? '')))
            .digest('hex'),
        ).toBe(sum)
      }
      expect(sums.some((line) => / {2}(node_modules\/vitest|test)\//.test(line))).toBe(false)
      expect(readFileSync(join(home, 'xincheng.service'), 'utf8')).toContain('ExecStart=/opt/xincheng/start.sh')

      const first = await run(['--empty'], async (url, { facility }) => {
        const page = await (await fetch(url)).text()
        const script = /<script[^>]* src="([^"]+)"/.exec(page)?.[1] ?? 'none'
        expect((await fetch(new URL(script, url))).status).toBe(200)
        expect((await fetch(new URL('/service-worker.js', url))).status).toBe(200)
        return facility.id
      })
      expect(existsSync(join(home, 'data'))).toBe(true)

      writeFileSync(join(home, 'LICENSE'), 'an older one')
      unpack()
      expect(readFileSync(join(home, 'LICENSE'), 'utf8')).toContain('Apache License')
      expect(await run([], async (_, { facility }) => facility.id)).toBe(first)
      expect(existsSync(join(folder, 'reached-for')), 'the program tried to reach somebody').toBe(false)
    },
    PATIENCE_MS,
  )
})
