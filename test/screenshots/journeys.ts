// The ways through the program that pass every page, one a role.
import type { Page } from 'playwright-core'
import type { Demonstration } from './demonstration.ts'

type Take = (name: string) => Promise<void>

export interface PictureJourney {
  readonly name: string
  walk(page: Page, facility: Demonstration, take: Take): Promise<void>
}

/** Goes on inside the running app, so that a sign-in is kept. */
async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState({}, '', to)
    dispatchEvent(new PopStateEvent('popstate', { state: {} }))
  }, path)
  await settle(page)
}

async function settle(page: Page): Promise<void> {
  await page.locator('h1, h2').first().waitFor()
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(700)
}

async function signIn(page: Page, facility: Demonstration, account: string): Promise<void> {
  await page.getByText(account, { exact: true }).first().click()
  await page.locator('.pin-input').first().focus()
  await page.keyboard.type(facility.pinOf(account))
  const signInKey = page.getByRole('button', { name: '登录', exact: true })
  await signInKey.click()
  await signInKey.waitFor({ state: 'detached' })
  await settle(page)
}

async function everybody(page: Page, facility: Demonstration, take: Take): Promise<void> {
  await page.goto(facility.url)
  await settle(page)
  await take('entrance')
  for (const place of ['design', 'verify', 'health', 'join']) {
    await go(page, `/${place}`)
    await take(place)
  }
}

async function kiosk(page: Page, facility: Demonstration, take: Take): Promise<void> {
  await page.goto(`${facility.url}/kiosk`)
  await page.getByText('做饭和点心').first().waitFor()
  await settle(page)
  await take('kiosk')
  await go(page, '/kiosk/group/sewing')
  await take('kiosk-group')
  await go(page, '/kiosk/occupation/sewing-worker')
  await take('kiosk-occupation')
  await page.getByRole('button', { name: '放进我的志愿' }).click()
  await settle(page)
  await take('kiosk-identify')
  const trainee = facility.trainee(40)
  await page.getByRole('textbox', { name: '编号' }).fill(trainee.facilityNumber)
  await page.getByRole('button', { name: '下一步' }).click()
  await page.locator('.pin-input').focus()
  await page.keyboard.type(trainee.code)
  await page.getByRole('heading', { name: '我的志愿' }).first().waitFor()
  await settle(page)
  await take('kiosk-wishes')
  await go(page, '/kiosk/me')
  await take('kiosk-me')
}

async function instructor(page: Page, facility: Demonstration, take: Take): Promise<void> {
  await page.goto(`${facility.url}/instructor`)
  await settle(page)
  await page.getByText('teacher1', { exact: true }).first().waitFor()
  await take('instructor-sign-in')
  await signIn(page, facility, 'teacher1')
  await take('instructor')
  await page.getByRole('link', { name: /点名/ }).first().click()
  await page.getByRole('button', { name: '缺勤' }).first().waitFor()
  await page.getByRole('button', { name: '缺勤' }).nth(3).click()
  await page.getByRole('button', { name: '迟到' }).nth(7).click()
  await settle(page)
  await take('instructor-roll-call')
  await go(
    page,
    page
      .url()
      .replace(/^.*?(\/instructor)/, '$1')
      .replace('roll-call', 'lesson-log'),
  )
  await take('instructor-lesson-log')
  await go(page, page.url().replace(/^.*?(\/instructor\/class\/[^/]+).*/, '$1'))
  await take('instructor-class')
  await go(page, `${page.url().replace(/^.*?(\/instructor)/, '$1')}/scores`)
  await take('instructor-scores')
  await go(page, '/instructor/outbox')
  await take('instructor-outbox')
}

const OFFICE_PAGES = [
  'classes',
  'classes/new',
  'certificates',
  'people',
  'people/import',
  'people/codes',
  'people/wishes',
  'catalogue',
  'settings',
]
const SETTINGS = ['providers', 'rooms', 'devices', 'rules']
const CLASS_PARTS = ['roster', 'timetable', 'attendance', 'scores', 'findings', 'certificates', 'papers']

async function office(page: Page, facility: Demonstration, take: Take): Promise<void> {
  await page.goto(`${facility.url}/admin`)
  await settle(page)
  await page.getByText('admin1', { exact: true }).first().waitFor()
  await signIn(page, facility, 'admin1')
  await take('admin')
  for (const path of [...OFFICE_PAGES, ...SETTINGS.map((one) => `settings/${one}`)]) {
    await go(page, `/admin/${path}`)
    await take(`admin-${path.replaceAll('/', '-')}`)
  }
  await go(page, '/admin/people')
  await page.getByRole('link', { name: /Z0002/ }).first().click()
  await settle(page)
  await take('admin-person')
  for (const number of ['002', '001', '004']) {
    await go(page, '/admin/classes')
    await page
      .getByRole('link', { name: new RegExp(`2026-${number}|-${number} `) })
      .first()
      .click()
    await settle(page)
    await take(number === '002' ? 'admin-class' : `admin-class-${number}`)
    const home = page.url().replace(/^.*?(\/admin)/, '$1')
    if (number === '002')
      for (const part of CLASS_PARTS) await go(page, `${home}/${part}`).then(() => take(`admin-class-${part}`))
    if (number === '001') await go(page, `${home}/certificates`).then(() => take('admin-class-001-certificates'))
    if (number === '004') await go(page, `${home}/attendance`).then(() => take('admin-class-004-attendance'))
  }
}

export const journeys: readonly PictureJourney[] = [
  { name: 'everybody', walk: everybody },
  { name: 'kiosk', walk: kiosk },
  { name: 'instructor', walk: instructor },
  { name: 'office', walk: office },
]
