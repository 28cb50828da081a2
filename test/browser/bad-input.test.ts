// What people really bring: every spoiled file gives a sentence that says what to do, and nothing is written; a score stays what was written
// or is refused.
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { csvOf, makeFixtures } from '#test/fixtures/spreadsheets/make-fixtures.ts'
import { openProfile, type Profile } from './steps/browser-profile.ts'
import { todayInShanghai } from './steps/fictional-people.ts'
import { createHand } from './steps/hand.ts'
import { confirmHeadCount, logLesson, openRollCall } from './steps/instructor-pages.ts'
import { house } from './steps/journey.ts'
import { lock, signIn } from './steps/office-entry.ts'
import { dialog, key, sees } from './steps/reach.ts'
import { dryRun, findings, openImport, peopleCount } from './steps/roster-import-page.ts'
import { openScores, paste, scoreField, shownScores, troubleOf } from './steps/score-page.ts'
import { cleanPeople, openHouse, openSmallClass } from './steps/small-class.ts'
import { openEmptySite, type Site } from './steps/site.ts'
import { beginStory } from './steps/story.ts'

const today = todayInShanghai()
const MANY_ROWS = 100_000

describe('bad input', () => {
  let site: Site
  let profile: Profile
  let files: Map<string, Uint8Array>
  let members: readonly string[] = []
  const story = beginStory('bad input', () => [profile.page()])

  beforeAll(async () => {
    files = await makeFixtures(today)
    site = await openEmptySite()
    profile = await openProfile(site.url, { width: 1280, height: 800 })
    // The server's own no to a file it cannot read.
    profile.watch.expectStatus(413, 415, 422, 400, 409)
  })
  afterAll(async () => {
    await profile?.remove()
    await site?.remove()
  })

  async function tryOut(name: string, bytes = files.get(name) ?? new Uint8Array()): Promise<void> {
    await dryRun(profile.page(), { name, bytes })
  }
  const sentences = async () =>
    (await profile.page().getByRole('alert').allInnerTexts()).join(' ').replaceAll(/\s+/g, ' ')

  story.step('a house without people stands ready', async () => {
    await openHouse(profile.page(), site)
    expect(await peopleCount(profile.page())).toBe(0)
    await openImport(profile.page())
  })

  story.step('no file: a PDF named xlsx, an empty file, a file of another kind', async () => {
    const page = profile.page()
    await tryOut('renamed-pdf.xlsx')
    expect(await sentences()).toMatch(/没有写入任何数据.*这不是表格文件.*另存为 \.xlsx/)
    await profile.watch.look(page, 'import: a PDF')
    await tryOut('empty.csv')
    expect(await sentences()).toMatch(/没有写入任何数据.*文件是空的。请换一个有内容的文件/)
    await page
      .getByLabel('名册文件', { exact: true })
      .and(page.locator('input[type=file]'))
      .setInputFiles({ name: 'roster.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') })
    expect(await sentences()).toContain('roster.pdf 不是可以用的文件')
  })

  story.step('wrong columns: the sentence names the columns a roster needs', async () => {
    const page = profile.page()
    await tryOut('wrong-columns.csv')
    const [first = ''] = await findings(page)
    expect(first).toMatch(/没有找到表头.*姓名.*身份证号码/)
    await sees(page, '一行人员也没有读到')
    await expectNothingToWrite()
  })

  story.step('merged cells: each row that cannot be told apart is named', async () => {
    const page = profile.page()
    await tryOut('merged.xlsx')
    const all = await allFindings()
    expect(all.join('\n')).toMatch(/第 \d+.* 行 \|.*合并的单元格.*取消合并/)
    await profile.watch.look(page, 'import: merged cells')
  })

  story.step('identity numbers that became 3.401E+17: row, column and the way out', async () => {
    for (const name of ['scientific.xlsx', 'scientific.csv']) {
      await tryOut(name)
      const lines = (await findings(profile.page())).filter((line) => line.includes('变成了数字'))
      expect(lines.length).toBeGreaterThan(0)
      for (const line of lines) expect(line).toMatch(/^第 \d+ 行 \| 身份证号码 \| .*设为“文本”/)
    }
  })

  story.step('100,000 rows are refused with the number that fits', async () => {
    const [person] = cleanPeople(today, 1)
    if (person === undefined) throw new Error('nobody to copy')
    const rows = Array.from({ length: MANY_ROWS }, (_, index) => ({
      ...person,
      facilityNumber: `H${String(index)}`,
      idNumber: '无身份证',
    }))
    await tryOut('many.csv', new TextEncoder().encode(csvOf(rows)))
    expect(await sentences()).toMatch(
      /没有写入任何数据.*(行数太多，最多 [\d,]+ 行|文件太大，最多 \d+ MB).*分成几个文件/,
    )
  })

  story.step('after all of it nobody was written', async () => {
    expect(await peopleCount(profile.page())).toBe(0)
  })

  story.step('a class whose lesson was held, with its score sheet open', async () => {
    const page = profile.page()
    members = await openSmallClass(page, today)
    await lock(page)
    await page.goto('/instructor')
    await signIn(page, house.instructor)
    const hand = createHand()
    await openRollCall(page, hand)
    await confirmHeadCount(page, hand)
    await logLesson(page, { theory: 45, practical: 45 })
    await openScores(page)
  })

  story.step('101, 59.95, -1 and words that are no score are refused and left as they were written', async () => {
    const page = profile.page()
    const [name = ''] = members
    const field = scoreField(page, name, '理论')
    for (const [text, sentence] of [
      ['101', '超过 100 分'],
      ['59.95', '小数最多一位'],
      ['-1', '分数不能是负数'],
      ['优秀', '这不是分数'],
    ] as const) {
      await field.fill(text)
      await page.keyboard.press('Enter')
      expect(await troubleOf(page, name, '理论')).toContain(sentence)
      expect(await field.inputValue()).toBe(text)
      await field.focus()
      await page.keyboard.press('Escape')
    }
    await profile.watch.look(page, 'scores: refused')
  })

  story.step('59.5, 100 and the word for absence are taken as written', async () => {
    const page = profile.page()
    for (const [index, text] of ['59.5', '100', '缺考'].entries()) {
      const field = scoreField(page, members[index] ?? '', '理论')
      await field.fill(text)
      await page.keyboard.press('Enter')
    }
    await expect
      .poll(() => shownScores(page))
      .toEqual(members.map((name, index) => ({ name, part: '理论', text: ['59.5', '100', '缺考'][index] })))
  })

  story.step('a pasted column is shown before anything is written; what is no score stays out', async () => {
    const page = profile.page()
    await paste(scoreField(page, members[0] ?? '', '实操'), '88\r\n101\r\n缺考\r\n77\r\n')
    await sees(dialog(page), /共 4 个：2 个可以写入，2 个不能/)
    await profile.watch.look(page, 'paste')
    await key(dialog(page), '写入 2 个').click()
    const practical = async () =>
      (await shownScores(page)).filter(({ part }) => part === '实操').map(({ text }) => text)
    await expect.poll(practical).toEqual(['88', '101', '缺考'])
    expect(await troubleOf(page, members[1] ?? '', '实操')).toContain('超过 100 分')
    await page.reload()
    await signIn(page, house.instructor)
    await expect.poll(practical).toEqual(['88', '缺考'])
  })

  story.step('no page erred, axe found nothing', async () => {
    expect(profile.watch.troubles()).toEqual([])
  })

  /** Errors and hints of the report together. */
  async function allFindings(): Promise<string[]> {
    const page = profile.page()
    const first = await findings(page)
    const hints = page.getByRole('button', { name: /^提示/ })
    if (!(await hints.isEnabled())) return first
    await hints.click()
    return [...first, ...(await findings(page))]
  }
  async function expectNothingToWrite(): Promise<void> {
    await sees(profile.page(), '没有可以写入的行。没有写入任何数据')
    expect(await key(profile.page(), '确认导入').isDisabled()).toBe(true)
  }
})
