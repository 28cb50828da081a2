import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import type { RouteLocationRaw } from 'vue-router'
import { useOwnCard } from '#client/stores/own-card.ts'

/** The way to the wishes: straight on with an open card, else past the question who one is. */
export function useWishesRoute(): ComputedRef<RouteLocationRaw> {
  const own = useOwnCard()
  return computed(() =>
    own.card === null ? { name: 'kiosk-identify', query: { next: 'kiosk-wishes' } } : { name: 'kiosk-wishes' },
  )
}
