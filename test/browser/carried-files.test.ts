// A day's records carried by hand: out of a real browser with the site stopped, in by the technician's task, back by the answer; and the office's page.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { runServerProgram } from '#test/support/server-process.ts'
import { openProfile, type Profile } from './steps/browser-profile.ts'
import { todayInShanghai } from './steps/fictional-people.ts'
import { createHand } from './steps/hand.ts'
import { openRollCall } from './steps/instructor-pages.ts'
import { house } from './steps/journey.ts'
import { lock, signIn } from './steps/office-entry.ts'
import { dialog, key } from './steps/reach.ts'
import { openEmptySite, type Site } from './steps/site.ts'
import { openHouse, openSmallClass } from './steps/small-class.ts'
import { beginStory } from './steps/story.ts'

describe('files carried by hand', () => {
  let site: Site
  let profile: Profile
  let folder: string
  let carried: string
  const story = beginStory('carried-files', () => [profile.page()])

  beforeAll(async () => {
    site = await openEmptySite()
    profile = await openProfile(site.url, { width: 800, height: 1280 })
    folder = await mkdtemp(join(tmpdir(), 'xincheng-stick-'))
  })
  afterAll(async () => {
    await profile?.remove()
    await site?.remove()
    if (folder) await rm(folder, { recursive: true, force: true })
  })

  async function saved(page: Page, press: () => Promise<void>): Promise<string> {
    const coming = page.waitForEvent('download')
    await press()
    const download = await coming
    const path = join(folder, download.suggestedFilename())
    await download.saveAs(path)
    return path
  }

  story.step('a class that meets today, and then no site any more', async () => {
    const page = profile.page()
    await openHouse(page, site)
    await openSmallClass(page, todayInShanghai())
    await lock(page)
    await page.goto('/instructor')
    await signIn(page, house.instructor)
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => null))
    await site.kill()
    await openRollCall(page, createHand())
    await page.getByRole('button', { name: '缺勤', exact: true }).first().click()
    await page.getByRole('button', { name: '缺勤', exact: true, pressed: true }).waitFor()
  })

  story.step('the outbox exports a file with an opaque name, and the record is still to be sent', async () => {
    const page = profile.page()
    await page.goto('/instructor/outbox')
    await signIn(page, house.instructor)
    await key(page, '导出加密文件').click()
    await dialog(page).getByText('文件里有 1 条记录').waitFor()
    await profile.watch.look(page, 'export to a file')
    carried = await saved(page, () => key(dialog(page), '导出').click())
    expect(carried).toMatch(/XCB-[0-9a-f]{8}-1\.xcb$/)
    await page.getByText(/已导出 XCB-/).waitFor()
    await page.locator('.outbox-count b').getByText('1', { exact: true }).waitFor()
  })

  story.step('the task imports it, and the answer takes the record out of the outbox', async () => {
    const page = profile.page()
    const answer = join(folder, 'answer.xcb')
    const done = await runServerProgram('src/server/tasks/main.ts', ['import-batch', carried, '--answer', answer], {
      DATA_DIR: site.dataDir,
    })
    expect(JSON.parse(done.output.trim().split('\n').at(-1) ?? '')).toMatchObject({
      ok: true,
      newCount: 1,
      order: 'next',
    })
    await key(page, '读入回执文件').click()
    await profile.watch.look(page, 'read an answer')
    await dialog(page).locator('input[type=file]').setInputFiles(carried)
    await page.getByText(/方向不对/).waitFor()
    await key(page, '读入回执文件').click()
    await dialog(page).locator('input[type=file]').setInputFiles(answer)
    await page.getByText(/站点已收到 1 条/).waitFor()
    await page.locator('.outbox-count b').getByText('0', { exact: true }).waitFor()
  })

  story.step('at the office the same file is tried out, imported as known, and answered', async () => {
    await site.start()
    const page = profile.page()
    await page.goto('/admin/settings/files')
    await signIn(page, house.administrator)
    await page.locator('input[type=file]').setInputFiles(carried)
    await page
      .getByText(/还没有写入/)
      .first()
      .waitFor()
    await profile.watch.look(page, 'a file tried out')
    await key(page, '导入').click()
    await page.getByText(/这个文件以前读入过/).waitFor()
    const answer = await saved(page, () => key(page, '下载回执文件').click())
    expect(answer).toMatch(/XCB-[0-9a-f]{8}-R2\.xcb$/)
  })

  story.step('no page erred, axe found nothing', async () => {
    expect(profile.watch.troubles()).toEqual([])
  })
})
