import { computed, type ComputedRef } from 'vue'
import { useRoute, useRouter, type RouteLocationRaw } from 'vue-router'

/**
 * The item whose page is shown: the one with the longest path that the present path lies under,
 * so that a class's own page still marks the list of classes.
 */
export function useCurrentItem<Item extends { readonly to: RouteLocationRaw }>(
  items: () => readonly Item[],
): ComputedRef<Item | undefined> {
  const router = useRouter()
  const route = useRoute()
  return computed(() => {
    const under = items()
      .map((item) => ({ item, path: router.resolve(item.to).path.replace(/\/$/, '') }))
      .filter(({ path }) => route.path === path || route.path.startsWith(`${path}/`))
      .sort((left, right) => right.path.length - left.path.length)
    return under[0]?.item
  })
}
