import { useI18n } from 'vue-i18n'

/** Picks the words of the person's language. */
export function useWords(): (words: { readonly zh: string; readonly en: string }) => string {
  const { locale } = useI18n({ useScope: 'global' })
  return (words) => (locale.value === 'en' ? words.en : words.zh)
}
