// What a first visit loads, packed as gzip packs it, and what the service worker keeps.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { launchProfile } from '#test/support/chromium.ts'
import { demonstrationFolder, startCopy, temporaryFolder } from './facility.ts'
import type { Benchmark } from './measure.ts'
import { untilQuiet } from '#test/support/page-quiet.ts'

const BUILT = fileURLToPath(new URL('../../dist/client', import.meta.url))
const LIMIT_KB = 150

const packedKb = (body: Uint8Array): number => gzipSync(body).length / 1000
const packedFileKb = (path: string): number => packedKb(readFileSync(join(BUILT, path)))
const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0)

/** JavaScript and CSS a page asks for before it is idle, on a browser that was never here. Throws when the page fails. */
async function visit(url: string, path: string): Promise<{ js: number; css: number }> {
  const browser = await launchProfile(temporaryFolder(), { baseURL: url, serviceWorkers: 'block' })
  const page = browser.pages()[0] ?? (await browser.newPage())
  const asked: { path: string }[] = []
  const errors: Error[] = []
  page.on('pageerror', (error) => errors.push(error))
  page.on('response', (response) => asked.push({ path: new URL(response.url()).pathname }))
  await page.goto(path)
  // index.html carries a heading of its own, until the app has taken its place.
  await page.locator('#app[data-v-app] :is(h1, h2)').first().waitFor()
  await untilQuiet(page)
  await browser.close()
  if (errors[0] !== undefined) throw errors[0]
  const kb = (ending: string) =>
    sum([...new Set(asked.map((one) => one.path))].filter((one) => one.endsWith(ending)).map(packedFileKb))
  return { js: kb('.js'), css: kb('.css') }
}

/** What index.html itself names: needed before anything is painted. */
function namedByIndex(ending: string): number {
  const html = readFileSync(join(BUILT, 'index.html'), 'utf8')
  const named = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '')
  return sum(named.filter((path) => path.endsWith(ending)).map(packedFileKb))
}

function precached(): { raw: number; packed: number; files: number } {
  const worker = readFileSync(join(BUILT, 'service-worker.js'), 'utf8')
  const paths = [...worker.matchAll(/["'`]?url["'`]?:\s*["'`]([^"'`]+)["'`]/g)].map(([, path]) => path ?? '')
  const bodies = [...new Set(paths)].map((path) => readFileSync(join(BUILT, path)))
  return { raw: sum(bodies.map((body) => body.length)) / 1000, packed: sum(bodies.map(packedKb)), files: bodies.length }
}

export const bytes: Benchmark = {
  name: 'bytes',
  async run(note) {
    const kb = (name: string, value: number, limit?: number) =>
      note({ name, unit: 'kB gzip', samples: [value], ...(limit === undefined ? {} : { limit }) })
    kb('initial JavaScript: all that index.html names, before the entrance is painted', namedByIndex('.js'), LIMIT_KB)
    kb('initial CSS: all that index.html names', namedByIndex('.css'))
    const facility = await startCopy(await demonstrationFolder())
    for (const path of ['/', '/kiosk', '/instructor', '/admin']) {
      const { js, css } = await visit(facility.url, path)
      kb(`JavaScript until ${path} is idle: the initial and what is fetched after the first paint`, js)
      kb(`CSS until ${path} is idle`, css)
    }
    await facility.stop()
    const { raw, packed, files } = precached()
    kb(`precache, ${files} files`, packed)
    note({ name: 'precache, not packed', unit: 'kB', samples: [raw] })
  },
}
