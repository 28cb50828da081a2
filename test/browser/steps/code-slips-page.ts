// The slips with the trainees' own codes: shown once, so the test copies them as a person prints them.
import type { Page } from 'playwright-core'
import type { PlayedPerson } from './fictional-people.ts'
import { dialog, goTo, key } from './reach.ts'

/** Chooses these people one by one and has codes made; answers the code of each facility number. */
export async function makeCodes(page: Page, people: readonly PlayedPerson[]): Promise<Map<string, string>> {
  await goTo(page, '学员')
  await key(page, '密码条').first().click()
  const search = page.getByRole('searchbox', { name: '按姓名、编号或拼音首字母查找' })
  for (const { facilityNumber } of people) {
    await search.fill(facilityNumber)
    await page.getByRole('checkbox', { name: new RegExp(facilityNumber) }).check()
  }
  await page.getByText(`已选 ${people.length} 人`).waitFor()
  await key(page, '生成密码').click()
  await key(dialog(page), '生成密码').click()
  await page.getByText('只显示这一次', { exact: true }).waitFor({ timeout: 120_000 })
  await key(page, `打印 ${people.length} 张`).waitFor({ timeout: 120_000 })
  const slips = await page.getByRole('region', { name: '密码条预览' }).getByRole('listitem').allInnerTexts()
  return new Map(slips.map((text) => [/编号\s*(\S+)/.exec(text)?.[1] ?? '', /密码\s*(\d{6})/.exec(text)?.[1] ?? '']))
}

/** Leaves the slips behind; the page asks first, since nobody will see them again. */
export async function leaveSlips(page: Page): Promise<void> {
  await goTo(page, '学员')
  await key(dialog(page), '不打印，离开').click()
  await page.getByRole('heading', { name: '学员', level: 2 }).waitFor()
}
