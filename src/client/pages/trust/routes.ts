import type { RouteRecordRaw } from 'vue-router'

export const trustRoutes: RouteRecordRaw[] = [
  {
    path: '/trust',
    name: 'trust',
    component: () => import('#client/pages/trust/TrustGuide.vue'),
    meta: { title: 'trust.title' },
  },
]
