// @vitest-environment happy-dom
// The tabs at the foot: how many fit, and what becomes of the rest.
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import BottomTabs from '#client/components/BottomTabs.vue'
import { textSize } from '#client/components/display-preferences.ts'
import { createTestI18n } from '#test/client/components/mount-with-messages.ts'

const items = ['总览', '学员', '班级', '证书', '工种'].map((label, index) => ({
  ...{ label, to: `/${index}` },
  icon: 'house' as const,
}))

async function tabs(count: number): Promise<string[]> {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:any(.*)*', component: { render: () => null } }],
  })
  await router.push('/0')
  const wrapper = mount(BottomTabs, {
    props: { items: items.slice(0, count), label: '主菜单' },
    global: { plugins: [createTestI18n(), router] },
  })
  await flushPromises()
  return wrapper.findAll('nav > a, nav > button').map((tab) => tab.text())
}

afterEach(() => {
  textSize.value = 100
})

describe('tabs at the foot', () => {
  it('are five, where there are five', async () => {
    expect(await tabs(5)).toEqual(['总览', '学员', '班级', '证书', '工种'])
  })

  it('leave room for large words: two tabs, and the rest behind a third', async () => {
    textSize.value = 200
    expect(await tabs(5)).toEqual(['总览', '学员', '更多'])
    expect(await tabs(3)).toEqual(['总览', '学员', '班级'])
  })
})
