// A story is told in order: after a step that failed the later ones cannot be told. A picture of the page stays behind.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { it } from 'vitest'

const PICTURES = fileURLToPath(new URL('../../../.cache/test/browser', import.meta.url))

export interface Story {
  step(title: string, tell: () => Promise<void>): void
}

/** Begins a story; `pages` gives the pages to keep a picture of when a step fails. */
export function beginStory(name: string, pages: () => readonly Page[]): Story {
  let broken = false
  return {
    step(title, tell) {
      it(title, async () => {
        if (broken) throw new Error('an earlier step failed')
        try {
          await tell()
        } catch (thrown) {
          broken = true
          await keepPictures(`${name} ${title}`, pages)
          throw thrown
        }
      })
    },
  }
}

async function keepPictures(title: string, pages: () => readonly Page[]): Promise<void> {
  mkdirSync(PICTURES, { recursive: true })
  const fileName = title.replaceAll(/[^\w]+/g, '-').slice(0, 80)
  try {
    for (const [index, page] of pages().entries())
      await page.screenshot({ path: join(PICTURES, `${fileName}-${index + 1}.png`), timeout: 5000 })
  } catch {
    // The browser is gone; the message of the failure is all there is.
  }
}
