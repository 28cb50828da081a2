import type { RouteRecordRaw } from 'vue-router'

// Pages about people and the house, as children of the office's frame (routes.ts): paths are relative to `/admin`.
// No address names a person by anything but his id.
const settingsRoutes: RouteRecordRaw[] = [
  { path: '', name: 'admin-settings', component: () => import('#client/pages/admin/settings/StaffList.vue') },
  {
    path: 'providers',
    name: 'admin-settings-providers',
    component: () => import('#client/pages/admin/settings/ProviderList.vue'),
  },
  { path: 'rooms', name: 'admin-settings-rooms', component: () => import('#client/pages/admin/settings/RoomList.vue') },
  {
    path: 'devices',
    name: 'admin-settings-devices',
    component: () => import('#client/pages/admin/settings/DeviceList.vue'),
  },
  {
    path: 'files',
    name: 'admin-settings-files',
    component: () => import('#client/pages/admin/settings/BatchImport.vue'),
  },
  {
    path: 'facility',
    name: 'admin-settings-facility',
    component: () => import('#client/pages/admin/settings/FacilityDetail.vue'),
  },
  {
    path: 'rules',
    name: 'admin-settings-rules',
    component: () => import('#client/pages/admin/settings/HouseRules.vue'),
  },
].map((route) => ({ ...route, meta: { title: 'office.nav.settings' } }))

const syllabusPath = 'catalogue/:occupationId/:syllabusId'

export const peopleRoutes: RouteRecordRaw[] = [
  {
    path: 'people',
    name: 'admin-people',
    component: () => import('#client/pages/admin/people/PeopleList.vue'),
    meta: { title: 'office.nav.people' },
  },
  {
    path: 'people/import',
    name: 'admin-people-import',
    component: () => import('#client/pages/admin/people/RosterImport.vue'),
    meta: { title: 'roster.heading', back: 'admin-people' },
  },
  {
    path: 'people/codes',
    name: 'admin-people-codes',
    component: () => import('#client/pages/admin/people/CodeSlips.vue'),
    meta: { title: 'office.nav.people', back: 'admin-people' },
  },
  {
    path: 'people/wishes',
    name: 'admin-people-wishes',
    component: () => import('#client/pages/admin/people/WishesDemand.vue'),
    meta: { title: 'people.nav.wishes', back: 'admin-people' },
  },
  {
    path: 'people/:traineeId',
    name: 'admin-person',
    component: () => import('#client/pages/admin/people/TraineeDetail.vue'),
    meta: { title: 'office.nav.people', back: 'admin-people' },
  },
  {
    path: 'catalogue',
    name: 'admin-catalogue',
    component: () => import('#client/pages/admin/settings/CatalogueList.vue'),
    meta: { title: 'office.nav.catalogue' },
  },
  {
    path: 'catalogue/:occupationId',
    name: 'admin-occupation',
    component: () => import('#client/pages/admin/settings/OccupationDetail.vue'),
    meta: { title: 'office.nav.catalogue', back: 'admin-catalogue' },
  },
  {
    path: syllabusPath,
    name: 'admin-syllabus',
    component: () => import('#client/pages/admin/settings/SyllabusDetail.vue'),
    meta: { title: 'office.nav.catalogue', back: 'admin-occupation' },
  },
  {
    path: `${syllabusPath}/edit`,
    name: 'admin-syllabus-edit',
    component: () => import('#client/pages/admin/settings/SyllabusForm.vue'),
    meta: { title: 'office.nav.catalogue', back: 'admin-syllabus' },
  },
  {
    path: 'settings',
    component: () => import('#client/pages/admin/settings/SettingsFrame.vue'),
    children: settingsRoutes,
  },
]
