// The trainee's tablet: find an occupation, say who one is, register wishes.
import type { Page } from 'playwright-core'
import { field, key } from './reach.ts'

/** Finds an occupation by writing, as on the first page, and puts it among the wishes. */
export async function wishFor(page: Page, occupation: string): Promise<void> {
  await page.getByRole('searchbox', { name: '查找' }).fill(occupation)
  await page
    .getByRole('link', { name: new RegExp(`^${occupation}`) })
    .first()
    .click()
  await key(page, '放进我的志愿').click()
}

/** Says who one is, by number and own code. */
export async function identify(page: Page, facilityNumber: string, code: string): Promise<void> {
  await field(page, '编号').fill(facilityNumber)
  await key(page, '下一步').click()
  await field(page, '密码（6 位）').fill(code)
}

/** Registers what stands among the wishes. */
export async function registerWishes(page: Page): Promise<void> {
  await key(page, '对，就这样登记').click({ timeout: 60_000 })
  await page.getByText('登记好了，可以再改。').waitFor()
}

/** The hand goes away: card and wishes are forgotten. */
export async function leaveKiosk(page: Page): Promise<void> {
  await key(page, '我用完了').click()
  await page.getByRole('heading', { name: '你想学什么手艺？' }).waitFor()
}
