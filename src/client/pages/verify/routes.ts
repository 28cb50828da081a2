import type { RouteRecordRaw } from 'vue-router'

export const verifyRoutes: RouteRecordRaw[] = [
  {
    path: '/verify',
    name: 'verify',
    component: () => import('#client/pages/verify/VerifyForm.vue'),
    meta: { title: 'join.verify.title' },
  },
]
