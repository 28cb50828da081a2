// The pages before anybody has signed in, and the tablet of the trainees.
import { button, go, open, settle, type Walk } from './walking.ts'

export async function everybody(walk: Walk): Promise<void> {
  const { page, say, take } = walk
  await open(walk, '/')
  await take('entrance')
  for (const place of ['design', 'verify', 'health', 'join', 'setup', 'nowhere']) {
    await go(page, `/${place}`)
    await take(place)
  }
  await go(page, '/verify')
  await page.getByRole('textbox', { name: say('join.verify.text') }).fill('XC1.abc.def')
  await button(page, say('join.verify.submit')).click()
  await page.waitForTimeout(300)
  await take('verify-refused')
}

export async function kiosk(walk: Walk): Promise<void> {
  const { page, facility, say, take } = walk
  await open(walk, '/kiosk')
  await page.locator('.kiosk-tiles').waitFor()
  await settle(page)
  await take('kiosk')
  await page.getByRole('searchbox').fill('fr')
  await page.waitForTimeout(300)
  await take('kiosk-search')
  await page.getByRole('searchbox').fill('zzz')
  await page.waitForTimeout(300)
  await take('kiosk-search-empty')
  await go(page, '/kiosk/group/sewing')
  await take('kiosk-group')
  await go(page, '/kiosk/occupation/sewing-worker')
  await take('kiosk-occupation')
  await button(page, say('kiosk.occupation.add')).click()
  await settle(page)
  await take('kiosk-identify')
  const trainee = facility.trainee(40)
  await page.getByRole('textbox', { name: say('kiosk.identify.number'), exact: true }).fill(trainee.facilityNumber)
  await button(page, say('kiosk.identify.next')).click()
  await page.waitForTimeout(300)
  await take('kiosk-identify-code')
  await page.locator('.pin-input').focus()
  await page.keyboard.type(trainee.code)
  await page.locator('h1', { hasText: say('kiosk.wishes.title') }).waitFor()
  await settle(page)
  await take('kiosk-wishes')
  await go(page, '/kiosk/me')
  await take('kiosk-me')
}
