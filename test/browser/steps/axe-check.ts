// The rules of accessibility, asked of a page as it stands.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

interface AxeWindow {
  readonly axe?: { run(options: RunOptions): Promise<AxeResults> }
}

/** One sentence for each rule that is broken, with the first place. Animations are over first: axe would measure half-faded colours. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
    return Promise.all(ending.map(({ finished }) => finished.catch(() => null)))
  })
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  const violations = await page.evaluate(async (tags) => {
    const { axe } = window as AxeWindow
    const results = await axe?.run({ runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
    return results?.violations ?? []
  }, TAGS)
  return violations.flatMap(({ id, help, nodes: all }) => {
    // A key that stands half under a bar at this moment is as large as it is once it is scrolled to.
    const nodes = all.filter(({ failureSummary }) => id !== 'target-size' || !failureSummary?.includes('obscured'))
    if (nodes.length === 0) return []
    const [first] = nodes
    return `${id}: ${help}; ${nodes.length} times, first at ${first?.target.join(' ')} (${first?.html.slice(0, 160)}) ${first?.failureSummary?.split('\n').slice(1, 3).join(' ') ?? ''}`
  })
}
