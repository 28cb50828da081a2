import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '#test/support/test-server.ts'

const INDEX = '<!doctype html><title>page</title>'
const SCRIPT = 'export const x = 1\n'.repeat(200)
let folder: string
let server: TestServer

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xincheng-pages-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), INDEX)
  writeFileSync(join(folder, 'service-worker.js'), 'self')
  writeFileSync(join(folder, 'assets', 'app-abc123.js'), SCRIPT)
  writeFileSync(join(folder, 'icon.png'), Buffer.alloc(3000, 7))
  server = await startTestServer({ pagesDir: folder })
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true })
})

/** Without fetch, which unpacks and normalizes by itself. */
const raw = (path: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer }>((resolve, reject) => {
    const { port } = new URL(server.url)
    request({ port, host: '127.0.0.1', path, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      )
    })
      .on('error', reject)
      .end()
  })

describe('the pages', () => {
  it.each(['/', '/kiosk', '/admin/classes/C1', '/join', '/?lang=en'])(
    'answers %s with the app, asked for again each time',
    async (path) => {
      const { status, headers, body } = await raw(path)
      expect([status, headers['cache-control'], body.toString()]).toEqual([200, 'no-cache', INDEX])
    },
  )

  it('keeps hashed files for ever, and the service worker for no time', async () => {
    expect((await raw('/assets/app-abc123.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect((await raw('/service-worker.js')).headers['cache-control']).toBe('no-cache')
  })

  it('never answers a missing file with a page', async () => {
    for (const path of ['/assets/app-old.js', '/missing.png']) {
      const { status, headers } = await raw(path)
      expect([status, headers['content-type']]).toEqual([404, 'application/problem+json'])
    }
  })

  it.each(['/../package.json', '/..%2fpackage.json', '/assets/..%2f..%2fetc/passwd', '/%2e%2e/%2e%2e/etc/passwd'])(
    'gives nothing from outside its folder: %s',
    async (path) => {
      const { status, body } = await raw(path)
      expect(body.toString()).not.toMatch(/"dependencies"|root:/)
      expect([200, 400, 403, 404]).toContain(status)
      if (status === 200) expect(body.toString()).toBe(INDEX)
    },
  )

  it('packs text for those who take gzip, and only text', async () => {
    const packed = await raw('/assets/app-abc123.js', { 'accept-encoding': 'gzip' })
    expect(packed.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(packed.body).toString()).toBe(SCRIPT)
    expect(
      (await raw('/assets/app-abc123.js', { 'accept-encoding': 'gzip;q=0' })).headers['content-encoding'],
    ).toBeUndefined()
    const image = await raw('/icon.png', { 'accept-encoding': 'gzip' })
    expect([image.headers['content-encoding'], image.body.length]).toEqual([undefined, 3000])
  })

  it('says 304 to what the browser has', async () => {
    const { headers } = await raw('/service-worker.js')
    expect((await raw('/service-worker.js', { 'if-none-match': String(headers.etag) })).status).toBe(304)
  })
})
