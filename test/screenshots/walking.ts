// What every way through the program needs: going to a page, waiting until it stands, signing in.
import type { Locator, Page } from 'playwright-core'
import type { Demonstration } from './demonstration.ts'
import type { Language, Say } from './words.ts'
import { untilQuiet } from '#test/support/page-quiet.ts'

/** One way through the program, in one size, theme and language. */
export interface Walk {
  readonly page: Page
  readonly facility: Demonstration
  readonly language: Language
  readonly say: Say
  /** Takes the picture of the page as it stands. */
  take(name: string): Promise<void>
}

export async function settle(page: Page): Promise<void> {
  await page.locator('h1, h2').first().waitFor()
  await untilQuiet(page)
  await page.waitForTimeout(500)
}

/** Opens the app at an address. */
export async function open({ page, facility }: Walk, path: string): Promise<void> {
  await page.goto(`${facility.url}${path}`)
  await settle(page)
}

/** Goes on inside the running app, so that a sign-in is kept. */
export async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState({}, '', to)
    dispatchEvent(new PopStateEvent('popstate', { state: {} }))
    scrollTo(0, 0)
  }, path)
  // The page comes with a file of its own: until then the one before stands there.
  await page.waitForTimeout(300)
  await settle(page)
}

/** Where the app stands, without its origin. */
export function pathOf(page: Page): string {
  return new URL(page.url()).pathname
}

export function button(place: Page | Locator, name: string | RegExp): Locator {
  return place.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name })
}

export function dialog(page: Page): Locator {
  return page.getByRole('dialog').or(page.getByRole('alertdialog'))
}

/** Takes a dialog's picture and closes it again. */
export async function takeDialog(walk: Walk, key: Locator, name: string): Promise<void> {
  await key.first().click()
  await dialog(walk.page).waitFor()
  await walk.page.waitForTimeout(500)
  await walk.take(name)
  await walk.page.keyboard.press('Escape')
  await dialog(walk.page).waitFor({ state: 'detached' })
}

export async function signIn(walk: Walk, account: string): Promise<void> {
  const { page, facility, say } = walk
  const tile = page.getByRole('button', { name: new RegExp(`^${account}`) })
  if (await tile.isVisible()) await tile.click()
  await page.locator('.pin-input').first().focus()
  await page.keyboard.type(facility.pinOf(account))
  const key = button(page, say('office.signIn.enter'))
  await key.click()
  await key.waitFor({ state: 'detached' })
  await settle(page)
}
