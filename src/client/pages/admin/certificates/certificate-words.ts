import { useI18n } from 'vue-i18n'

/** How dates stand on a certificate. It is a Chinese paper in every language of the screen. */
export function useCertificateWords() {
  const { t } = useI18n({ useScope: 'global' })
  const zh = (key: string, params: Record<string, string | number> = {}) => t(key, params, { locale: 'zh-CN' })
  const parts = (on: string) => ({ year: on.slice(0, 4), month: Number(on.slice(5, 7)), day: Number(on.slice(8, 10)) })
  const digit = (value: number) => [...zh('office.paper.digits')][value] ?? ''
  function number(value: number): string {
    const tens = Math.floor(value / 10)
    const ones = value % 10
    const end = ones === 0 ? '' : digit(ones)
    return tens === 0 ? end : `${tens === 1 ? '' : digit(tens)}${zh('office.paper.ten')}${end}`
  }
  return {
    zh,
    inDigits: (on: string) => zh('office.paper.date', parts(on)),
    inWords: (on: string) => {
      const { year, month, day } = parts(on)
      return zh('office.paper.dateWords', {
        year: [...year].map((one) => digit(Number(one))).join(''),
        month: number(month),
        day: number(day),
      })
    },
  }
}
