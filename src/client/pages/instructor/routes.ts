import type { RouteRecordRaw } from 'vue-router'

const lesson = '/instructor/class/:classId/session/:sessionId'

export const instructorRoutes: RouteRecordRaw[] = [
  {
    path: '/instructor',
    name: 'instructor-day',
    component: () => import('#client/pages/instructor/DayList.vue'),
    meta: { title: 'instructor.day.title' },
  },
  {
    path: '/instructor/classes',
    name: 'instructor-classes',
    component: () => import('#client/pages/instructor/ClassList.vue'),
    meta: { title: 'instructor.classes.title' },
  },
  {
    path: '/instructor/outbox',
    name: 'instructor-outbox',
    component: () => import('#client/pages/instructor/OutboxList.vue'),
    meta: { title: 'instructor.outbox.title' },
  },
  {
    path: '/instructor/class/:classId',
    name: 'instructor-class',
    component: () => import('#client/pages/instructor/ClassDetail.vue'),
    meta: { title: 'instructor.class.title' },
  },
  {
    path: '/instructor/class/:classId/scores',
    name: 'instructor-scores',
    component: () => import('#client/pages/instructor/ScoreSheet.vue'),
    meta: { title: 'instructor.scores.title' },
  },
  {
    path: `${lesson}/roll-call`,
    name: 'instructor-roll-call',
    component: () => import('#client/pages/instructor/RollCallSheet.vue'),
    meta: { title: 'instructor.rollCall.title' },
  },
  {
    path: `${lesson}/roll-call/paper`,
    name: 'instructor-roll-call-paper',
    component: () => import('#client/pages/instructor/RollCallPaper.vue'),
    meta: { title: 'instructor.rollCall.paper.title' },
  },
  {
    path: `${lesson}/lesson-log`,
    name: 'instructor-lesson-log',
    component: () => import('#client/pages/instructor/LessonLogForm.vue'),
    meta: { title: 'instructor.lessonLog.title' },
  },
]
