/**
 * Finds a Chromium for the tests: CHROMIUM_PATH, the system's, Playwright's if it is there already,
 * else the system's package manager, else Playwright's own download. A candidate counts only if it starts.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { messages } from './messages.mjs'
import { findOnPath, projectFolder, runQuietly, say, Stop } from './processes.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]
const playwright = join(projectFolder, 'node_modules', 'playwright-core')

async function starts(path) {
  if (!path || !existsSync(path)) return false
  // Chrome on Windows opens a window instead of printing its version.
  if (process.platform === 'win32') return true
  const result = await runQuietly(path, ['--version'], { timeout: 20_000 })
  return result.code === 0 && /Chrom/.test(result.text)
}

async function findOnSystem() {
  for (const path of [...NAMES.map(findOnPath), ...PLACES]) {
    if (await starts(path)) return path
  }
  return null
}

async function findPlaywrights() {
  const script = 'import("playwright-core").then((p) => console.log(p.chromium.executablePath()))'
  const result = await runQuietly(process.execPath, ['--input-type=module', '-e', script])
  const path = result.text.trim()
  return (await starts(path)) ? path : null
}

/** The words before `apt-get` that let it install, or null where it may not. */
async function aptPrefix() {
  if (!findOnPath('apt-get')) return null
  if (process.getuid?.() === 0) return []
  return (await runQuietly('sudo', ['-n', 'true'])).code === 0 ? ['sudo', '-n'] : null
}

async function installWithApt(packages) {
  const prefix = await aptPrefix()
  if (!prefix) return
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args) => {
    const [command, ...rest] = [...prefix, 'apt-get', ...args]
    return runQuietly(command, rest, { env })
  }
  await apt('update')
  await apt('install', '-y', '--no-install-recommends', ...packages)
}

/** Chinese pages without a Chinese font show empty squares: tests still run, pictures are poor. Never fatal. */
async function ensureChineseFont() {
  if (process.platform !== 'linux' || !findOnPath('fc-list') || !findOnPath('apt-get')) return
  const fonts = await runQuietly('fc-list', [':lang=zh-cn', 'family'])
  if (fonts.text.trim() !== '') return
  say(messages.installingFonts())
  await installWithApt(['fonts-noto-cjk'])
}

async function installOne() {
  if (await aptPrefix()) {
    say(messages.installingBrowser())
    await installWithApt(['chromium', 'fonts-noto-cjk'])
    const path = await findOnSystem()
    if (path) return path
  }
  say(messages.downloadingBrowser())
  await runQuietly(process.execPath, [join(playwright, 'cli.js'), 'install', 'chromium'])
  return findPlaywrights()
}

/** The path of a Chromium that starts. Stops with one sentence where there is none. */
export async function findChromium() {
  const named = process.env.CHROMIUM_PATH
  if (named) {
    if (await starts(named)) return named
    throw new Stop(messages.badBrowserPath(named))
  }
  const path = (await findOnSystem()) ?? (await findPlaywrights()) ?? (await installOne())
  if (!path) throw new Stop(messages.noBrowser())
  await ensureChineseFont()
  return path
}
