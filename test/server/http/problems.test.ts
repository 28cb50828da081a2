// Requests nobody should send, and what no answer may give away.
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Health } from '#contract/device.ts'
import { buildApp } from '#server/http/build-app.ts'
import { watchWrites } from '#server/http/write-watch.ts'
import { commitOutcome } from '#server/ledger/commit-outcome.ts'
import { problem } from '#server/ledger/outcome.ts'
import { StoreFault } from '#server/storage/ledger-store.ts'
import { makeMemoryStore } from '#server/storage/memory/memory-store.ts'
import { foundTestFacility, startTestServer, TEST_LIMITS, type TestServer } from '#test/support/test-server.ts'
import { directTransport } from '#test/support/transport.ts'
import { makeTestDevice, problemCode, readJson, type TestDevice, valueOf } from '#test/support/test-device.ts'
import { aMark } from '#test/support/test-lesson.ts'

let server: TestServer
let office: TestDevice

beforeEach(async () => {
  server = await startTestServer()
  await foundTestFacility(server)
  office = await server.join('office')
})
afterEach(() => server.stop())

const get = (path: string) => server.transport({ method: 'GET', path, headers: {}, body: null })
const post = (path: string, body: string, type = 'application/json') =>
  server.transport({ method: 'POST', path, headers: { 'content-type': type }, body: Buffer.from(body) })

describe('the closed catalogue', () => {
  it('tells a wrong path from a wrong method', async () => {
    expect(problemCode(readJson(await get('/api/nothing')))).toBe('not-found')
    expect(problemCode(readJson(await get('/api/acts')))).toBe('method-not-allowed')
    expect(problemCode(readJson(await get('/api/roster-imports/I1/confirm')))).toBe('method-not-allowed')
    expect(problemCode(readJson(await post('/api/health', '{}')))).toBe('method-not-allowed')
    expect(problemCode(readJson(await post('/kiosk', '{}')))).toBe('method-not-allowed')
  })

  it('answers bodies that are no JSON, too large, of a broken URL or of another shape', async () => {
    expect(problemCode(readJson(await post('/api/join', '{"code":')))).toBe('malformed')
    expect(problemCode(readJson(await post('/api/join', '{}', 'text/plain')))).toBe('malformed')
    expect(problemCode(readJson(await post('/api/join', JSON.stringify({ label: 'x'.repeat(2_000_000) }))))).toBe(
      'too-large',
    )
    expect(problemCode(readJson(await get('/api/%E0%A4%A')))).toBe('malformed')
    const odd = await office.json('POST', '/api/sign-in', { json: { account: 'admin1', pin: 'abcdef' } })
    expect(odd).toMatchObject({ ok: false, problem: { code: 'malformed', params: { path: '/pin' } } })
  })

  it('lets nobody act without a sign-in, and nobody in a wrong shape', async () => {
    expect(problemCode(await office.act('disableStaff', { staffId: 'X' as never }))).toBe('sign-in-needed')
    valueOf(await office.signIn('admin1', '739152'))
    expect(
      problemCode(
        await office.json('POST', '/api/acts', {
          json: { commandId: 'c1', name: 'disableStaff', body: { staffId: 5 } },
        }),
      ),
    ).toBe('malformed')
    expect(
      problemCode(await office.json('POST', '/api/acts', { json: { commandId: 'c1', name: 'dropTables', body: {} } })),
    ).toBe('malformed')
    expect(await office.act('disableStaff', { staffId: 'X' as never })).toMatchObject({
      ok: false,
      problem: { code: 'refused', refusal: 'access/staff-unknown' },
    })
  })
})

describe('a server that has trouble itself', () => {
  it('says nothing of a bug but that there is one, tells the log, and goes on', async () => {
    const { context } = server
    const log: string[] = []
    const parts = {
      verifyPin: async () => {
        throw new Error('secret inside: /data/keys')
      },
      cardBook: { list: async () => [], fetch: async () => [] },
    }
    const app = await buildApp({
      context,
      parts,
      limits: TEST_LIMITS,
      pagesDir: '/nonexistent',
      version: '0',
      log: (line) => log.push(line),
    })
    const device = makeTestDevice(directTransport(app), office.joined, office.key, 'epoch-0001')
    const answer = await device.call('POST', '/api/sign-in', { json: { account: 'admin1', pin: '739152' } })
    expect(problemCode(readJson(answer))).toBe('internal')
    expect(Buffer.from(answer.body).toString('utf8')).not.toMatch(/secret|keys|at /)
    expect(log.join('\n')).toContain('secret inside')
    expect((await device.call('GET', '/api/health')).status).toBe(200)
    await app.close()
  })

  it('answers read-only when the store cannot write, and takes the same push afterwards', async () => {
    const inner = makeMemoryStore()
    let isFull = false
    const store: typeof inner = {
      ...inner,
      transaction: (facilityId, work) =>
        isFull ? Promise.reject(new StoreFault('full', null)) : inner.transaction(facilityId, work),
    }
    const other = await startTestServer({ store })
    await foundTestFacility(other)
    const tablet = await other.join('instructor')
    tablet.chain.record(aMark('T1'))
    const health = async () => Health.parse(await (await fetch(`${other.url}/api/health`)).json())
    const before = await health()
    expect(before.status).toBe('ok')
    isFull = true
    expect(problemCode(await tablet.pushAll())).toBe('read-only')
    expect(await health()).toEqual({ ...before, status: 'read-only' })
    // Whoever only reads needs no room on the disk.
    expect((await tablet.pullAll()).length).toBeGreaterThan(0)
    isFull = false
    expect(valueOf(await tablet.pushAll()).verdicts).toMatchObject([{ status: 'recorded' }])
    expect(await health()).toEqual({ ...before, status: 'ok', position: before.position + 1 })
    await other.stop()
  })

  it('is read-only until something was really written again, and not for a store that is busy for a moment', async () => {
    const inner = makeMemoryStore()
    let reason: 'full' | 'broken' | 'busy' | null = null
    const store: typeof inner = {
      ...inner,
      transaction: (facilityId, work) =>
        inner.transaction(facilityId, (tx) => {
          const records: typeof tx.records = {
            ...tx.records,
            put: (...given) =>
              reason === null ? tx.records.put(...given) : Promise.reject(new StoreFault(reason, null)),
          }
          return work({ ...tx, records })
        }),
    }
    const id = server.context.facilityId
    const watch = watchWrites(store, id)
    const write = () => watch.store.transaction(id, (tx) => tx.records.put('test', 'key', 1, 0))
    reason = 'busy'
    await expect(write()).rejects.toMatchObject({ reason: 'busy' })
    expect(await watch.isReadOnly()).toBe(false)
    for (const lasting of ['full', 'broken'] as const) {
      reason = lasting
      await expect(write()).rejects.toMatchObject({ reason: lasting })
      await watch.store.transaction(id, async (tx) => tx.records.get('test', 'key'))
      expect(await watch.isReadOnly()).toBe(true)
      reason = null
      expect(await watch.isReadOnly()).toBe(false)
    }
  })

  it('still says who it is when the store cannot even be read', async () => {
    const inner = makeMemoryStore()
    let isBroken = false
    const store: typeof inner = {
      ...inner,
      read: (facilityId, work) =>
        isBroken ? Promise.reject(new StoreFault('broken', null)) : inner.read(facilityId, work),
    }
    const other = await startTestServer({ store })
    await foundTestFacility(other)
    const health = async () => Health.parse(await (await fetch(`${other.url}/api/health`)).json())
    const before = await health()
    isBroken = true
    expect(await health()).toEqual({ ...before, status: 'degraded' })
    isBroken = false
    expect((await health()).status).toBe('ok')
    await other.stop()
  })

  it('leaves nothing of a route whose answer is a problem, unless it says so', async () => {
    const { context, app } = await startTestServer({ listens: false })
    const put = (key: string, keepWrites: boolean) =>
      commitOutcome(context, async (tx) => {
        await tx.records.put('test', key, 1, 0)
        return problem('not-found', { keepWrites })
      })
    expect(await put('gone', false)).toMatchObject({ ok: false, problem: { code: 'not-found' } })
    expect(await put('kept', true)).toMatchObject({ ok: false })
    expect(await context.store.read(context.facilityId, (view) => view.records.revisions('test'))).toEqual([
      { key: 'kept', revision: 1 },
    ])
    await app.close()
  })

  it('stands broken connections and garbage on the socket', async () => {
    const port = Number(new URL(server.url).port)
    for (const text of [
      'GET / HTTP/9.9\r\n\r\n',
      '\0\0\0\0',
      'POST /api/join HTTP/1.1\r\nhost: x\r\ncontent-length: 5000\r\n\r\n{',
    ]) {
      await new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(text))
        socket.on('error', () => resolve()).on('close', () => resolve())
        socket.setTimeout(200, () => socket.destroy())
      })
    }
    expect((await get('/api/health')).status).toBe(200)
  })
})

describe('what every answer carries', () => {
  it('says who the server is, unsigned and never cached', async () => {
    const answer = await get('/api/health')
    const health = Health.parse(valueOf(readJson<unknown>(answer)))
    expect(health).toMatchObject({
      status: 'ok',
      facility: { id: server.context.facilityId, name: '测试监狱', kind: 'prison' },
      setUp: true,
      demonstration: false,
    })
    expect(health.position).toBeGreaterThan(0)
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  it('carries a strict policy and forces no https on plain http', async () => {
    const { headers } = await get('/api/health')
    const policy = headers['content-security-policy'] ?? ''
    expect(policy).toContain("default-src 'self'")
    expect(policy).not.toMatch(/unsafe-inline|(?<!wasm-)unsafe-eval|upgrade-insecure-requests|http:|\*/)
    expect(headers['strict-transport-security']).toBeUndefined()
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  it('describes every route of the API', async () => {
    const document = z
      .object({ paths: z.record(z.string(), z.record(z.string(), z.object({ summary: z.string().min(10) }))) })
      .parse(JSON.parse(Buffer.from((await get('/api/openapi.json')).body).toString('utf8')))
    const paths = Object.keys(document.paths)
    for (const path of [
      '/api/health',
      '/api/join',
      '/api/acts',
      '/api/sync/push',
      '/api/sync/pull',
      '/api/sync/private',
      '/api/sign-in',
      '/api/setup',
      '/api/devices',
    ])
      expect(paths).toContain(path)
    const page = Buffer.from((await get('/api/docs')).body).toString('utf8')
    for (const path of paths) expect(page).toContain(path)
  })

  it('keeps people and their numbers out of the log', async () => {
    await office.json('POST', '/api/sign-in', { json: { account: 'admin1', pin: '000001' } })
    await get('/api/classes/CLASS77/papers/roster')
    await get('/api/nothing/SECRET')
    const log = server.log.join('\n')
    expect(log).toContain('POST /api/sign-in 401')
    expect(log).not.toMatch(/admin1|000001|CLASS77|SECRET/)
  })
})
