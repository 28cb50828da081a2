// Counts what the hand does: taps on the screen and keys on the keyboard.
import type { Locator, Page } from 'playwright-core'

export interface Hand {
  tap(target: Locator): Promise<void>
  press(page: Page, keyName: string): Promise<void>
  /** Taps and keys since the last time this was asked. */
  take(): { readonly taps: number; readonly keys: number }
}

export function createHand(): Hand {
  let taps = 0
  let keys = 0
  return {
    async tap(target) {
      taps += 1
      await target.click()
    },
    async press(page, keyName) {
      keys += 1
      await page.keyboard.press(keyName)
    },
    take() {
      const done = { taps, keys }
      taps = 0
      keys = 0
      return done
    },
  }
}
