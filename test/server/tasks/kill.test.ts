// What was acknowledged is there after the process is killed, whenever that happens.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { StaffId } from '#contract/values.ts'
import { startServerProcess } from '#test/support/server-process.ts'
import { joinTestDevice, makeTestDevice, type TestDevice, valueOf } from '#test/support/test-device.ts'
import { aMark } from '#test/support/test-lesson.ts'
import { httpTransport, type TestTransport } from '#test/support/transport.ts'

vi.setConfig({ testTimeout: 180_000 })

const ROUNDS = 6
let dataDir: string
beforeEach(() => {
  dataDir = join(mkdtempSync(join(tmpdir(), 'xincheng-kill-')), 'data')
})
afterEach(() => rmSync(join(dataDir, '..'), { recursive: true, force: true }))

it('loses no acknowledged entry to kill -9, gives none two positions, and goes on where it was', async () => {
  let transport: TestTransport = async () => Promise.reject(new Error('no server yet'))
  let server = await startServerProcess(['--demo=prison'], { DATA_DIR: dataDir })
  transport = httpTransport(server.url)
  let tablet: TestDevice = await joinTestDevice((call) => transport(call), { code: null, seed: Buffer.alloc(32, 6) })
  const teacher = (await tablet.pullAll())
    .map(({ text }) => JSON.parse(text) as { kind: string; body: { staffId: StaffId; account: string } })
    .find(({ kind, body }) => kind === 'staff.appointed.v1' && body.account === 'teacher1')
  const actorId = teacher?.body.staffId ?? ''
  const { chain, joined, key } = tablet
  const acknowledged = new Map<number, number>()

  for (let round = 1; round <= ROUNDS; round += 1) {
    for (let count = 0; count < 400; count += 1) chain.record(aMark(`T${chain.entries.length}`, { actorId }))
    const pushNext = async () => {
      const { verdicts } = valueOf(await tablet.push(chain.pushBody(acknowledged.size + 1, 10)))
      for (const verdict of verdicts) if (verdict.status === 'recorded') acknowledged.set(verdict.seq, verdict.position)
      return verdicts.length
    }
    for (let pushes = 1; pushes <= 4; pushes += 1) expect(await pushNext()).toBe(10)
    // More are on their way when the kill comes, and it comes wherever it comes.
    const timer = setTimeout(() => server.child.kill('SIGKILL'), 3 * round)
    let isAlive = true
    while (isAlive)
      isAlive = await pushNext().then(
        (count) => count > 0,
        () => false,
      )
    clearTimeout(timer)
    await server.stop('SIGKILL')
    server = await startServerProcess([], { DATA_DIR: dataDir })
    transport = httpTransport(server.url)
    tablet = makeTestDevice((call) => transport(call), joined, key, `again-${round}-epoch`)
    const { receipt } = valueOf(await tablet.push(chain.pushBody(1, 1)))
    expect(receipt.lastSeq).toBeGreaterThanOrEqual(acknowledged.size)
    // What was stored but never acknowledged is acknowledged now.
    for (let fromSeq = 1; fromSeq <= receipt.lastSeq; fromSeq += 500) {
      const { verdicts } = valueOf(
        await tablet.push(chain.pushBody(fromSeq, Math.min(500, receipt.lastSeq - fromSeq + 1))),
      )
      for (const { seq, status, ...rest } of verdicts) {
        expect(status).toBe('duplicate')
        const position = 'position' in rest ? (rest.position ?? 0) : 0
        expect(acknowledged.get(seq) ?? position).toBe(position)
        acknowledged.set(seq, position)
      }
    }
  }
  const pulled = new Map((await tablet.pullAll()).map(({ position, text }) => [position, text]))
  for (const [seq, position] of acknowledged) expect(pulled.get(position)).toBe(chain.entries[seq - 1]?.text)
  expect(new Set(acknowledged.values()).size).toBe(acknowledged.size)
  expect(acknowledged.size).toBeGreaterThan(100)
  await server.stop('SIGTERM')
})
