// What an administrator registers before the first class: provider, room, staff, and codes for further devices.
import type { Page } from 'playwright-core'
import type { StaffMember } from './office-entry.ts'
import { choice, dialog, dialogGone, field, goTo, key } from './reach.ts'

async function openPart(page: Page, name: string): Promise<void> {
  await goTo(page, '设置')
  await page
    .getByRole('navigation', { name: '设置的各部分' })
    .getByRole('link', { name: new RegExp(`${name}$`) })
    .click()
  await page.getByRole('heading', { name: new RegExp(`${name}$`), level: 2 }).waitFor()
}

async function save(page: Page, name: string): Promise<void> {
  await key(dialog(page), name).click()
  await dialogGone(page)
}

export async function registerProvider(
  page: Page,
  provider: { name: string; code: string; validUntil: string },
): Promise<void> {
  await openPart(page, '机构')
  await key(page, '登记培训机构').first().click()
  await field(dialog(page), '机构名称').fill(provider.name)
  await field(dialog(page), '机构代码').fill(provider.code)
  await field(dialog(page), '资质').fill('民办学校办学许可证')
  await field(dialog(page), '资质有效期至').fill(provider.validUntil)
  for (const level of await dialog(page).getByRole('checkbox').all()) await level.check()
  await save(page, '保存')
  await page.getByRole('heading', { name: provider.name }).waitFor()
}

export async function registerRoom(page: Page, room: { name: string; seats: number }): Promise<void> {
  await openPart(page, '教室')
  await key(page, '登记教室').first().click()
  await field(dialog(page), '教室名称').fill(room.name)
  await field(dialog(page), '座位').fill(String(room.seats))
  await save(page, '保存')
  await page.getByRole('rowheader', { name: room.name }).waitFor()
}

export async function appointInstructor(page: Page, person: StaffMember, providerName: string): Promise<void> {
  await openPart(page, '人员')
  await key(page, '添加人员').click()
  await dialog(page).getByRole('radio', { name: /^教员/ }).check()
  await choice(dialog(page), '所属机构').selectOption({ label: providerName })
  await field(dialog(page), '姓名').fill(person.displayName)
  await field(dialog(page), '账号').fill(person.account)
  await field(dialog(page), 'PIN（6 位数字）').fill(person.pin)
  await field(dialog(page), '再输一次').fill(person.pin)
  await save(page, '添加')
  await page.getByRole('rowheader', { name: person.displayName }).waitFor()
}

/** A code for one more device of the kind named on the screen. */
export async function makeJoinCode(page: Page, purpose: '教员' | '学员自助' | '办公'): Promise<string> {
  await openPart(page, '设备')
  await key(page, '加一台设备').click()
  await dialog(page)
    .getByRole('radio', { name: new RegExp(`^${purpose}`) })
    .check()
  await key(dialog(page), '生成加入码').click()
  const words = dialog(page).getByText(/^[A-Z2-9]{4} [A-Z2-9]{4}$/)
  const code = (await words.innerText()).replace(' ', '')
  await save(page, '好了')
  return code
}
