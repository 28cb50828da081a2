import { useI18n } from 'vue-i18n'
import type { OfficeNo } from '#client/stores/office-desk.ts'
import type { Refusal } from '#domain/shared/refusal.ts'

/** What a person reads when something was not done: what happened, what is safe, what to do. */
interface NoWords {
  readonly text: string
  readonly code: string
}

/** Where on a certificate the character stands that cannot be printed, as the sentences know it. */
function glyphPlace(params: Readonly<Record<string, string | number>> = {}): string {
  const field = String(params['field'] ?? '')
  if (field === 'holderName' || field === 'idNumber') return 'person'
  return field === 'issuerName' || field === 'occupationName' ? field : 'other'
}

/** Turns a no of the law or of the server into words. A code without a sentence still shows itself. */
export function useOfficeWords(): {
  refusal: (no: { readonly code: string; readonly details: Refusal['details'] }) => NoWords
  no: (no: OfficeNo) => NoWords
  fault: (code: string) => NoWords
} {
  const { t, te } = useI18n({ useScope: 'global' })
  const sentence = (key: string, params: Readonly<Record<string, string | number>> = {}) =>
    te(key, 'zh-CN') ? t(key, params) : t('office.no.unknown')
  const refusal = (no: { readonly code: string; readonly details: Refusal['details'] }): NoWords => ({
    text: sentence(`refusals.${no.code}`, no.details),
    code: no.code,
  })
  const fault = (code: string): NoWords => ({
    text: code === 'offline' || code === 'timeout' ? t(`office.no.${code}`) : sentence(`faults.${code}`),
    code,
  })
  return {
    refusal,
    fault,
    no: (no) => {
      if (no.kind === 'given-up') return { text: t('office.no.given-up'), code: 'given-up' }
      if (no.kind === 'fault') return fault(no.fault)
      const { problem } = no
      if (problem.code === 'glyph-missing')
        return {
          text: t(`correction.printing.no.${glyphPlace(problem.params)}`, problem.params ?? {}),
          code: problem.code,
        }
      if (problem.code === 'refused' && problem.refusal)
        return { text: sentence(`refusals.${problem.refusal}`, problem.params), code: problem.refusal }
      return { text: sentence(`problems.${problem.code}`, problem.params), code: problem.code }
    },
  }
}
