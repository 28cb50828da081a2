// The instructor's day: the list of lessons, roll call, what was taught.
import type { Locator, Page } from 'playwright-core'
import type { Hand } from './hand.ts'
import { choice, dialog, field, key } from './reach.ts'

/** A mark as the test's own list keeps it; `more` is the minutes or the reason as the row shows it. */
export interface NotedMark {
  readonly name: string
  readonly mark: '缺勤' | '迟到' | '早退' | '请假'
  readonly more: string
}

/** The row of a person in the roll call. */
function rowOf(page: Page, name: string): Locator {
  return page.getByRole('group', { name, exact: true })
}

/** Opens the roll call of the lesson that is now, from the day list. */
export async function openRollCall(page: Page, hand: Hand): Promise<void> {
  await hand.tap(page.getByRole('region', { name: '今天的课' }).getByRole('link', { name: '点名' }))
  await page.getByRole('list', { name: /^名单/ }).waitFor()
}

/** One tap for the exception, and one more for what it still needs when the preset is not it. */
export async function mark(page: Page, hand: Hand, { name, mark: word, more }: NotedMark): Promise<void> {
  await hand.tap(rowOf(page, name).getByRole('button', { name: word, exact: true }))
  await page.getByText(`${name} `).first().waitFor({ state: 'attached' })
  if (word === '请假')
    await hand.tap(
      page.getByRole('group', { name: `${name}的请假原因` }).getByRole('button', { name: more, exact: true }),
    )
  const minutes = more.replace(' 分', '')
  if ((word === '迟到' || word === '早退') && minutes !== '10') await answerMinutes(page, hand, name, minutes)
}

async function answerMinutes(page: Page, hand: Hand, name: string, minutes: string): Promise<void> {
  const answers = page.getByRole('group', { name: `${name}的分钟` })
  const preset = answers.getByRole('button', { name: minutes, exact: true })
  if (await preset.isVisible()) return hand.tap(preset)
  await hand.tap(answers.getByRole('button', { name: '其他', exact: true }))
  await dialog(page).getByRole('textbox').fill(minutes)
  await hand.tap(key(dialog(page), '好'))
  await dialog(page).waitFor({ state: 'detached' })
}

/** Every exception the roll call tells of, in the order of the list, as a screen reader hears it: the name, the mark and what belongs to it. */
export async function shownMarks(page: Page): Promise<NotedMark[]> {
  const list = page.getByRole('list', { name: /^名单/ })
  await list.waitFor()
  return list.getByRole('group').evaluateAll((groups) =>
    groups.flatMap((group) => {
      const textOf = (attribute: string) =>
        document.getElementById(group.getAttribute(attribute) ?? '')?.textContent?.trim() ?? ''
      const [word = '', ...more] = textOf('aria-describedby').split(/\s+/)
      return word === ''
        ? []
        : [{ name: textOf('aria-labelledby'), mark: word as NotedMark['mark'], more: more.join(' ') }]
    }),
  )
}

/** The names the roll call lists, in its order. */
export async function listedNames(page: Page): Promise<string[]> {
  const list = page.getByRole('list', { name: /^名单/ })
  await list.waitFor()
  return list
    .getByRole('group')
    .evaluateAll((groups) =>
      groups.map(
        (group) => document.getElementById(group.getAttribute('aria-labelledby') ?? '')?.textContent?.trim() ?? '',
      ),
    )
}

export async function confirmHeadCount(page: Page, hand: Hand): Promise<void> {
  await hand.tap(key(page, '确认人数'))
  await page.getByText(/已确认 \d+ 人/).waitFor()
}

/** Writes what was taught of the first module that is still open. */
export async function logLesson(page: Page, minutes: { theory: number; practical: number }): Promise<string> {
  await key(page, '授课记录').click()
  await field(page, '理论').fill(String(minutes.theory))
  await field(page, '实操').fill(String(minutes.practical))
  const module = await choice(page, '上了哪一单元').evaluate(
    (select: HTMLSelectElement) => select.selectedOptions[0]?.label ?? '',
  )
  await key(page, '保存').click()
  await page.getByText('授课记录已存在本机').waitFor()
  return module
}

/** Goes back to the list of the day. */
export async function toDay(page: Page): Promise<void> {
  await page.getByRole('link', { name: '返回', exact: true }).click()
  await page.getByRole('region', { name: '今天的课' }).waitFor()
}

/** How many entries of this screen are in the journal of this device, as its ladder tells. */
export async function savedCount(page: Page): Promise<number> {
  const ladder = page.getByRole('button', { name: /^记录到哪里了：/ })
  await ladder.click()
  const detail = page.getByRole('group', { name: '记录到哪里了' }).getByText(/^本页 /)
  const count = (await detail.count()) === 0 ? '' : await detail.innerText()
  await page.keyboard.press('Escape')
  return Number(/[\d,]+/.exec(count)?.[0].replaceAll(',', '') ?? 0)
}
