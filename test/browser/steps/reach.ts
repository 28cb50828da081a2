// Ways of the hand that every page shares: by role and name, as a person finds things.
import type { Locator, Page } from 'playwright-core'

/** A button or link by its whole name. */
export function key(place: Page | Locator, name: string): Locator {
  return place.getByRole('button', { name, exact: true }).or(place.getByRole('link', { name, exact: true }))
}

/** A field to write in, by its accessible name. */
export function field(place: Page | Locator, name: string): Locator {
  return place.getByRole('textbox', { name, exact: true })
}

/** A field to choose from, by its accessible name. */
export function choice(place: Page | Locator, name: string): Locator {
  return place.getByRole('combobox', { name, exact: true })
}

/** The dialog that is open. */
export function dialog(page: Page): Locator {
  return page.getByRole('dialog').or(page.getByRole('alertdialog'))
}

/** Goes to a part through the main menu, wherever the screen shows it. A count may follow the name. */
export async function goTo(page: Page, name: string): Promise<void> {
  const menu = page.getByRole('navigation', { name: '主菜单' }).filter({ visible: true })
  await menu.first().waitFor()
  const link = menu.getByRole('link', { name: new RegExp(`^${name}`) })
  if (await link.isVisible()) return link.click()
  await menu.getByRole('button', { name: /^更多/ }).click()
  await dialog(page).getByRole('link', { name, exact: true }).click()
}

/** Waits until the words stand somewhere on the page. */
export async function sees(place: Page | Locator, words: string | RegExp): Promise<void> {
  await place.getByText(words).filter({ visible: true }).first().waitFor()
}

/** Waits until a dialog is gone: its act is done. */
export async function dialogGone(page: Page): Promise<void> {
  await dialog(page).waitFor({ state: 'detached', timeout: 60_000 })
}
