import type { RouteRecordRaw } from 'vue-router'
import RoleChooser from '#client/pages/entrance/RoleChooser.vue'

export const entranceRoutes: RouteRecordRaw[] = [
  { path: '/', component: RoleChooser, meta: { title: 'entrance.title' } },
  {
    path: '/design',
    component: () => import('#client/pages/entrance/DesignBoard.vue'),
    meta: { title: 'entrance.design.title' },
  },
  {
    path: '/:unknown(.*)*',
    component: () => import('#client/pages/entrance/NotFoundDetail.vue'),
    meta: { title: 'entrance.notFound.title' },
  },
]
