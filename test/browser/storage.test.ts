// What a person is told of the storage: the browser does not promise to keep it, another window has it, both stores are gone.
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { makeProofTablet, openProofSite, type ProofSite, type ProofTablet } from '../proofs/proof-tablet.ts'
import { axeViolations } from './steps/axe-check.ts'
import { joinDevice, signIn } from './steps/office-entry.ts'
import { key, sees } from './steps/reach.ts'

const ROLL_CALL = '/instructor/class/C1/session/S1/roll-call'
const ADMINISTRATOR = { account: 'admin1', pin: '739152', displayName: '' }

describe('the storage of a tablet', () => {
  let site: ProofSite
  beforeAll(async () => {
    site = await openProofSite()
  })
  afterAll(() => site.stop())

  it('[ACC-12] refused: a roll call opens only after an administrator allowed it, and that reaches the site', async () => {
    const tablet = await makeProofTablet(site, { keepsData: false })
    try {
      const page = tablet.profile.page()
      await joinDevice(page, await site.joinCode(), 'refused')
      await page.goto(ROLL_CALL)
      await signIn(page, site.teacher)
      await sees(page, '这台平板还不能点名')
      expect(await page.locator('.roll-key').count()).toBe(0)
      expect(await key(page, '允许在这台平板上点名').count()).toBe(0)
      expect(await axeViolations(page)).toEqual([])
      await page.goto('/admin')
      await signIn(page, ADMINISTRATOR)
      await inside(page, ROLL_CALL)
      await key(page, '允许在这台平板上点名').click()
      await page.locator('.roll-key').first().waitFor()
      const deviceId = await tablet.deviceId()
      await expect.poll(async () => (await site.chainOf(deviceId)).length, { timeout: 30_000 }).toBe(1)
      await page.goto(ROLL_CALL)
      await signIn(page, site.teacher)
      await page.locator('.roll-key').first().waitFor()
    } finally {
      await tablet.remove()
    }
  })

  it('[ACC-12] granted: a roll call opens; a second window says that the first has the journal, and takes it over', async () => {
    const tablet = await makeProofTablet(site)
    try {
      const page = await tablet.open()
      await tablet.tap(2, 3)
      const other = await tablet.profile.context().newPage()
      await other.goto('/health')
      await sees(other, /另一个窗口正在用这台设备的记录/)
      await key(other, '在这里继续').click()
      await sees(page, /另一个窗口正在用这台设备的记录/)
      expect(await other.getByText(/另一个窗口正在用/).count()).toBe(0)
      await other.close()
      await tablet.tap(2, 4)
      expect(tablet.saved).toHaveLength(4)
    } finally {
      await tablet.remove()
    }
  })

  it('[ACC-11] both stores gone: every page says so within five seconds and how many were saved, and joining again brings back what arrived', async () => {
    const tablet = await makeProofTablet(site)
    try {
      await tablet.open()
      await tablet.tap(5, 8)
      const former = await tablet.deviceId()
      await expect.poll(async () => (await site.chainOf(former)).length, { timeout: 30_000 }).toBeGreaterThanOrEqual(5)
      // The browser writes localStorage when it ends in peace.
      await tablet.profile.close()
      await loseBoth(tablet)
      const page = await tablet.profile.open()
      for (const path of ['/', '/kiosk', '/instructor', '/health']) {
        const began = Date.now()
        await page.goto(path)
        await page.getByText('这台设备上的记录不见了').waitFor({ timeout: 20_000 })
        process.stdout.write(`${path}: the loss was told after ${String(Date.now() - began)} ms\n`)
      }
      await sees(page, /这台设备存过 \d+ 条记录/)
      await page.locator('main h2, main h1').first().waitFor()
      expect(await axeViolations(page)).toEqual([])
      await joinDevice(page, await site.joinCode(), 'again')
      await page.goto(ROLL_CALL)
      await signIn(page, site.teacher)
      await page.locator('.roll-key').first().waitFor()
      expect(await page.getByText('这台设备上的记录不见了').count()).toBe(0)
    } finally {
      await tablet.remove()
    }
  })
})

async function inside(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState({}, '', to)
    dispatchEvent(new PopStateEvent('popstate', { state: {} }))
  }, path)
}

async function loseBoth({ profile }: ProofTablet): Promise<void> {
  const home = join(profile.folder, 'Default')
  for (const name of await readdir(home))
    if (name === 'IndexedDB' || name === 'File System') await rm(join(home, name), { recursive: true })
}
