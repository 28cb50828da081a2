// Planning a class, filling it and opening it.
import type { Page } from 'playwright-core'
import { choice, dialog, dialogGone, field, goTo, key } from './reach.ts'

export interface PlannedClass {
  readonly occupation: string
  readonly startsOn: string
  readonly startsAt: string
  readonly minutes: number
  readonly lessonCount: number
  readonly seatCap: number
}

/** Plans a junior class with a lesson on each of the first days, and saves it. What is preset (provider, instructor, room) stays. */
export async function planClass(page: Page, plan: PlannedClass): Promise<void> {
  await goTo(page, '班级')
  await key(page, '计划新班').first().click()
  await choice(page, '工种').selectOption({ label: plan.occupation })
  await page.getByRole('button', { name: '初级工（五级）', pressed: true }).waitFor()
  await page.getByRole('radio', { name: /^培训合格证书/ }).check()
  for (const day of ['星期六', '星期日']) await key(page, day).click()
  await field(page, '第一天').fill(plan.startsOn)
  await field(page, '几点开始').fill(plan.startsAt)
  await field(page, '每次多长').fill(String(plan.minutes))
  await field(page, '人数上限').fill(String(plan.seatCap))
  await field(page, '上几次课').fill(String(plan.lessonCount))
  // The tests run on any day, a holiday too.
  await page.getByRole('checkbox', { name: /^避开法定节假日/ }).uncheck()
  await key(page, `去掉第 ${plan.lessonCount} 次课`).waitFor()
  await key(page, '保存计划').click()
  await page.getByRole('heading', { name: '学员名单' }).waitFor({ timeout: 60_000 })
}

/** Takes everyone the wishes propose. */
export async function fillFromWishes(page: Page, expected: number): Promise<void> {
  await key(page, '按志愿编入').click()
  await key(dialog(page), `编入 ${expected} 人`).click()
  await dialogGone(page)
}

/** Looks for each person by number and enrolls him; the search stays open and empties itself for the next. */
export async function addByNumber(
  page: Page,
  people: readonly { readonly facilityNumber: string; readonly name: string }[],
): Promise<void> {
  await key(page, '添加学员').click()
  const search = dialog(page).getByRole('searchbox')
  for (const { facilityNumber, name } of people) {
    await search.fill(facilityNumber)
    await key(dialog(page), `编入 ${name}`).click()
    await page.waitForFunction((field) => (field as HTMLInputElement).value === '', await search.elementHandle())
  }
  await page.keyboard.press('Escape')
  await dialogGone(page)
}

/** Opens the part of a class that its own menu names. */
export async function openPart(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: '这个班的内容' }).getByRole('link', { name, exact: true }).click()
}

export async function openClass(page: Page): Promise<void> {
  await openPart(page, '核对')
  await key(page, '开班').click()
  await key(dialog(page), '开班').click()
  await dialogGone(page)
  await page.getByRole('heading', { name: '结业核对' }).waitFor()
}
