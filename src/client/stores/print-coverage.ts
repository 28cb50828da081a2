// Which characters the site's certificate typeface can print, as the site last answered; remembered, so that check lists speak offline too.
import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import { PrintCoverage } from '#contract/paper.ts'
import { isCovered, type UnprintableCharacter, unprintableIn } from '#domain/certificate/printable.ts'
import { clientCore } from '#client/stores/container.ts'

const REMEMBERED_KEY = 'xincheng.print-coverage'

function remembered(): PrintCoverage | null {
  try {
    const parsed = PrintCoverage.safeParse(JSON.parse(localStorage.getItem(REMEMBERED_KEY) ?? ''))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

function remember(coverage: PrintCoverage): void {
  try {
    localStorage.setItem(REMEMBERED_KEY, JSON.stringify(coverage))
  } catch {
    // Without room for it the site is asked again next time.
  }
}

export const usePrintCoverage = defineStore('print-coverage', () => {
  const core = clientCore()
  const coverage = shallowRef(remembered())
  let asked = false

  /** Asks the site once; a site that cannot be reached is asked again at the next occasion. */
  async function load(): Promise<void> {
    if (asked || core.joined.value === null) return
    asked = true
    const answer = await core.calls.printCoverage()
    asked = answer.ok
    if (!answer.ok) return
    coverage.value = answer.value
    remember(answer.value)
  }
  watch([core.joined, core.signInToken], () => void load(), { immediate: true })

  /** The characters of a text that cannot be printed; none while the site has not said which it can. */
  function unprintable(text: string): UnprintableCharacter[] {
    const ranges = coverage.value?.ranges
    return ranges === undefined ? [] : unprintableIn(text, (codePoint) => isCovered(ranges, codePoint))
  }
  return { load, unprintable }
})
