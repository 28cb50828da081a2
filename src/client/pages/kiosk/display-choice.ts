// Size of words and language as somebody chose them at the kiosk, and as they were before: the next one finds them as they were.
import { computed, shallowRef } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import { textSize, textSizes } from '#client/components/display-preferences.ts'
import type { TextSize } from '#client/components/display-preferences.ts'

interface Display {
  readonly textSize: TextSize
  readonly locale: string
}

const before = shallowRef<Display | null>(null)

/** What may be chosen next, whether anything was chosen, and how to take it back. */
export interface DisplayChoice {
  /** The next larger size; undefined at the largest. */
  readonly larger: ComputedRef<TextSize | undefined>
  readonly changed: ComputedRef<boolean>
  changeSize(): void
  changeLanguage(to: string): void
  putBack(): void
}

/** The choice over the app's language. */
export function useDisplayChoice(locale: Ref<string>): DisplayChoice {
  const larger = computed(() => textSizes[textSizes.indexOf(textSize.value) + 1])
  function remember(): void {
    before.value ??= { textSize: textSize.value, locale: locale.value }
  }
  return {
    larger,
    changed: computed(() => before.value !== null),
    changeSize() {
      remember()
      textSize.value = larger.value ?? textSizes[0]
    },
    changeLanguage(to) {
      remember()
      locale.value = to
    },
    putBack() {
      if (before.value === null) return
      textSize.value = before.value.textSize
      locale.value = before.value.locale
      before.value = null
    },
  }
}
