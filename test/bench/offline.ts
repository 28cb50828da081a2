// A cold start without a server: the browser begins anew on its profile, the processor four times slower.
import type { Page } from 'playwright-core'
import { openBrowser, signInHere } from './browser-page.ts'
import { demonstrationFolder, demonstrationPin, startCopy } from './facility.ts'
import { type Benchmark, repeat } from './measure.ts'

const SLOWDOWN = 4
const TURNS = 5
// index.html carries a heading of its own, until the app has taken its place.
const HEADING = '#app[data-v-app] :is(h1, h2)'
const PLACES = [
  { path: '/kiosk', what: 'first heading of the app visible', target: HEADING },
  { path: '/kiosk', what: 'pictures of the occupations listed', target: 'a[href*="/kiosk/group/"]' },
  { path: '/instructor', what: 'first heading of the app visible', target: HEADING },
] as const

/** Lets the page itself note when something first has a place on the screen, in milliseconds since the navigation. */
async function watchFor(page: Page, target: string): Promise<void> {
  await page.addInitScript((selector) => {
    const look = () => {
      const found = [...document.querySelectorAll<HTMLElement>(selector)].find(
        (one) => one.checkVisibility() && one.getClientRects().length > 0,
      )
      if (found) document.documentElement.dataset['seenAfter'] = String(performance.now())
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  }, target)
}

async function coldStartMs(url: string, folder: string, path: string, target: string): Promise<number> {
  const { page, context, close } = await openBrowser(url, folder)
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
  await watchFor(page, target)
  await page.goto(path, { waitUntil: 'commit' })
  const seen = await page.waitForFunction(() => document.documentElement.dataset['seenAfter'], undefined, {
    timeout: 60_000,
  })
  const ms = Number(await seen.jsonValue())
  await close()
  return ms
}

export const offline: Benchmark = {
  name: 'offline',
  async run(note, repeats) {
    const facility = await startCopy(await demonstrationFolder())
    const { page, folder, close } = await openBrowser(facility.url)
    await page.goto('/kiosk')
    await page.locator('a[href*="/kiosk/group/"]').first().waitFor()
    await page.evaluate(async () => void (await navigator.serviceWorker.ready))
    await page.goto('/instructor')
    await signInHere(page, 'teacher1', demonstrationPin(facility.dataDir, 'teacher1'))
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await page.waitForTimeout(2000)
    await close()
    await facility.stop()
    for (const { path, what, target } of PLACES) {
      const samples = await repeat(Math.max(TURNS, repeats), () => coldStartMs(facility.url, folder, path, target))
      note({
        name: `cold offline start of ${path}, page ${SLOWDOWN}x slower: navigation to ${what}`,
        unit: 'ms',
        samples,
      })
    }
  },
}
