// When a page has fetched what it wants. The stream by which a site tells of news never ends, so the network of a joined page is never idle.
import type { Page } from 'playwright-core'

const QUIET_MS = 500
const LOOK_MS = 50

/** Waits until nothing more has arrived for half a second. */
export async function untilQuiet(page: Page): Promise<void> {
  const arrived = () => page.evaluate(() => performance.getEntriesByType('resource').length)
  await page.waitForLoadState('load')
  let before = -1
  for (let quiet = 0; quiet < QUIET_MS; quiet += LOOK_MS) {
    const now = await arrived()
    if (now !== before) quiet = 0
    before = now
    await page.waitForTimeout(LOOK_MS)
  }
}
