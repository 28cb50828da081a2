// A wish as the kiosk shows it. A wish for a skill this tablet does not know is shown as that, never left out.
import { useI18n } from 'vue-i18n'
import type { Wish } from '#contract/kinds/trainee.ts'
import { useWords } from '#client/components/both-words.ts'
import { useKiosk } from '#client/stores/kiosk.ts'
import type { Wanted } from '#client/stores/kiosk.ts'

export interface WishView {
  readonly key: string
  readonly wish: Wanted & Partial<Wish>
  readonly known: boolean
  readonly name: string
  readonly level: string
  readonly picture: string
  readonly plate: number
  /** Why he wants it, in words; null where he did not say. */
  readonly why: string | null
}

/** Puts words and pictures to a wish, in the person's language. */
export function useWishView(): (wish: Wanted & Partial<Wish>) => WishView {
  const { t } = useI18n({ useScope: 'global' })
  const words = useWords()
  const kiosk = useKiosk()
  return (wish) => {
    const occupation = kiosk.itemOf(wish.occupationId)?.occupation
    return {
      key: `${wish.occupationId}-${String(wish.skillLevel)}`,
      wish,
      known: occupation !== undefined,
      name: occupation ? words(occupation.name) : t('kiosk.wishes.unknownName'),
      level: t(`records.skillLevel.${wish.skillLevel}`),
      picture: occupation?.icon ?? 'signpost',
      plate: occupation?.group.plate ?? 1,
      why: wish.reason === null || wish.reason === undefined ? null : t(`records.wishReason.${wish.reason}`),
    }
  }
}
