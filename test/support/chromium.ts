import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type LaunchOptions,
  type Page,
} from 'playwright-core'

/** The Chromium of the tests: `npm test` finds or installs one and names it in CHROMIUM_PATH; a single run takes the system's. */
export function chromiumPath(): string {
  const named = process.env['CHROMIUM_PATH']
  if (named) return named
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))
  if (!found) throw new Error('no Chromium: run npm test once, or set CHROMIUM_PATH')
  return found
}

/** As root Chromium refuses its sandbox; /dev/shm is small in containers. */
function options(more: LaunchOptions): LaunchOptions {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return {
    executablePath: chromiumPath(),
    headless: true,
    ...more,
    args: [...asRoot, '--disable-dev-shm-usage', ...(more.args ?? [])],
  }
}

export function launchChromium(more: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch(options(more))
}

/** A browser whose storage lies in a folder and outlives it: for reloads, restarts and kills. */
export function launchProfile(
  folder: string,
  more: LaunchOptions & BrowserContextOptions = {},
): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    ...more,
    ...options(more),
  })
}

/** The browser promises to keep the data of an origin, as it does once a person has installed the app. Before its page is opened. */
export async function grantDurableStorage(context: BrowserContext, page: Page, origin: string): Promise<void> {
  const session = await context.newCDPSession(page)
  await session.send('Browser.grantPermissions', { origin: new URL(origin).origin, permissions: ['durableStorage'] })
}
