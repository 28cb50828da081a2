// @vitest-environment happy-dom
// The demonstration is marked on every screen and on every sheet printed from one.
import { expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { mount } from '@vue/test-utils'
import KioskFrame from '#client/components/KioskFrame.vue'
import StaffFrame from '#client/components/StaffFrame.vue'
import { createTestI18n } from './mount-with-messages.ts'

const router = createRouter({
  history: createMemoryHistory(),
  routes: [{ path: '/', component: { render: () => null } }],
})
const mountFrame = (frame: typeof StaffFrame | typeof KioskFrame, demonstration: boolean) =>
  mount(frame as typeof StaffFrame, {
    props: { title: '今天', items: [], demonstration },
    global: { plugins: [createTestI18n(), router] },
  })

it.each([
  ['staff', StaffFrame],
  ['kiosk', KioskFrame],
])('a %s page carries it on the screen and on paper, a real facility nowhere', (_name, frame) => {
  const marked = mountFrame(frame, true)
  expect(marked.findAll('.print-only').map((one) => one.text())).toEqual(['演示数据'])
  expect(marked.findAll('.demo-mark').length).toBeGreaterThan(1)
  expect(mountFrame(frame, false).text()).not.toContain('演示数据')
})
