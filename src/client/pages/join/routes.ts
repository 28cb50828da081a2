import type { RouteRecordRaw } from 'vue-router'

export const joinRoutes: RouteRecordRaw[] = [
  {
    path: '/join',
    name: 'join',
    component: () => import('#client/pages/join/JoinForm.vue'),
    meta: { title: 'join.form.title' },
  },
  {
    path: '/setup',
    name: 'setup',
    component: () => import('#client/pages/join/SetupForm.vue'),
    meta: { title: 'join.setup.title' },
  },
]
