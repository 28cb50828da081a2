// Joining a browser, the first set-up, signing in and locking.
import type { Page } from 'playwright-core'
import { choice, field, key, sees } from './reach.ts'

export interface StaffMember {
  readonly account: string
  readonly pin: string
  readonly displayName: string
}

/** Makes this browser a device of the site with a code; `label` is the device's name. */
export async function joinDevice(page: Page, code: string, label: string): Promise<void> {
  await page.goto('/join')
  await field(page, '加入码').fill(code)
  await field(page, '给这台设备起个名字').fill(label)
  await key(page, '加入').click()
  await page.getByRole('heading', { name: /^已加入/ }).waitFor()
}

/** The first-run set-up: the facility and its first administrator. */
export async function setUpFacility(page: Page, name: string, administrator: StaffMember): Promise<void> {
  await key(page, '去做首次设置').click()
  await field(page, '单位名称').fill(name)
  await page.getByRole('radio', { name: '监狱', exact: true }).check()
  await choice(page, '所在市').selectOption({ label: '滁州市' })
  await field(page, '姓名').fill(administrator.displayName)
  await field(page, '账号').fill(administrator.account)
  await field(page, 'PIN').fill(administrator.pin)
  await field(page, '再输一次 PIN').fill(administrator.pin)
  await key(page, '建立').click()
  await sees(page, '本单位已经建立')
}

/** Signs in on the form that stands open. */
export async function signIn(page: Page, { account, pin }: StaffMember): Promise<void> {
  // Who is alone on the list is chosen already; on a phone his tile then gives way to a line with his name.
  await page.getByText(account, { exact: true }).filter({ visible: true }).first().waitFor()
  const tile = page.getByRole('button', { name: new RegExp(`^${account}`) })
  if (await tile.isVisible()) await tile.click()
  await field(page, 'PIN（6 位数字）').fill(pin)
  await key(page, '登录').click()
  await page
    .getByRole('button', { name: /锁定|打开个人菜单/ })
    .first()
    .waitFor({ timeout: 60_000 })
}

/** Locks the screen, as a person does who gives the tablet away. */
export async function lock(page: Page): Promise<void> {
  const plain = page.getByRole('button', { name: '锁定', exact: true }).filter({ visible: true })
  if ((await plain.count()) === 0) await page.getByRole('button', { name: /打开个人菜单$/ }).click()
  await plain.first().click()
  await page.getByRole('button', { name: '登录', exact: true }).waitFor()
}
