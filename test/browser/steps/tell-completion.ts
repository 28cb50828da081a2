// The third part of the journey: sync, a second browser, the end of the class, its papers and its certificates.
import { expect } from 'vitest'
import { openPart } from './class-plan-page.ts'
import {
  checkList,
  completeClass,
  figures,
  issueCertificates,
  listedCertificates,
  proof,
  sealClass,
} from './completion-pages.ts'
import { shownMarks, toDay } from './instructor-pages.ts'
import { CLASS_SIZE, house, type Journey, LESSON, passedNames, sheetOrder, type Telling } from './journey.ts'
import { joinDevice, lock, signIn } from './office-entry.ts'
import { checkPapers } from './paper-check.ts'
import { downloadPaper, pdfPageCount } from './papers.ts'
import { goTo, key, sees } from './reach.ts'
import { shownScores } from './score-page.ts'
import { makeJoinCode } from './settings-pages.ts'
import { openCertificate, scanQr, verdictOn, withOneLetterChanged } from './verify-page.ts'

async function openTheClass(journey: Journey): Promise<void> {
  const page = journey.page()
  await goTo(page, '班级')
  await page
    .getByRole('link', { name: /缝纫工/ })
    .first()
    .click()
  await openPart(page, '核对')
}

/** Tells these steps. */
export function tellCompletionSteps(told: Telling): void {
  told.story.step('server and network are back: sync, and the receipt stands on the class', async () => {
    const journey = told.journey()
    const page = journey.page()
    await journey.site.start()
    await journey.first.context().setOffline(false)
    await page.getByRole('button', { name: /^记录到哪里了：/ }).click()
    await key(page, '立即同步').click()
    await page.getByRole('button', { name: '记录到哪里了：已到站点' }).waitFor()
    await lock(page)
    await page.goto('/admin')
    await signIn(page, house.administrator)
    await openTheClass(journey)
    expect(await proof(page)).toMatch(/账本第 [\d,]+ 条.*[0-9a-f]{4} [0-9a-f]{4} … [0-9a-f]{4} [0-9a-f]{4}/)
  })

  told.story.step('a second browser joins by a code and shows the same roll call and scores', async () => {
    const journey = told.journey()
    const code = await makeJoinCode(journey.page(), '办公')
    const page = await journey.openSecond()
    await joinDevice(page, code, '办公室电脑')
    await page.goto('/instructor')
    await signIn(page, house.instructor)
    await page
      .getByRole('link', { name: new RegExp(`^打开 .* ${LESSON.startsAt}$`) })
      .first()
      .click()
    expect(await shownMarks(page)).toEqual(journey.marks)
    await toDay(page)
    await goTo(page, '我的班')
    await page.getByRole('link', { name: /名单和课表/ }).click()
    await key(page, '成绩').click()
    await expect.poll(async () => (await shownScores(page)).length).toBe(journey.scores.length)
    expect(await shownScores(page)).toEqual(sheetOrder(journey.scores))
    await lock(page)
  })

  told.story.step('the check list is complete; the class is completed, sealed and certified', async () => {
    const journey = told.journey()
    const passed = passedNames(journey.scores)
    const page = journey.page()
    await openTheClass(journey)
    const rows = await checkList(page)
    expect(rows.filter((row) => row.startsWith('要处理'))).toEqual([])
    expect(await figures(page)).toEqual([
      String(CLASS_SIZE),
      String(CLASS_SIZE - 1),
      String(passed.length),
      expect.stringMatching(/%$/),
    ])
    expect(await completeClass(page)).toBe(
      `合格 ${passed.length} + 不合格 ${CLASS_SIZE - 1 - passed.length} + 未考 1 = ${CLASS_SIZE}`,
    )
    await told.look('completed class')
    await sealClass(page)
    await told.look('sealed class')
    const numbers = await issueCertificates(page)
    expect(numbers).toMatch(new RegExp(`，共 ${passed.length} 张$`))
    await told.look('certificates of the class')
    expect((await listedCertificates(page)).map(({ name }) => name)).toEqual(passed)
    for (const part of ['学员', '考勤', '成绩', '待处理', '表格']) {
      await openPart(page, part)
      await told.look(`sealed class: ${part}`)
    }
  })

  told.story.step('the PDF has a page for each who passed, and the six forms say what the journey noted', async () => {
    const journey = told.journey()
    const passed = passedNames(journey.scores)
    const page = journey.page()
    await openPart(page, '证书')
    const certificates = await listedCertificates(page)
    const pdf = await downloadPaper(page, '培训合格证书')
    expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdfPageCount(pdf.bytes)).toBe(passed.length)
    await checkPapers(page, journey, certificates)
  })

  told.story.step(
    'without the network the second browser shows the certificates, and its check tells a changed letter',
    async () => {
      const journey = told.journey()
      const passed = passedNames(journey.scores)
      const second = journey.second()
      const page = second.page()
      await page.goto('/admin')
      await signIn(page, house.administrator)
      await expect.poll(() => page.getByRole('button', { name: '记录到哪里了：已到站点' }).count()).toBe(1)
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => null))
      await goTo(page, '证书')
      await sees(page, `${passed.length} 张`)
      await journey.site.kill()
      await second.context().setOffline(true)
      await page.reload()
      await signIn(page, house.administrator)
      const [holder = ''] = passed
      const paper = await openCertificate(page, holder)
      expect(paper).toContain(holder)
      expect(paper).not.toMatch(/监狱|戒毒|罪犯|服刑/)
      const text = await scanQr(page)
      await second.watch.look(page, 'certificate')
      await goTo(page, '证书')
      await key(page, '验一验').click()
      expect(await verdictOn(page, text)).toBe('真实有效')
      await second.watch.look(page, 'verify')
      expect(await verdictOn(page, withOneLetterChanged(text))).toBe('被改动过')
    },
  )
}
