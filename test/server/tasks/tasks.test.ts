import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { runServerProgram, startServerProcess } from '#test/support/server-process.ts'
import { joinTestDevice, valueOf } from '#test/support/test-device.ts'
import { httpTransport } from '#test/support/transport.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

let dataDir: string
beforeAll(async () => {
  dataDir = join(mkdtempSync(join(tmpdir(), 'xincheng-tasks-')), 'data')
  const server = await startServerProcess(['--demo=prison'], { DATA_DIR: dataDir })
  await server.stop('SIGTERM')
})
afterAll(() => rmSync(join(dataDir, '..'), { recursive: true, force: true }))

async function task(...args: string[]): Promise<{ code: number | null; facts: Record<string, unknown> }> {
  const { code, output } = await runServerProgram('src/server/tasks/main.ts', args, { DATA_DIR: '/nonexistent' })
  return { code, facts: JSON.parse(output.trim().split('\n').at(-1) ?? '') as Record<string, unknown> }
}

describe('tasks', () => {
  it('answer with JSON as the last line and exit 1 when they cannot be done', async () => {
    expect(await task('nothing', '--data-dir', dataDir)).toMatchObject({
      code: 1,
      facts: { ok: false, code: 'task-unknown' },
    })
    expect(await task('verify-ledger')).toMatchObject({ code: 1, facts: { ok: false, code: 'no-ledger' } })
    expect(await task('create-administrator', '--data-dir', dataDir, 'Bad Name')).toMatchObject({
      code: 1,
      facts: { ok: false, code: 'usage' },
    })
    expect(await task('create-administrator', '--data-dir', dataDir, 'admin1', '王芳')).toMatchObject({
      code: 1,
      facts: { code: 'access/account-taken' },
    })
  })

  it('make an administrator whose PIN works', async () => {
    const { code, facts } = await task('create-administrator', 'rescue1', '王芳', '--data-dir', dataDir)
    expect([code, facts.account]).toEqual([0, 'rescue1'])
    const server = await startServerProcess([], { DATA_DIR: dataDir })
    const browser = await joinTestDevice(httpTransport(server.url), { code: null, seed: Buffer.alloc(32, 8) })
    expect(valueOf(await browser.signIn('rescue1', String(facts.pin))).role).toBe('administrator')
    await server.stop('SIGTERM')
  })

  it('fold the ledger again to the same states', async () => {
    const states = () => {
      const database = new Database(join(dataDir, 'ledger.sqlite'))
      const rows = database.prepare('SELECT * FROM states ORDER BY stream').all()
      database.close()
      return rows
    }
    const live = states()
    expect(live.length).toBeGreaterThan(200)
    expect(await task('rebuild-projections', '--data-dir', dataDir)).toMatchObject({ code: 0, facts: { ok: true } })
    expect(states()).toEqual(live)
  })

  it('prove the demonstration, and name the first bad position of a ledger somebody changed', async () => {
    const { code, facts } = await task('verify-ledger', '--data-dir', dataDir)
    expect(code).toBe(0)
    expect(facts).toMatchObject({ ok: true, entryCount: facts.position })
    const database = new Database(join(dataDir, 'ledger.sqlite'))
    database.exec('DROP TRIGGER entries_stay')
    database.exec(
      `UPDATE entries SET text = replace(text, '"recordedAt":"2', '"recordedAt":"3') WHERE position IN (900, 700)`,
    )
    database.close()
    expect(await task('verify-ledger', '--data-dir', dataDir)).toMatchObject({
      code: 1,
      facts: { ok: false, badPosition: 700, flaw: 'altered' },
    })
  })
})
