// The language of the screen: `?lang=` wins, then what was chosen before on this device, then Chinese.
import { watch } from 'vue'
import { createI18n } from 'vue-i18n'
import { messageText } from '#client/app/message-text.ts'
import type { Translated } from '#client/app/messages/translated.ts'
import type { Messages } from '#client/app/messages/zh-CN.ts'
import { common } from '#client/app/messages/zh-CN/common.ts'
import { entrance } from '#client/app/messages/zh-CN/entrance.ts'

export const locales = ['zh-CN', 'en'] as const
export type AppLocale = (typeof locales)[number]

const rememberedKey = 'xincheng.locale'

/** The locale an address and a remembered word ask for; Chinese for anything else. */
export function localeOf(search: string, remembered: string | null): AppLocale {
  const asked = new URLSearchParams(search).get('lang') ?? remembered
  return locales.find((locale) => locale === asked) ?? 'zh-CN'
}

// The entrance paints with these few words; the words of the journeys come with the first page behind it.
const firstWords = { common, entrance } as Translated<Messages>

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN' as string,
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': firstWords } as Record<string, Translated<Messages>>,
  messageCompiler: messageText,
  missingWarn: import.meta.env.DEV,
  fallbackWarn: false,
})

async function loadEnglish(locale: string): Promise<void> {
  if (locale !== 'en' || i18n.global.availableLocales.includes(locale)) return
  const { englishMessages } = await import('#client/app/messages/en.ts')
  i18n.global.setLocaleMessage(locale, englishMessages)
}

let kioskWords: Promise<void> | undefined
let allWords: Promise<void> | undefined

function loadKioskWords(): Promise<void> {
  kioskWords ??= import('#client/app/messages/kiosk-words.ts').then(({ kioskMessages }) => {
    i18n.global.mergeLocaleMessage('zh-CN', kioskMessages)
  })
  return kioskWords
}

function loadAllWords(): Promise<void> {
  allWords ??= import('#client/app/messages/zh-CN.ts').then(({ chineseMessages }) => {
    i18n.global.setLocaleMessage('zh-CN', chineseMessages)
  })
  return allWords
}

/** The words of what is told of the stores on any page, also the first. */
export async function loadStorageWords(): Promise<void> {
  const { storage } = await import('#client/app/messages/zh-CN/storage.ts')
  i18n.global.mergeLocaleMessage('zh-CN', { storage })
}

/**
 * The words of the page at a path in Chinese, which are also the ones shown where a translation is missing. The entrance has its own from the
 * beginning, the kiosk takes its few, every other page takes all. Each is loaded once.
 */
export async function loadWordsOf(path: string): Promise<void> {
  if (path === '/') return
  await (path === '/kiosk' || path.startsWith('/kiosk/') ? (allWords ?? loadKioskWords()) : loadAllWords())
}

function readRemembered(): string | null {
  try {
    return localStorage.getItem(rememberedKey)
  } catch {
    return null
  }
}

/**
 * Chooses the language before the first paint and follows every later choice: whoever sets the locale
 * (the language switch does) gets its words loaded, the document's `lang`, and the choice remembered.
 */
export async function startI18n(): Promise<void> {
  const chosen = localeOf(location.search, readRemembered())
  await loadEnglish(chosen)
  i18n.global.locale.value = chosen
  watch(
    i18n.global.locale,
    (locale) => {
      void loadEnglish(locale)
      document.documentElement.lang = locale
      try {
        localStorage.setItem(rememberedKey, locale)
      } catch {
        // A browser that keeps nothing still shows the choice until it is closed.
      }
    },
    { immediate: true },
  )
}
