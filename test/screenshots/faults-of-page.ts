// What a machine can see of a page that looks poor: broken rules of accessibility, a page wider than the screen, words that are cut.
import type { Page } from 'playwright-core'
import { axeViolations } from '#test/browser/steps/axe-check.ts'

/** One sentence a fault. */
export async function faultsOf(page: Page): Promise<string[]> {
  const wide = await page.evaluate(() => {
    const root = document.documentElement
    const shown = (element: Element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`
    const beyond = [...document.querySelectorAll('body *')].filter((element) => {
      const box = element.getBoundingClientRect()
      const style = getComputedStyle(element)
      return (
        box.width > 1 &&
        box.right > root.clientWidth + 1 &&
        style.position !== 'fixed' &&
        !element.closest('.sr-only, svg')
      )
    })
    const faults =
      root.scrollWidth > root.clientWidth ? [`wider than the screen by ${root.scrollWidth - root.clientWidth}`] : []
    const scrolls = (element: Element): boolean => {
      const up = element.parentElement
      if (up === null) return false
      return ['auto', 'scroll', 'hidden'].includes(getComputedStyle(up).overflowX) || scrolls(up)
    }
    const first = beyond.find((element) => !scrolls(element))
    if (first)
      faults.push(`stands beyond the screen: ${shown(first)} "${first.textContent?.trim().slice(0, 40) ?? ''}"`)
    const cut = [...document.querySelectorAll('h1, h2, h3, button, a, span, b, td, th, dd, dt, p, label')].filter(
      (element) =>
        element.clientWidth > 1 &&
        element.scrollWidth > element.clientWidth + 1 &&
        getComputedStyle(element).overflowX !== 'auto' &&
        getComputedStyle(element).display !== 'inline' &&
        !element.closest('.sr-only, thead'),
    )
    for (const element of cut.slice(0, 3))
      faults.push(`words wider than their place: ${shown(element)} "${element.textContent?.trim().slice(0, 40) ?? ''}"`)
    return faults
  })
  return [...wide, ...(await axeViolations(page))]
}
