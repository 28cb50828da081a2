/**
 * Takes a picture of every page at three sizes, light and dark, in both languages, into `.cache/screenshots`, and the pictures of the README
 * into this folder. `npm run screenshots -- --size 360x780 --theme dark --lang en --only kiosk` takes fewer; `--text 200` shows larger text;
 * `--silent` shows a tablet without a voice; `--whole` takes the whole height of a page; `--check` tells of broken rules of accessibility and of pages that are wider than the screen.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { launchChromium } from '#test/support/chromium.ts'
import { faultsOf } from './faults-of-page.ts'
import { startDemonstration } from './demonstration.ts'
import { journeys } from './journeys.ts'
import { LANGUAGES, type Language, wordsOf } from './words.ts'

const FOLDER = '.cache/screenshots'
const SIZES = ['360x780', '800x1280', '1280x800']
const THEMES = ['light', 'dark'] as const
const README_PICTURES: Readonly<Record<string, string>> = {
  'kiosk-800x1280-light': 'kiosk',
  'instructor-roll-call-1280x800-light': 'roll-call',
  'class-002-1280x800-light': 'class',
}

const { values } = parseArgs({
  options: {
    size: { type: 'string' },
    theme: { type: 'string' },
    lang: { type: 'string' },
    only: { type: 'string' },
    text: { type: 'string', default: '100' },
    silent: { type: 'boolean', default: false },
    whole: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
  },
})

interface Look {
  readonly size: string
  readonly theme: (typeof THEMES)[number]
  readonly language: Language
}

async function openContext(browser: Browser, { size, theme, language }: Look): Promise<BrowserContext> {
  const [width = 0, height = 0] = size.split('x').map(Number)
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  context.setDefaultTimeout(15_000)
  await context.addInitScript(
    ([locale, text]) => {
      localStorage.setItem('xincheng.locale', locale)
      localStorage.setItem('xincheng.text-size', text)
    },
    [language, values.text] as const,
  )
  if (!values.silent) await context.addInitScript(giveVoice)
  return context
}

// The machine that takes the pictures has no voices; the tablets people use have.
function giveVoice(): void {
  speechSynthesis.getVoices = () =>
    ['zh-CN', 'en-GB'].map((lang) => ({ lang, name: lang, voiceURI: lang, localService: true, default: false }))
}

async function takePicture(page: Page, title: string): Promise<void> {
  await page.screenshot({ path: join(FOLDER, `${title}.png`), fullPage: values.whole })
  const readme = README_PICTURES[title]
  if (readme && !values.whole) await page.screenshot({ path: join(import.meta.dirname, `${readme}.png`) })
  console.log(title)
  if (values.check) for (const fault of await faultsOf(page)) console.log(`  FAULT ${title}: ${fault}`)
}

async function takeAll(browser: Browser, look: Look): Promise<void> {
  const facility = await startDemonstration()
  const say = wordsOf(look.language)
  const ending = [look.size, look.theme, look.language === 'en' ? 'en' : '', values.text === '100' ? '' : values.text]
  const end = ending.filter(Boolean).join('-')
  for (const journey of journeys) {
    if (values.only && !values.only.split(',').includes(journey.name)) continue
    const context = await openContext(browser, look)
    const page = await context.newPage()
    try {
      const take = (name: string) => takePicture(page, `${name}-${end}`)
      await journey.walk({ page, facility, language: look.language, say, take })
    } catch (error) {
      process.exitCode = 1
      console.error(`${journey.name} ${end}: ${error instanceof Error ? error.message : String(error)}`)
      await page.screenshot({ path: join(FOLDER, `stopped-${journey.name}-${end}.png`) })
    }
    await context.close()
  }
  await facility.stop()
}

mkdirSync(FOLDER, { recursive: true })
const browser = await launchChromium()
for (const size of SIZES.filter((one) => !values.size || one === values.size))
  for (const theme of THEMES.filter((one) => !values.theme || one === values.theme))
    for (const language of LANGUAGES.filter((one) => !values.lang || one === values.lang))
      await takeAll(browser, { size, theme, language })
await browser.close()
