// The administrator's pages about people, occupations and the house.
import { join } from 'node:path'
import { button, go, open, settle, signIn, takeDialog, type Walk } from './walking.ts'

const ROSTER = join(import.meta.dirname, '../fixtures/spreadsheets/roster-240.xlsx')
const PAGES = [
  'classes',
  'classes/new',
  'certificates',
  'people',
  'people/codes',
  'people/wishes',
  'catalogue',
  'catalogue/sewing-worker',
  'settings',
  'settings/providers',
  'settings/rooms',
  'settings/devices',
  'settings/facility',
  'settings/rules',
]

export async function office(walk: Walk): Promise<void> {
  const { page, say, take } = walk
  await open(walk, '/admin')
  await page.getByText('admin1', { exact: true }).first().waitFor()
  await take('admin-sign-in')
  await signIn(walk, 'admin1')
  await take('admin')
  for (const path of PAGES) {
    await go(page, `/admin/${path}`)
    await take(`admin-${path.replaceAll('/', '-')}`)
  }
  await go(page, '/admin/catalogue/sewing-worker')
  await page.locator('a[href*="/catalogue/sewing-worker/"]').first().click()
  await settle(page)
  await take('admin-syllabus')
  await people(walk)
  await rosterImport(walk)
  await go(page, '/admin/settings')
  const add = button(page, say('settings.staff.add'))
  if (await add.isVisible()) await takeDialog(walk, add, 'admin-settings-staff-form')
}

async function people(walk: Walk): Promise<void> {
  const { page, say, take } = walk
  await go(page, '/admin/people')
  await page.getByRole('link', { name: /Z0002/ }).first().click()
  await settle(page)
  await take('admin-person')
  await takeDialog(walk, button(page, say('people.facts.change')), 'admin-person-facts')
  await go(page, '/admin/people/codes')
  const boxes = page.getByRole('checkbox')
  await button(page, new RegExp(say('people.codes.any', { count: '' }).trim()))
    .first()
    .click()
  for (const place of [0, 1, 2, 3]) await boxes.nth(place).check()
  await button(page, say('people.codes.make')).click()
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: say('people.codes.make'), exact: true })
    .click()
  await page.getByText(say('people.codes.onceTitle'), { exact: true }).waitFor({ timeout: 60_000 })
  await settle(page)
  await take('admin-people-slips')
}

async function rosterImport({ page, say, take }: Walk): Promise<void> {
  await go(page, '/admin')
  const leave = button(page, say('people.codes.leave'))
  if (await leave.isVisible()) await leave.click()
  await go(page, '/admin/people/import')
  await take('admin-people-import')
  await page.locator('input[type=file]').setInputFiles(ROSTER)
  await button(page, say('roster.file.dryRun')).click()
  await page.getByRole('heading', { name: say('roster.report.heading') }).waitFor({ timeout: 60_000 })
  await settle(page)
  await take('admin-people-import-dry-run')
  await button(page, say('roster.confirm.confirm')).click()
  await page.getByText(say('roster.done.title')).first().waitFor({ timeout: 60_000 })
  await settle(page)
  await take('admin-people-import-done')
}
