// The classes of the demonstration, one in each state: every part of each, and the dialogs of the acts.
import { button, dialog, go, open, pathOf, settle, signIn, takeDialog, type Walk } from './walking.ts'

const PARTS = ['roster', 'timetable', 'attendance', 'scores', 'findings', 'certificates', 'papers']
/** The parts of each class whose picture differs from that of the class before. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  '001': ['certificates', 'findings'],
  '002': PARTS,
  '003': ['certificates', 'scores'],
  '004': ['attendance', 'timetable', 'findings'],
  '006': ['roster', 'attendance', 'scores'],
}

export async function classes(walk: Walk): Promise<void> {
  const { page, take } = walk
  await open(walk, '/admin')
  await page.getByText('admin1', { exact: true }).first().waitFor()
  await signIn(walk, 'admin1')
  for (const [number, parts] of Object.entries(SHOWN)) {
    await go(page, '/admin/classes')
    await page
      .getByRole('link', { name: new RegExp(`-${number}`) })
      .first()
      .click()
    await settle(page)
    await take(`class-${number}`)
    const home = pathOf(page)
    for (const part of parts) {
      await go(page, `${home}/${part}`)
      await take(`class-${number}-${part}`)
    }
    await actsOf(walk, number, home)
  }
}

async function actsOf(walk: Walk, number: string, home: string): Promise<void> {
  const { page, say, take } = walk
  await go(page, home)
  if (number === '001') {
    await go(page, `${home}/certificates`)
    await page
      .getByRole('link', { name: new RegExp(say('office.certificates.viewName', { name: '' })) })
      .first()
      .click()
    await settle(page)
    await take('certificate')
  }
  if (number === '002') {
    await button(page, say('office.seal.action')).click()
    await dialog(page).waitFor()
    await page.waitForTimeout(400)
    await take('class-002-seal-ask')
    await button(dialog(page), say('office.seal.action')).click()
    await dialog(page).waitFor({ state: 'detached' })
    await page.waitForTimeout(600)
    await take('class-002-sealed')
    await go(page, `${home}/certificates`)
    await takeDialog(walk, button(page, say('office.certificates.issue')), 'class-002-issue')
  }
  if (number === '006') {
    await go(page, `${home}/roster`)
    await takeDialog(walk, button(page, say('office.roster.fill')), 'class-006-fill')
    await takeDialog(walk, button(page, say('office.roster.add')), 'class-006-add')
  }
}
