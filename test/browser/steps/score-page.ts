// The score sheet: two digits a person on a keyboard or the pad, and what it refuses.
import type { Locator, Page } from 'playwright-core'
import type { Hand } from './hand.ts'
import { dialog, field, key } from './reach.ts'

export type Part = '理论' | '实操'

/** A score as the test's own list keeps it, as text. */
export interface NotedScore {
  readonly name: string
  readonly part: Part
  readonly text: string
}

/** Opens the sheet from the list of what is not finished yet. */
export async function openScores(page: Page): Promise<void> {
  await page.getByRole('link', { name: /人没有录完成绩/ }).click()
  await page.getByRole('table', { name: /^理论和实操成绩/ }).waitFor()
}

export function scoreField(page: Page, name: string, part: Part): Locator {
  return field(page, `${name} ${part}`)
}

/** The names on the sheet, in its order. */
export async function namesOnSheet(page: Page): Promise<string[]> {
  const labels = await page
    .getByRole('textbox', { name: / 理论$/ })
    .evaluateAll((inputs) => inputs.map((input) => input.getAttribute('aria-label') ?? ''))
  return labels.map((label) => label.replace(/ 理论$/, ''))
}

/** Admits somebody with too few hours, with the reason, from the panel beside the pad. */
export async function admit(page: Page, name: string, reason: string): Promise<void> {
  await scoreField(page, name, '理论').focus()
  await key(page.getByRole('region', { name: '录入成绩' }), '准考').click()
  await dialog(page).getByRole('radio', { name: reason, exact: true }).check()
  await key(dialog(page), '准考').click()
  await dialog(page).waitFor({ state: 'detached' })
}

/** What the sheet says is wrong with what stands in a field; empty when it says nothing. */
export async function troubleOf(page: Page, name: string, part: Part): Promise<string> {
  const input = scoreField(page, name, part)
  if ((await input.getAttribute('aria-invalid')) !== 'true') return ''
  const described = await input.getAttribute('aria-describedby')
  return described === null ? '' : (await page.locator(`[id="${described}"]`).innerText()).trim()
}

/** Every score the sheet shows, in its order, empty fields left out. */
export function shownScores(page: Page): Promise<NotedScore[]> {
  return page.locator('.score-field').evaluateAll((fields) =>
    fields.flatMap((element) => {
      const words = element.getAttribute('aria-label')?.split(' ') ?? []
      const text = (element as HTMLInputElement).value
      const part = words.at(-1) as NotedScore['part']
      return text === '' ? [] : [{ name: words.slice(0, -1).join(' '), part, text }]
    }),
  )
}

/** Pastes text into a field, as from a spreadsheet. */
export async function paste(target: Locator, text: string): Promise<void> {
  await target.focus()
  await target.evaluate((element, plain) => {
    const data = new DataTransfer()
    data.setData('text/plain', plain)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, text)
}

/** How scores are entered: by taps on the pad of the screen or by a keyboard. */
export type EntryWay = 'pad' | 'keyboard'

const padKeys: Readonly<Record<string, readonly string[]>> = { 缺考: ['缺考'], 100: ['100'] }
const keyboardKeys: Readonly<Record<string, readonly string[]>> = { 缺考: ['q'] }

/** Enters the scores in the order of the sheet, from its first empty field on; the hand never looks for the next field. */
export async function enterScores(page: Page, hand: Hand, scores: readonly NotedScore[], way: EntryWay): Promise<void> {
  const pad = page.getByRole('region', { name: '录入成绩' }).getByRole('group', { name: '数字键' })
  for (const { text } of scores) {
    if (way === 'keyboard') for (const one of keyboardKeys[text] ?? [...text]) await hand.press(page, one)
    else for (const one of padKeys[text] ?? text.match(/\.5|\d/g) ?? []) await hand.tap(key(pad, one))
  }
}
