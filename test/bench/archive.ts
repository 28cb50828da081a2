// What a large archive costs: opening one class on a tablet that holds 2,000 entries and on one that holds 20,000. It should cost nothing.
import type { Page } from 'playwright-core'
import { valueOf } from '#test/support/test-device.ts'
import { aMark } from '#test/support/test-lesson.ts'
import { goInside, openBrowser, signInHere } from './browser-page.ts'
import { joinOffice, startCopy } from './facility.ts'
import { type Benchmark, timed } from './measure.ts'
import {
  CLASS_COUNT,
  CLASS_SIZE,
  classIdOf,
  LESSON_COUNT,
  makeSeason,
  type Season,
  sessionIdOf,
  TEACHER,
} from './season.ts'

const BATCH = 500
const SMALL_LESSONS = 5
const rowOf = (lessons: number): string =>
  `open the roll call of a class not looked at before, ${(CLASS_COUNT * CLASS_SIZE * lessons).toLocaleString('en')} marks on the tablet`

/** Opens the last lesson of a class; the people of another class may still stand there, so the new one is asked for by its path. */
async function openClass(page: Page, index: number): Promise<number> {
  const path = `/instructor/class/${classIdOf(index)}/session/${sessionIdOf(LESSON_COUNT)}/roll-call`
  await goInside(page, '/instructor')
  await page.locator('.roll-row').first().waitFor({ state: 'detached' })
  const { ms } = await timed(async () => {
    await goInside(page, path)
    await page
      .locator('.roll-row')
      .nth(CLASS_SIZE - 1)
      .waitFor()
  })
  return ms
}

/** Milliseconds for each class, with marks of the first lessons only, so that the lesson opened is alike in both archives. */
async function openAll(season: Season, lessons: number): Promise<readonly number[]> {
  const facility = await startCopy(season.dataDir)
  const device = await joinOffice(facility, TEACHER.account, TEACHER.pin)
  for (const [index, group] of season.members.entries())
    for (let lesson = 1; lesson <= lessons; lesson += 1)
      for (const traineeId of group) {
        const where = { classId: classIdOf(index + 1), sessionId: sessionIdOf(lesson) }
        device.chain.record(aMark(traineeId, { ...where, actorId: TEACHER.staffId }))
      }
  valueOf(await device.pushAll(1, BATCH))
  const { page, close } = await openBrowser(facility.url)
  await page.goto('/instructor')
  await signInHere(page, TEACHER.account, TEACHER.pin)
  // The first page opened also loads its code.
  await openClass(page, 1)
  const samples: number[] = []
  for (let index = 2; index <= CLASS_COUNT; index += 1) samples.push(await openClass(page, index))
  await close()
  await facility.stop()
  return samples
}

export const archive: Benchmark = {
  name: 'archive',
  async run(note) {
    const season = await makeSeason()
    const small = rowOf(SMALL_LESSONS)
    note({ name: small, unit: 'ms', samples: await openAll(season, SMALL_LESSONS) })
    note({
      name: rowOf(LESSON_COUNT - 1),
      unit: 'ms',
      samples: await openAll(season, LESSON_COUNT - 1),
      ratioTo: small,
    })
  },
}
