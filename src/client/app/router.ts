// The pages of all journeys. Each journey lists its own routes and loads its pages only when they are opened.
import { watch } from 'vue'
import {
  createRouter,
  createWebHistory,
  type RouteLocationNormalized,
  type Router,
  type RouterHistory,
} from 'vue-router'
import { i18n, loadWordsOf } from '#client/app/i18n.ts'
import { adminRoutes } from '#client/pages/admin/routes.ts'
import { entranceRoutes } from '#client/pages/entrance/routes.ts'
import { healthRoutes } from '#client/pages/health/routes.ts'
import { instructorRoutes } from '#client/pages/instructor/routes.ts'
import { joinRoutes } from '#client/pages/join/routes.ts'
import { kioskRoutes } from '#client/pages/kiosk/routes.ts'
import { trustRoutes } from '#client/pages/trust/routes.ts'
import { verifyRoutes } from '#client/pages/verify/routes.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Message key of the document's title. */
    title?: string
  }
}

// A page's code is fetched beside its words and the store, not after them. Whether it came is asked when the page opens.
function fetchPageOf({ matched }: RouteLocationNormalized): void {
  for (const { components } of matched)
    for (const page of Object.values(components ?? {}))
      if (typeof page === 'function' && !('displayName' in page))
        void Promise.resolve((page as () => unknown)()).catch(() => undefined)
}

export function createAppRouter(history: RouterHistory = createWebHistory()): Router {
  const router = createRouter({
    history,
    // The entrance comes last: it holds the page for every address nobody knows.
    routes: [
      ...joinRoutes,
      ...kioskRoutes,
      ...instructorRoutes,
      ...adminRoutes,
      ...verifyRoutes,
      ...trustRoutes,
      ...healthRoutes,
      ...entranceRoutes,
    ],
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  })
  router.beforeEach(fetchPageOf)
  // A page never shows a key instead of a word: its words are there before it opens.
  router.beforeEach((to) => loadWordsOf(to.path))
  watch(
    () => [router.currentRoute.value.meta.title, i18n.global.locale.value] as const,
    ([title]) => {
      const product = i18n.global.t('common.product')
      document.title = title ? `${i18n.global.t(title)} · ${product}` : product
    },
    { immediate: true },
  )
  return router
}
