// How this person reads the screen: theme and text size. Kept on this device, never sent anywhere.
import { ref, watch } from 'vue'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** Text sizes in percent of the browser's own. */
export const textSizes = [100, 125, 150, 200] as const
export type TextSize = (typeof textSizes)[number]

const themeKey = 'xincheng.theme'
const textSizeKey = 'xincheng.text-size'

function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // A browser that keeps nothing still shows the choice until it is closed.
  }
}

export const theme = ref<Theme>(themes.find((one) => one === remembered(themeKey)) ?? 'system')
export const textSize = ref<TextSize>(textSizes.find((one) => String(one) === remembered(textSizeKey)) ?? 100)

/** Puts both preferences on the document and keeps them there. */
export function applyDisplayPreferences(): void {
  const root = document.documentElement
  watch(
    theme,
    (chosen) => {
      if (chosen === 'system') delete root.dataset['theme']
      else root.dataset['theme'] = chosen
      remember(themeKey, chosen)
    },
    { immediate: true },
  )
  watch(
    textSize,
    (chosen) => {
      root.style.setProperty('--text-scale', `${chosen}%`)
      // From 150 % on, layouts fall to one column (the `large:` variant).
      if (chosen >= 150) root.dataset['textSize'] = 'large'
      else delete root.dataset['textSize']
      remember(textSizeKey, String(chosen))
    },
    { immediate: true },
  )
}
