// A tap in the roll call until it is durable, beside one bare strict write of the same page; and a whole roll call of 40.
import type { Page } from 'playwright-core'
import { goInside, openBrowser, signInHere } from './browser-page.ts'
import { startCopy } from './facility.ts'
import { type Benchmark, repeat, timed } from './measure.ts'
import { classIdOf, CLASS_SIZE, LESSON_COUNT, makeSeason, sessionIdOf, TEACHER } from './season.ts'

const WRITING = '正在存'
const TAP = `tap to durable: click until the save word no longer says ${WRITING}`
const PUT = 'bare IndexedDB: one strict put of the same page'

async function openRollCall(page: Page, lesson: number): Promise<void> {
  await goInside(page, `/instructor/class/${classIdOf(1)}/session/${sessionIdOf(lesson)}/roll-call`)
  await page.waitForURL(`**/${sessionIdOf(lesson)}/roll-call`)
  await page
    .locator('.roll-row')
    .nth(CLASS_SIZE - 1)
    .waitFor()
}

/** Taps every person once, and writes once into a database of its own between two taps. Milliseconds, in pairs. */
function tapAll(page: Page, writing: string): Promise<{ taps: number[]; shown: number[]; puts: number[] }> {
  return page.evaluate(async (busyWord) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('bench', 1)
      opening.onupgradeneeded = () => opening.result.createObjectStore('rows', { autoIncrement: true })
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error)
    })
    const put = () =>
      new Promise<void>((resolve, reject) => {
        const transaction = database.transaction('rows', 'readwrite', { durability: 'strict' })
        transaction.objectStore('rows').put({ text: 'x'.repeat(400) })
        transaction.oncomplete = () => resolve()
        transaction.onerror = () => reject(transaction.error)
      })
    const word = document.querySelector('.save-word')
    if (word === null) throw new Error('no save word')
    const until = (reached: () => boolean) =>
      new Promise<void>((resolve) => {
        if (reached()) return resolve()
        const watch = new MutationObserver(() => {
          if (!reached()) return
          watch.disconnect()
          resolve()
        })
        watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
      })
    const isWriting = () => word.textContent?.includes(busyWord) === true
    const result = { taps: [] as number[], shown: [] as number[], puts: [] as number[] }
    for (const key of document.querySelectorAll<HTMLButtonElement>('.roll-key[data-place$="/0"]')) {
      const tapped = performance.now()
      key.click()
      await until(isWriting)
      result.shown.push(performance.now() - tapped)
      await until(() => !isWriting())
      result.taps.push(performance.now() - tapped)
      const began = performance.now()
      await put()
      result.puts.push(performance.now() - began)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    database.close()
    return result
  }, writing)
}

/** Every person tapped as soon as the tap before is on the screen, then the head count confirmed; in seconds. */
async function wholeRollCall(page: Page, lesson: number): Promise<number> {
  await openRollCall(page, lesson)
  const { ms } = await timed(async () => {
    await page.evaluate(async () => {
      for (const key of document.querySelectorAll<HTMLButtonElement>('.roll-key[data-place$="/1"]')) {
        key.click()
        while (key.getAttribute('aria-pressed') !== 'true')
          await new Promise((resolve) => requestAnimationFrame(resolve))
      }
    })
    await page.getByRole('button', { name: '确认人数' }).click()
    await page.getByText(/已确认 \d+ 人/).waitFor()
  })
  return ms / 1000
}

export const taps: Benchmark = {
  name: 'taps',
  async run(note, repeats) {
    const { dataDir } = await makeSeason()
    const facility = await startCopy(dataDir)
    const { page, close } = await openBrowser(facility.url)
    await page.goto('/instructor')
    await signInHere(page, TEACHER.account, TEACHER.pin)
    const all = { taps: [] as number[], shown: [] as number[], puts: [] as number[] }
    for (let turn = 0; turn < repeats; turn += 1) {
      await openRollCall(page, LESSON_COUNT - turn)
      const { taps: tapped, shown, puts } = await tapAll(page, WRITING)
      all.taps.push(...tapped)
      all.shown.push(...shown)
      all.puts.push(...puts)
    }
    note({ name: PUT, unit: 'ms', samples: all.puts })
    note({ name: 'tap to shown: click until the page says so', unit: 'ms', samples: all.shown })
    note({ name: TAP, unit: 'ms', samples: all.taps, ratioTo: PUT })
    const seconds = await repeat(repeats, (turn) => wholeRollCall(page, 1 + turn))
    note({
      name: 'roll call of 40: every person tapped as soon as the last tap shows, head count confirmed',
      unit: 's',
      samples: seconds,
    })
    await close()
    await facility.stop()
  },
}
