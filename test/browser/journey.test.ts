// One class, end to end, in a real browser over a real server: from an empty site to certificates, with the network, the server and the
// browser taken away in between. Nothing that the screen acknowledged may be missing afterwards.
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { openProfile, type Profile, type Viewport } from './steps/browser-profile.ts'
import { addByNumber, fillFromWishes, openClass, openPart, planClass } from './steps/class-plan-page.ts'
import { leaveSlips, makeCodes } from './steps/code-slips-page.ts'
import {
  checkList,
  completeClass,
  figures,
  issueCertificates,
  listedCertificates,
  proof,
  sealClass,
} from './steps/completion-pages.ts'
import {
  confirmHeadCount,
  listedNames,
  logLesson,
  mark,
  openRollCall,
  savedCount,
  shownMarks,
  toDay,
} from './steps/instructor-pages.ts'
import { beginJourney, CLASS_SIZE, house, type Journey, passedNames, scoresFor } from './steps/journey.ts'
import { identify, leaveKiosk, registerWishes, wishFor } from './steps/kiosk-pages.ts'
import { joinDevice, lock, setUpFacility, signIn } from './steps/office-entry.ts'
import { checkPapers } from './steps/paper-check.ts'
import { downloadPaper, pdfPageCount } from './steps/papers.ts'
import { goTo, key, sees } from './steps/reach.ts'
import * as rosterImport from './steps/roster-import-page.ts'
import { admit, enterScores, namesOnSheet, openScores, scoreField, shownScores, troubleOf } from './steps/score-page.ts'
import { appointInstructor, makeJoinCode, registerProvider, registerRoom } from './steps/settings-pages.ts'
import { beginStory } from './steps/story.ts'
import { openCertificate, scanQr, verdictOn, withOneLetterChanged } from './steps/verify-page.ts'

const viewports: readonly (Viewport & { readonly way: 'pad' | 'keyboard' })[] = [
  { width: 360, height: 780, way: 'pad' },
  { width: 800, height: 1280, way: 'keyboard' },
  { width: 1280, height: 800, way: 'keyboard' },
]
const LESSON = { startsAt: '08:30', minutes: 180 }

describe.each(viewports)('one class from roster to certificates at $width x $height', ({ width, height, way }) => {
  let journey: Journey
  let second: Profile
  let passed: readonly string[] = []
  const openPages = () => [journey.page()]
  const story = beginStory(`journey ${width}x${height}`, openPages)
  const look = (name: string) => journey.first.watch.look(journey.page(), name)

  beforeAll(async () => {
    journey = await beginJourney({ width, height })
  })
  afterAll(async () => {
    await second?.remove()
    await journey?.remove()
  })

  story.step('an empty site: join by the printed code, first set-up, provider, room and instructor', async () => {
    const page = journey.page()
    await joinDevice(page, journey.site.joinCode, '实训楼平板')
    await look('join')
    await setUpFacility(page, house.facility, house.administrator)
    await look('set-up')
    await key(page, '去登录').click()
    await look('sign-in')
    await signIn(page, house.administrator)
    await look('board')
    await registerProvider(page, house.provider)
    await look('providers')
    await registerRoom(page, house.room)
    await look('rooms')
    await appointInstructor(page, house.instructor, house.provider.name)
    await look('staff')
  })

  story.step('the roster of 240: the dry run names row and column, only good rows are written', async () => {
    const page = journey.page()
    expect(await rosterImport.peopleCount(page)).toBe(0)
    await rosterImport.openImport(page)
    await look('import')
    await rosterImport.dryRun(page, journey.roster)
    const { rows, errorRows } = journey.expected
    expect(await rosterImport.figures(page)).toEqual({ 新增: rows - errorRows, 有变化: 0, 没变化: 0, 有错: errorRows })
    const errors = await rosterImport.findings(page)
    expect(errors).toHaveLength(errorRows)
    for (const line of errors) expect(line).toMatch(/^第 \d+ 行 \| \S+ \| .*。$/)
    const rowsNamed = errors.map((line) => /\d+/.exec(line)?.[0])
    expect(rowsNamed.every((row) => row !== undefined && row in journey.expected.codesByRow)).toBe(true)
    await look('import report')
    await rosterImport.confirmImport(page)
    await look('import done')
    expect(await rosterImport.peopleCount(page)).toBe(rows - errorRows)
    await look('people')
  })

  story.step('codes for 45 people, and wishes on the kiosk by number and code', async () => {
    const page = journey.page()
    for (const [number, code] of await makeCodes(page, journey.people)) journey.codes.set(number, code)
    expect([...journey.codes.values()].filter((code) => /^\d{6}$/.test(code))).toHaveLength(journey.people.length)
    await look('code slips')
    await leaveSlips(page)
    await page.goto('/kiosk')
    for (const { facilityNumber } of journey.wishing) {
      await sees(page, '你想学什么手艺？')
      await wishFor(page, '缝纫工')
      await identify(page, facilityNumber, journey.codes.get(facilityNumber) ?? '')
      await registerWishes(page)
      if (facilityNumber === journey.wishing[0]?.facilityNumber) await look('wishes')
      await leaveKiosk(page)
    }
    await look('kiosk')
  })

  story.step(
    'a class of 40 is planned for yesterday and today, filled from wishes and search, and opened',
    async () => {
      const page = journey.page()
      await page.goto('/admin')
      await signIn(page, house.administrator)
      await planClass(page, {
        occupation: '缝纫工',
        startsOn: journey.yesterday,
        ...LESSON,
        lessonCount: 2,
        seatCap: CLASS_SIZE,
      })
      await fillFromWishes(page, journey.wishing.length)
    await addByNumber(page, journey.members.slice(journey.wishing.length))
      await sees(page, `${CLASS_SIZE} / ${CLASS_SIZE} 人`)
      await look('class roster')
      await openPart(page, '课表')
      await look('timetable')
      await openClass(page)
      await look('check list')
      await lock(page)
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => null))
    },
  )

  story.step('server killed and network off: the reloaded page takes the roll call of 40', async () => {
    const page = journey.page()
    await page.goto('/instructor')
    await signIn(page, house.instructor)
    await journey.site.kill()
    await journey.first.context().setOffline(true)
    await page.reload()
    await signIn(page, house.instructor)
    await look('day list offline')
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
    await look('roll call')
    await confirmHeadCount(page, journey.hand)
    await sees(page, `已确认 ${CLASS_SIZE - 2} 人`)
    expect(journey.hand.take().taps).toBeLessThanOrEqual(10)
    await logLesson(page, { theory: 60, practical: 120 })
    await look('lesson log')
  })

  story.step('yesterday is made good: head count and lesson log from the list of what is open', async () => {
    const page = journey.page()
    await page.getByRole('link', { name: /^没有点名/ }).click()
    await confirmHeadCount(page, journey.hand)
    await logLesson(page, { theory: 90, practical: 90 })
    journey.hand.take()
  })

  story.step('40 x 2 scores without the network; 101 is refused and never becomes 100', async () => {
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
    await look('scores')
    const scores = scoresFor(names)
    await enterScores(page, journey.hand, scores, way)
    await expect.poll(() => savedCount(page), { timeout: 20_000 }).toBe(scores.length)
    journey.scores.push(...scores)
    const { taps, keys } = journey.hand.take()
    expect(taps + keys).toBeLessThanOrEqual(scores.length * 2 + 2)
    passed = passedNames(scores)
  })

  story.step('the browser is killed and reopened offline: everything acknowledged is there', async () => {
    await journey.first.kill()
    const page = await journey.first.open()
    await journey.first.context().setOffline(true)
    await page.goto('/instructor')
    await signIn(page, house.instructor)
    await goTo(page, '待上传')
    await sees(page, '条记录还在本机')
    await look('outbox')
    await goTo(page, '今天')
    await page
      .getByRole('link', { name: new RegExp(`^打开 .* ${LESSON.startsAt}$`) })
      .first()
      .click()
    expect(await shownMarks(page)).toEqual(journey.marks)
    await toDay(page)
    await goTo(page, '我的班')
    await page.getByRole('link', { name: /名单和课表/ }).click()
    await look('my class')
    await key(page, '成绩').click()
    expect(await shownScores(page)).toEqual(sheetOrder(journey))
    await look('score sheet')
  })

  story.step('server and network are back: sync, and the receipt stands on the class', async () => {
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

  story.step('a second browser joins by a code and shows the same roll call and scores', async () => {
    const code = await makeJoinCode(journey.page(), '办公')
    second = await openProfile(journey.site.url, { width: 1280, height: 800 })
    const page = second.page()
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
    expect(await shownScores(page)).toEqual(sheetOrder(journey))
    await lock(page)
  })

  story.step('the check list is complete; the class is completed, sealed and certified', async () => {
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
    await look('completed class')
    await sealClass(page)
    await look('sealed class')
    const numbers = await issueCertificates(page)
    expect(numbers).toMatch(new RegExp(`，共 ${passed.length} 张$`))
    await look('certificates of the class')
    expect((await listedCertificates(page)).map(({ name }) => name)).toEqual(passed)
    for (const part of ['学员', '考勤', '成绩', '待处理', '表格']) {
      await openPart(page, part)
      await look(`sealed class: ${part}`)
    }
  })

  story.step('the PDF has a page for each who passed, and the six forms say what the journey noted', async () => {
    const page = journey.page()
    await openPart(page, '证书')
    const certificates = await listedCertificates(page)
    const pdf = await downloadPaper(page, '培训合格证书')
    expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdfPageCount(pdf.bytes)).toBe(passed.length)
    await checkPapers(page, journey, certificates)
  })

  story.step(
    'without the network the second browser shows the certificates, and its check tells a changed letter',
    async () => {
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

  story.step('no request left the site, no page erred, axe found nothing, no address named a person', async () => {
    expect([...journey.first.watch.troubles(), ...second.watch.troubles()]).toEqual([])
    expect(journey.first.watch.looked()).toBeGreaterThan(25)
  })
})

/** The noted scores as the sheet lists them: person by person. */
function sheetOrder({ scores }: Journey) {
  const names = [...new Set(scores.map(({ name }) => name))]
  return names.flatMap((name) => scores.filter((score) => score.name === name))
}

async function openTheClass(journey: Journey): Promise<void> {
  const page = journey.page()
  await goTo(page, '班级')
  await page
    .getByRole('link', { name: /缝纫工/ })
    .first()
    .click()
  await openPart(page, '核对')
}
