// Builds sync-page.ts for the browser and lets a page of the server's own origin run it.
import type { Page } from 'playwright-core'
import { build } from 'vite'

interface Built {
  readonly entry: string
  readonly files: ReadonlyMap<string, string>
}

let built: Promise<Built> | null = null

async function make(): Promise<Built> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    build: {
      write: false,
      target: 'chrome137',
      lib: { entry: `${import.meta.dirname}/sync-page.ts`, formats: ['es'], fileName: 'sync-page' },
    },
  })
  const outputs = Array.isArray(made) ? made : [made]
  const chunks = outputs.flatMap((one) => ('output' in one ? one.output : [])).filter((one) => one.type === 'chunk')
  const entry = chunks.find((one) => one.isEntry)
  if (entry === undefined) throw new Error('the page of the benchmark was not built')
  return { entry: entry.fileName, files: new Map(chunks.map(({ fileName, code }) => [fileName, code])) }
}

/** Opens the page; it stands at the server's origin without the server's pages. */
export async function openSyncPage(page: Page): Promise<void> {
  built ??= make()
  const { entry, files } = await built
  await page.route('**/bench/**', (route) => {
    const code = files.get(new URL(route.request().url()).pathname.replace('/bench/', ''))
    return code === undefined
      ? route.fulfill({
          contentType: 'text/html',
          body: `<!doctype html><title>bench</title><script type="module" src="/bench/${entry}"></script>`,
        })
      : route.fulfill({ contentType: 'text/javascript', body: code })
  })
  await page.goto('/bench/page')
  await page.waitForFunction(() => typeof globalThis.syncBench === 'object')
}
