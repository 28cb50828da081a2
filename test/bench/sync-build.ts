// Builds sync-page.ts for the browser and lets a page of the server's own origin run it.
import type { Page } from 'playwright-core'
import { build } from 'vite'

let built: Promise<string> | null = null

async function make(): Promise<string> {
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
  const chunk = outputs.flatMap((one) => ('output' in one ? one.output : [])).find((one) => one.type === 'chunk')
  if (chunk === undefined || chunk.type !== 'chunk') throw new Error('the page of the benchmark was not built')
  return chunk.code
}

/** Opens the page; it stands at the server's origin without the server's pages. */
export async function openSyncPage(page: Page): Promise<void> {
  built ??= make()
  const code = await built
  await page.route('**/bench/**', (route) =>
    route.request().url().endsWith('.js')
      ? route.fulfill({ contentType: 'text/javascript', body: code })
      : route.fulfill({
          contentType: 'text/html',
          body: '<!doctype html><title>bench</title><script type="module" src="/bench/page.js"></script>',
        }),
  )
  await page.goto('/bench/page')
  await page.waitForFunction(() => typeof globalThis.syncBench === 'object')
}
