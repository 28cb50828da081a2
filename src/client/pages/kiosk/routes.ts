import type { RouteRecordRaw } from 'vue-router'

export const kioskRoutes: RouteRecordRaw[] = [
  {
    path: '/kiosk',
    name: 'kiosk',
    component: () => import('#client/pages/kiosk/OccupationBoard.vue'),
    meta: { title: 'kiosk.home.title' },
  },
  {
    path: '/kiosk/group/:groupId',
    name: 'kiosk-group',
    component: () => import('#client/pages/kiosk/OccupationList.vue'),
    meta: { title: 'kiosk.nav.find' },
  },
  {
    path: '/kiosk/occupation/:occupationId',
    name: 'kiosk-occupation',
    component: () => import('#client/pages/kiosk/OccupationDetail.vue'),
    meta: { title: 'kiosk.nav.find' },
  },
  {
    path: '/kiosk/identify',
    name: 'kiosk-identify',
    component: () => import('#client/pages/kiosk/IdentifyForm.vue'),
    meta: { title: 'kiosk.identify.title' },
  },
  {
    path: '/kiosk/wishes',
    name: 'kiosk-wishes',
    component: () => import('#client/pages/kiosk/WishesForm.vue'),
    meta: { title: 'kiosk.wishes.title' },
  },
  {
    path: '/kiosk/me',
    name: 'kiosk-me',
    component: () => import('#client/pages/kiosk/OwnStateDetail.vue'),
    meta: { title: 'kiosk.me.title' },
  },
]
