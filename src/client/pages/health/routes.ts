import type { RouteRecordRaw } from 'vue-router'

export const healthRoutes: RouteRecordRaw[] = [
  {
    path: '/health',
    name: 'health',
    component: () => import('#client/pages/health/HealthBoard.vue'),
    meta: { title: 'join.health.title' },
  },
]
