// The first part of the journey, in the office: the house, the roster, codes and wishes, and a class that runs.
import { expect } from 'vitest'
import { addByNumber, fillFromWishes, openClass, openPart, planClass } from './class-plan-page.ts'
import { leaveSlips, makeCodes } from './code-slips-page.ts'
import { CLASS_SIZE, house, LESSON, type Telling } from './journey.ts'
import { identify, leaveKiosk, registerWishes, wishFor } from './kiosk-pages.ts'
import { joinDevice, lock, setUpFacility, signIn } from './office-entry.ts'
import { key, sees } from './reach.ts'
import { appointInstructor, registerProvider, registerRoom } from './settings-pages.ts'
import * as rosterImport from './roster-import-page.ts'

/** Tells these steps. */
export function tellOfficeSteps(told: Telling): void {
  told.story.step('an empty site: join by the printed code, first set-up, provider, room and instructor', async () => {
    const journey = told.journey()
    const page = journey.page()
    await joinDevice(page, journey.site.joinCode, '实训楼平板')
    await told.look('join')
    await setUpFacility(page, house.facility, house.administrator)
    await told.look('set-up')
    await key(page, '去登录').click()
    await told.look('sign-in')
    await signIn(page, house.administrator)
    await told.look('board')
    await registerProvider(page, house.provider)
    await told.look('providers')
    await registerRoom(page, house.room)
    await told.look('rooms')
    await appointInstructor(page, house.instructor, house.provider.name)
    await told.look('staff')
  })

  told.story.step('the roster of 240: the dry run names row and column, only good rows are written', async () => {
    const journey = told.journey()
    const page = journey.page()
    expect(await rosterImport.peopleCount(page)).toBe(0)
    await rosterImport.openImport(page)
    await told.look('import')
    await rosterImport.dryRun(page, journey.roster)
    const { rows, errorRows } = journey.expected
    expect(await rosterImport.figures(page)).toEqual({ 新增: rows - errorRows, 有变化: 0, 没变化: 0, 有错: errorRows })
    const errors = await rosterImport.findings(page)
    expect(errors).toHaveLength(errorRows)
    for (const line of errors) expect(line).toMatch(/^第 \d+ 行 \| \S+ \| .*。$/)
    const rowsNamed = errors.map((line) => /\d+/.exec(line)?.[0])
    expect(rowsNamed.every((row) => row !== undefined && row in journey.expected.codesByRow)).toBe(true)
    await told.look('import report')
    await rosterImport.confirmImport(page)
    await told.look('import done')
    expect(await rosterImport.peopleCount(page)).toBe(rows - errorRows)
    await told.look('people')
  })

  told.story.step('codes for 45 people, and wishes on the kiosk by number and code', async () => {
    const journey = told.journey()
    const page = journey.page()
    for (const [number, code] of await makeCodes(page, journey.people)) journey.codes.set(number, code)
    expect([...journey.codes.values()].filter((code) => /^\d{6}$/.test(code))).toHaveLength(journey.people.length)
    await told.look('code slips')
    await leaveSlips(page)
    await page.goto('/kiosk')
    for (const { facilityNumber } of journey.wishing) {
      await sees(page, '你想学什么手艺？')
      await wishFor(page, '缝纫工')
      await identify(page, facilityNumber, journey.codes.get(facilityNumber) ?? '')
      await registerWishes(page)
      if (facilityNumber === journey.wishing[0]?.facilityNumber) await told.look('wishes')
      await leaveKiosk(page)
    }
    await told.look('kiosk')
  })

  told.story.step(
    'a class of 40 is planned for yesterday and today, filled from wishes and search, and opened',
    async () => {
      const journey = told.journey()
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
      await told.look('class roster')
      await openPart(page, '课表')
      await told.look('timetable')
      await openClass(page)
      await told.look('check list')
      await lock(page)
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => null))
    },
  )
}
