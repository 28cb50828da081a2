// The second part of the journey, in the classroom and without the network: roll call, what was taught, scores, and a browser that is killed.
import { expect } from 'vitest'
import {
  confirmHeadCount,
  listedNames,
  logLesson,
  mark,
  openRollCall,
  savedCount,
  shownMarks,
  toDay,
} from './instructor-pages.ts'
import { CLASS_SIZE, house, LESSON, scoresFor, sheetOrder, type Telling } from './journey.ts'
import { signIn } from './office-entry.ts'
import { goTo, key, sees } from './reach.ts'
import { admit, enterScores, namesOnSheet, openScores, scoreField, shownScores, troubleOf } from './score-page.ts'

/** Tells these steps. */
export function tellLessonSteps(told: Telling): void {
  told.story.step('server killed and network off: the reloaded page takes the roll call of 40', async () => {
    const journey = told.journey()
    const page = journey.page()
    await page.goto('/instructor')
    await signIn(page, house.instructor)
    await journey.site.kill()
    await journey.first.context().setOffline(true)
    await page.reload()
    await signIn(page, house.instructor)
    await told.look('day list offline')
    await openRollCall(page, journey.hand)
    const names = await listedNames(page)
    expect(names).toHaveLength(CLASS_SIZE)
    const exceptions = [
      { index: 2, mark: '缺勤', more: '' },
      { index: 6, mark: '迟到', more: '15 分' },
      { index: 11, mark: '早退', more: '25 分' },
      { index: 17, mark: '请假', more: '看病' },
    ] as const
    for (const { index, ...word } of exceptions) {
      const noted = { name: names[index] ?? '', ...word }
      await mark(page, journey.hand, noted)
      journey.marks.push(noted)
    }
    // Four marks, and three more for the minutes and the reason that were not preset.
    await expect.poll(() => savedCount(page)).toBe(7)
    await told.look('roll call')
    await confirmHeadCount(page, journey.hand)
    await sees(page, `已确认 ${CLASS_SIZE - 2} 人`)
    expect(journey.hand.take().taps).toBeLessThanOrEqual(10)
    await logLesson(page, { theory: 60, practical: 120 })
    await told.look('lesson log')
  })

  told.story.step('yesterday is made good: head count and lesson log from the list of what is open', async () => {
    const journey = told.journey()
    const page = journey.page()
    await page.getByRole('link', { name: /^没有点名/ }).click()
    await confirmHeadCount(page, journey.hand)
    await logLesson(page, { theory: 90, practical: 90 })
    journey.hand.take()
  })

  told.story.step('40 x 2 scores without the network; 101 is refused and never becomes 100', async () => {
    const journey = told.journey()
    const page = journey.page()
    await openScores(page)
    for (const { name, mark: word } of journey.marks)
      if (word === '缺勤' || word === '请假') await admit(page, name, '已有基础')
    const names = await namesOnSheet(page)
    expect(names).toHaveLength(CLASS_SIZE)
    const [first = ''] = names
    await scoreField(page, first, '理论').focus()
    await page.keyboard.type('101')
    expect(await troubleOf(page, first, '理论')).toContain('超过 100 分')
    await page.keyboard.press('Escape')
    await told.look('scores')
    const scores = scoresFor(names)
    await enterScores(page, journey.hand, scores, told.way)
    await expect.poll(() => savedCount(page), { timeout: 20_000 }).toBe(scores.length)
    journey.scores.push(...scores)
    const { taps, keys } = journey.hand.take()
    expect(taps + keys).toBeLessThanOrEqual(scores.length * 2 + 2)
  })

  told.story.step('the browser is killed and reopened offline: everything acknowledged is there', async () => {
    const journey = told.journey()
    await journey.first.kill()
    const page = await journey.first.open()
    await journey.first.context().setOffline(true)
    await page.goto('/instructor')
    await signIn(page, house.instructor)
    await goTo(page, '待上传')
    await sees(page, '条记录还在本机')
    await told.look('outbox')
    await goTo(page, '今天')
    await page
      .getByRole('link', { name: new RegExp(`^打开 .* ${LESSON.startsAt}$`) })
      .first()
      .click()
    expect(await shownMarks(page)).toEqual(journey.marks)
    await toDay(page)
    await goTo(page, '我的班')
    await page.getByRole('link', { name: /名单和课表/ }).click()
    await told.look('my class')
    await key(page, '成绩').click()
    await expect.poll(async () => (await shownScores(page)).length).toBe(journey.scores.length)
    expect(await shownScores(page)).toEqual(sheetOrder(journey.scores))
    await told.look('score sheet')
  })
}
