// A browser with a profile on the disk, and the ways of the hand every benchmark needs.
import type { BrowserContext, Page } from 'playwright-core'
import { grantDurableStorage, launchProfile } from '#test/support/chromium.ts'
import { temporaryFolder } from './facility.ts'

export interface BenchBrowser {
  readonly folder: string
  readonly context: BrowserContext
  readonly page: Page
  close(): Promise<void>
}

/** Opens Chromium on a folder, a new one unless another is named. */
export async function openBrowser(url: string, folder = temporaryFolder()): Promise<BenchBrowser> {
  // A page the test itself answers counts as one of the open internet, which may not speak to the bare server on this machine.
  const args = ['--disable-features=LocalNetworkAccessChecks']
  const context = await launchProfile(folder, {
    viewport: { width: 1280, height: 800 },
    baseURL: url,
    args,
  })
  context.setDefaultTimeout(90_000)
  const page = context.pages()[0] ?? (await context.newPage())
  await grantDurableStorage(context, page, url)
  return { folder, context, page, close: () => context.close() }
}

/** Goes on inside the running app, so that a sign-in is kept. */
export async function goInside(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState({}, '', to)
    dispatchEvent(new PopStateEvent('popstate', { state: {} }))
  }, path)
}

/** Signs in on the form that stands open; the account appears when the sealed rows are here. */
export async function signInHere(page: Page, account: string, pin: string): Promise<void> {
  await page.getByText(account, { exact: true }).filter({ visible: true }).first().click()
  await page.locator('.pin-input').first().focus()
  await page.keyboard.type(pin)
  const signInKey = page.getByRole('button', { name: '登录', exact: true })
  await signInKey.click()
  await signInKey.waitFor({ state: 'detached' })
}
