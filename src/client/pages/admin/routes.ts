import type { RouteRecordRaw } from 'vue-router'
import { peopleRoutes } from '#client/pages/admin/people-routes.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Name of the route the arrow in the bar leads back to. */
    back?: string
    /** A page that is shown before anybody has signed in. */
    withoutSignIn?: boolean
  }
}

// The parts of one class: children of its frame, which draws the course line and the list of parts.
const classRoutes: RouteRecordRaw[] = [
  { path: '', name: 'admin-class', component: () => import('#client/pages/admin/CompletionCheckList.vue') },
  { path: 'roster', name: 'admin-class-roster', component: () => import('#client/pages/admin/ClassRoster.vue') },
  {
    path: 'timetable',
    name: 'admin-class-timetable',
    component: () => import('#client/pages/admin/ClassTimetable.vue'),
  },
  {
    path: 'attendance',
    name: 'admin-class-attendance',
    component: () => import('#client/pages/admin/ClassAttendance.vue'),
  },
  { path: 'scores', name: 'admin-class-scores', component: () => import('#client/pages/admin/ClassScores.vue') },
  { path: 'findings', name: 'admin-class-findings', component: () => import('#client/pages/admin/ClassFindings.vue') },
  {
    path: 'certificates',
    name: 'admin-class-certificates',
    component: () => import('#client/pages/admin/ClassCertificates.vue'),
  },
  { path: 'papers', name: 'admin-class-papers', component: () => import('#client/pages/admin/ClassPapers.vue') },
].map((route) => ({ ...route, meta: { title: 'office.nav.classes', back: 'admin-classes' } }))

export const adminRoutes: RouteRecordRaw[] = [
  {
    path: '/admin',
    component: () => import('#client/pages/admin/AdminFrame.vue'),
    children: [
      // Classes and certificates.
      {
        path: '',
        name: 'admin-board',
        component: () => import('#client/pages/admin/AdminBoard.vue'),
        meta: { title: 'office.nav.board' },
      },
      {
        path: 'classes',
        name: 'admin-classes',
        component: () => import('#client/pages/admin/ClassList.vue'),
        meta: { title: 'office.nav.classes' },
      },
      {
        path: 'classes/new',
        name: 'admin-class-new',
        component: () => import('#client/pages/admin/ClassPlanForm.vue'),
        meta: { title: 'office.plan.short', back: 'admin-classes' },
      },
      {
        path: 'classes/:classId',
        component: () => import('#client/pages/admin/ClassDetail.vue'),
        children: classRoutes,
      },
      {
        path: 'certificates',
        name: 'admin-certificates',
        component: () => import('#client/pages/admin/CertificateList.vue'),
        meta: { title: 'office.nav.certificates' },
      },
      {
        path: 'certificates/:classId/:number',
        name: 'admin-certificate',
        component: () => import('#client/pages/admin/CertificateDetail.vue'),
        meta: { title: 'office.nav.certificates', back: 'admin-certificates' },
      },
      // People, occupations and settings: see people-routes.ts.
      ...peopleRoutes,
    ],
  },
]
