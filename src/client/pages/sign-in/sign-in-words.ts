import { useI18n } from 'vue-i18n'

/** What a sign-in that did not work answers. */
interface SignInNo {
  readonly code: string
  readonly triesLeft?: number | undefined
}

/** The sentence for a sign-in that did not work: what happened and what to do. */
export function useSignInWords(): (no: SignInNo) => string {
  const { t, te } = useI18n({ useScope: 'global' })
  return (no) => {
    if (no.code === 'wrong-pin' && no.triesLeft !== undefined)
      return t('office.signIn.no.wrong-pin-left', { count: no.triesLeft })
    const key = `office.signIn.no.${no.code}`
    return te(key) ? t(key) : t('office.signIn.no.server-says-no')
  }
}
