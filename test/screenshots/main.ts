/**
 * Takes a picture of every page at three sizes, light and dark, into `.cache/screenshots`, and the pictures of the README into this folder.
 * `npm run screenshots -- --size 360x780 --theme dark --only kiosk` takes fewer.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { launchChromium } from '#test/support/chromium.ts'
import { type Demonstration, startDemonstration } from './demonstration.ts'
import { journeys } from './journeys.ts'

const FOLDER = '.cache/screenshots'
const SIZES = ['360x780', '800x1280', '1280x800']
const THEMES = ['light', 'dark'] as const
const README_PICTURES: Readonly<Record<string, string>> = {
  'kiosk-800x1280-light': 'kiosk',
  'instructor-roll-call-1280x800-light': 'roll-call',
  'admin-class-1280x800-light': 'class',
}

const { values } = parseArgs({
  options: { size: { type: 'string' }, theme: { type: 'string' }, only: { type: 'string' } },
})

async function openPage(browser: Browser, size: string, colorScheme: 'light' | 'dark'): Promise<Page> {
  const [width = 0, height = 0] = size.split('x').map(Number)
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  context.setDefaultTimeout(15_000)
  return context.newPage()
}

async function takeAll(
  browser: Browser,
  facility: Demonstration,
  size: string,
  theme: 'light' | 'dark',
): Promise<void> {
  for (const journey of journeys) {
    if (values.only && journey.name !== values.only) continue
    const page = await openPage(browser, size, theme)
    try {
      await journey.walk(page, facility, async (name) => {
        const title = `${name}-${size}-${theme}`
        await page.screenshot({ path: join(FOLDER, `${title}.png`) })
        const readme = README_PICTURES[title]
        if (readme) await page.screenshot({ path: join(import.meta.dirname, `${readme}.png`) })
        console.log(title)
      })
    } catch (error) {
      process.exitCode = 1
      console.error(`${journey.name} ${size} ${theme}: ${error instanceof Error ? error.message : String(error)}`)
      await page.screenshot({ path: join(FOLDER, `stopped-${journey.name}-${size}-${theme}.png`) })
    }
    await page.context().close()
  }
}

mkdirSync(FOLDER, { recursive: true })
const facility = await startDemonstration()
const browser = await launchChromium()
for (const size of SIZES.filter((one) => !values.size || one === values.size))
  for (const theme of THEMES.filter((one) => !values.theme || one === values.theme))
    await takeAll(browser, facility, size, theme)
await browser.close()
await facility.stop()
