// Ten thousand people: importing them, pulling them into a browser, opening the list, and searching it.
import type { Page } from 'playwright-core'
import { goInside, openBrowser, signInHere } from './browser-page.ts'
import { demonstrationFolder, demonstrationPin, type Facility, joinOffice, startCopy } from './facility.ts'
import { type Benchmark, type Note, quantile, repeat, timed } from './measure.ts'
import { confirm, dryRun, rosterCsv } from './people-roster.ts'

const COUNT = 10_000
const SEARCHES: Readonly<Record<string, readonly string[]>> = {
  name: ['建国', '王志强', '欧阳震华', '买买提', '桂兰', '石磊', '赵大勇', '子轩'],
  'facility number': ['H10001', 'H19', 'H15000', '0777', 'H2000', 'H12345', 'H18', '9999'],
  'pinyin initials': ['wzq', 'zjg', 'oyzh', 'lht', 'sl', 'xdy', 'hcs', 'fwb'],
}

/** A person in the list has a name as soon as the vault is open. */
async function listShown(page: Page): Promise<void> {
  await page.locator('.person-line .person-name:not(:has(.muted))').first().waitFor()
  await page.waitForFunction((least) => {
    const all = /(?:在册|of) ([\d,]+)/.exec(document.querySelector('.admin-people, main')?.textContent ?? '')?.[1]
    return Number(all?.replaceAll(',', '') ?? 0) >= least
  }, COUNT)
}

/** Milliseconds from the input to the frame after the list has changed; the field is emptied in between. */
function searchMs(page: Page, query: string): Promise<{ ms: number; found: number }> {
  return page.evaluate(async (text) => {
    const input = document.querySelector<HTMLInputElement>('.people-search input')
    if (input === null) throw new Error('no search field')
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
    const said = () => /(?:显示|Showing) ([\d,]+)/.exec(document.querySelector('main')?.textContent ?? '')?.[1] ?? '0'
    const write = async (value: string): Promise<number> => {
      const before = said()
      const began = performance.now()
      input.value = value
      input.dispatchEvent(new Event('input', { bubbles: true }))
      while (said() === before && performance.now() - began < 10_000) await frame()
      await frame()
      return performance.now() - began
    }
    const ms = await write(text)
    const found = Number(said().replaceAll(',', ''))
    await write('')
    await frame()
    return { ms, found }
  }, query)
}

async function measureSearches(page: Page, note: Note): Promise<void> {
  for (const [kind, queries] of Object.entries(SEARCHES)) {
    const samples: number[] = []
    for (const query of queries) {
      const { ms, found } = await searchMs(page, query)
      if (ms >= 10_000) throw new Error(`searching ${query} showed nothing new`)
      console.error(`  ${query}: ${found} found, ${ms.toFixed(0)} ms`)
      samples.push(ms)
    }
    note({ name: `search 10,240 people by ${kind}: input to the frame that shows it`, unit: 'ms', samples })
  }
}

/** The same browser another day: the page anew, signed in, until every name is open; in seconds. */
async function laterVisit(page: Page, pin: string): Promise<number> {
  await page.goto('/admin')
  const { ms } = await timed(async () => {
    await signInHere(page, 'admin1', pin)
    await goInside(page, '/admin/people')
    await listShown(page)
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)))
  })
  return ms / 1000
}

async function importAll(facility: Facility, note: Note): Promise<void> {
  const office = await joinOffice(facility, 'admin1', demonstrationPin(facility.dataDir, 'admin1'))
  const csv = rosterCsv(COUNT, new Date().toISOString().slice(0, 10))
  const dry = await timed(() => dryRun(office, csv))
  note({ name: 'import of 10,000 (CSV): dry run at the server', unit: 's', samples: [dry.ms / 1000] })
  const written = await timed(() => confirm(office, dry.value))
  note({ name: 'import of 10,000 (CSV): confirmed and written', unit: 's', samples: [written.ms / 1000] })
}

export const people: Benchmark = {
  name: 'people',
  async run(note, repeats) {
    const facility = await startCopy(await demonstrationFolder())
    await importAll(facility, note)
    const pin = demonstrationPin(facility.dataDir, 'admin1')
    const { page, close } = await openBrowser(facility.url)
    const began = performance.now()
    await page.goto('/admin')
    await signInHere(page, 'admin1', pin)
    await goInside(page, '/admin/people')
    await listShown(page)
    note({
      name: 'a new browser: first visit, joined, signed in, until all 10,240 people with names are listed',
      unit: 's',
      samples: [(performance.now() - began) / 1000],
    })
    await page.waitForTimeout(5000)
    const opened = await repeat(Math.max(5, repeats), async () => {
      await goInside(page, '/admin/classes')
      await page.locator('.person-line').first().waitFor({ state: 'detached' })
      await page.waitForTimeout(300)
      return (
        await timed(async () => {
          await goInside(page, '/admin/people')
          await listShown(page)
        })
      ).ms
    })
    note({ name: 'open the list of 10,240 people again, signed in', unit: 'ms', samples: opened })
    await measureSearches(page, note)
    const rows = await page.locator('.person-line').count()
    note({ name: 'rows of the list in the document', unit: 'rows', samples: [rows] })
    note({
      name: 'a browser that was here before: PIN to names in the list of 10,240 people',
      unit: 's',
      samples: await repeat(repeats, () => laterVisit(page, pin)),
    })
    console.error(`  list opens in ${quantile(opened, 0.5).toFixed(0)} ms`)
    await close()
    await facility.stop()
  },
}
