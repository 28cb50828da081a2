// The instructor's day, with a few marks and scores set.
import { button, go, open, pathOf, settle, signIn, takeDialog, type Walk } from './walking.ts'

export async function instructor(walk: Walk): Promise<void> {
  const { page, say, take } = walk
  await open(walk, '/instructor')
  await page.getByText('teacher1', { exact: true }).first().waitFor()
  await take('instructor-sign-in')
  await signIn(walk, 'teacher1')
  await take('instructor')
  await rollCall(walk)
  const lesson = pathOf(page).replace('/roll-call', '')
  await go(page, `${lesson}/lesson-log`)
  await take('instructor-lesson-log')
  const ofClass = lesson.replace(/\/session.*/, '')
  await go(page, ofClass)
  await take('instructor-class')
  await go(page, `${ofClass}/scores`)
  await page.locator('table').waitFor()
  await page.keyboard.type('8790')
  await page.waitForTimeout(500)
  await take('instructor-scores')
  for (const place of ['classes', 'outbox']) {
    await go(page, `/instructor/${place}`)
    await take(`instructor-${place}`)
  }
  await button(page, say('instructor.lock')).first().click()
  await settle(page)
}

async function rollCall(walk: Walk): Promise<void> {
  const { page, say, take } = walk
  await page
    .getByRole('link', { name: say('instructor.rollCall.title'), exact: true })
    .first()
    .click()
  const absent = button(page, say('records.mark.absent'))
  await absent.first().waitFor()
  await take('instructor-roll-call-fresh')
  await absent.nth(3).click()
  await button(page, say('records.mark.excused')).nth(11).click()
  await button(page, say('records.mark.late')).nth(7).click()
  await settle(page)
  await take('instructor-roll-call')
  await page.locator('.save-key').first().click()
  await page.waitForTimeout(400)
  await take('instructor-ladder')
  await page.keyboard.press('Escape')
  const spoken = button(page, new RegExp(say('instructor.rollCall.spoken', { count: '\\d+' })))
  await takeDialog(walk, spoken, 'instructor-head-count')
  const here = pathOf(page)
  await page.getByRole('link', { name: say('instructor.rollCall.paper.key') }).click()
  await settle(page)
  await take('instructor-roll-call-paper')
  await go(page, here)
}
