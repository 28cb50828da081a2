// The roster import: choose a file, try it out, confirm or not.
import type { Locator, Page } from 'playwright-core'
import { goTo, key, sees } from './reach.ts'

export interface RosterFile {
  readonly name: string
  readonly bytes: Uint8Array
}

const mimeTypes: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

export async function openImport(page: Page): Promise<void> {
  await goTo(page, '学员')
  await key(page, '名册导入').first().click()
  await page.getByRole('heading', { name: '名册导入', level: 2 }).waitFor()
}

/** Chooses a file and has it tried out; ends when a report or a reason stands there. */
export async function dryRun(page: Page, { name, bytes }: RosterFile): Promise<void> {
  const another = key(page, '换一个文件')
  if (await another.isVisible()) await another.click()
  const mimeType = mimeTypes[name.split('.').at(-1) ?? ''] ?? ''
  await page
    .getByLabel('名册文件', { exact: true })
    .and(page.locator('input[type=file]'))
    .setInputFiles({ name, mimeType, buffer: Buffer.from(bytes) })
  await key(page, '试运行').click()
  await page
    .getByRole('heading', { name: '试运行结果' })
    .or(page.getByRole('alert'))
    .first()
    .waitFor({ timeout: 120_000 })
}

/** The four figures of the report. */
export async function figures(page: Page): Promise<Readonly<Record<string, number>>> {
  const terms = await page.locator('.roster-figures dt').allInnerTexts()
  const values = await page.locator('.roster-figures dd').allInnerTexts()
  return Object.fromEntries(
    terms.map((term, index) => [term.trim(), Number((values[index] ?? '').replaceAll(',', ''))]),
  )
}

/** Every finding of the kind that is shown, as `place | column | sentence`, scrolled through as a person does. */
export async function findings(page: Page): Promise<string[]> {
  const list = page.locator('.issue-window')
  if (!(await list.isVisible())) return readLines(page.locator('.issue'))
  const found = new Set<string>()
  await list.evaluate((element) => element.scrollTo(0, 0))
  for (let end = false; !end; ) {
    for (const line of await readLines(list.locator('.issue'))) found.add(line)
    end = await list.evaluate((element) => {
      const isEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 1
      element.scrollBy(0, element.clientHeight * 0.8)
      return isEnd
    })
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  }
  return [...found]
}

function readLines(lines: Locator): Promise<string[]> {
  return lines.evaluateAll((elements) =>
    elements.map((element) => [...element.children].map((child) => child.textContent?.trim()).join(' | ')),
  )
}

export async function confirmImport(page: Page): Promise<void> {
  await key(page, '确认导入').click()
  await sees(page, '导入好了')
}

/** How many people the office lists as present. */
export async function peopleCount(page: Page): Promise<number> {
  await goTo(page, '学员')
  const empty = page.getByText('还没有学员', { exact: true })
  const shown = page.getByText(/^显示 [\d,]+ 人，在册 [\d,]+ 人。$/)
  await empty.or(shown).first().waitFor()
  if (await empty.isVisible()) return 0
  return Number((/在册 ([\d,]+) 人/.exec(await shown.innerText())?.[1] ?? '').replaceAll(',', ''))
}
