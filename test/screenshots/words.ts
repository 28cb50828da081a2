// The words of the screen by their message keys, so that one way through the program works in both languages.
import { englishMessages } from '#client/app/messages/en.ts'
import { chineseMessages } from '#client/app/messages/zh-CN.ts'

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string

/** Answers the text at a dotted key, with its places filled; throws for a key that is not there. */
export function wordsOf(language: Language): Say {
  const tree: unknown = language === 'en' ? englishMessages : chineseMessages
  return (key, values = {}) => {
    const text = key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], tree)
    if (typeof text !== 'string') throw new Error(`no message ${key}`)
    return text.replaceAll(/\{(\w+)\}/g, (_place, name: string) => String(values[name] ?? ''))
  }
}
