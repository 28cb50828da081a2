// @vitest-environment happy-dom
// Joining, setting up and checking a certificate as a person does it, over the real core.
import { flushPromises, mount } from '@vue/test-utils'
import { getActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { createClientCore } from '#client/client-core.ts'
import type { ClientCore } from '#client/stores/container.ts'
import HealthBoard from '#client/pages/health/HealthBoard.vue'
import JoinForm from '#client/pages/join/JoinForm.vue'
import SetupForm from '#client/pages/join/SetupForm.vue'
import VerifyForm from '#client/pages/verify/VerifyForm.vue'
import { seededRandom } from '#test/support/seeded-random.ts'
import { byRole, createTestI18n } from '../../components/mount-with-messages.ts'
import { makePaperSite, RIGHT_CODE, SIMPLE_PIN } from '../../support/paper-site.ts'
import { makeTestBrowser, testSurroundings } from '../../support/test-browser.ts'
import { openStores } from '../../support/test-stores.ts'

let site: ReturnType<typeof makePaperSite>
let core: ClientCore

beforeEach(async () => {
  site = makePaperSite()
  const browser = makeTestBrowser()
  core = createClientCore(
    testSurroundings(browser, browser.openWindow(), seededRandom(1), { clock: () => 0, fetch: site.fetch }),
  )
  await core.start(null)
  openStores(core)
})

function open(page: Component) {
  const pinia = getActivePinia()
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:any(.*)*', component: { render: () => null } }],
  })
  return mount(page, {
    attachTo: document.body,
    global: { plugins: [createTestI18n(), router, ...(pinia === undefined ? [] : [pinia])] },
  })
}
async function type(name: string, text: string): Promise<void> {
  const input = byRole('textbox', name) as HTMLInputElement
  input.value = text
  input.dispatchEvent(new Event('input', { bubbles: true }))
  await flushPromises()
}
async function press(name: string): Promise<void> {
  byRole('button', name).click()
  await flushPromises()
}
const pageText = (): string => document.body.textContent?.replaceAll(/\s+/g, ' ') ?? ''

describe('joining', () => {
  it('says what is wrong with a code, joins with a right one, and leads to the set-up', async () => {
    open(JoinForm)
    await type('加入码', 'abc')
    await press('加入')
    expect(pageText()).toContain('加入码是八位')
    await type('加入码', 'abcd 9999')
    await press('加入')
    await vi.waitUntil(() => pageText().includes('加入码不对、已用过或已过期'))
    expect(core.joined.value).toBe(null)
    await type('加入码', RIGHT_CODE.toLowerCase())
    // An impatient person taps twice; one device joins.
    byRole('button', '加入').click()
    await press('加入')
    await vi.waitUntil(() => pageText().includes('已加入'))
    await vi.waitUntil(() => pageText().includes('去做首次设置'))
    expect(site.requests.filter(({ path }) => path === '/api/join')).toHaveLength(2)
    expect(core.joined.value?.device).toMatchObject({ purpose: 'office', label: '平板' })
  })
})

describe('lasting storage', () => {
  it('is asked for where a device joins, and a no says what follows from it', async () => {
    const browser = makeTestBrowser()
    const asked: boolean[] = []
    const answers = [false, false, true]
    core = createClientCore(
      testSurroundings(browser, browser.openWindow(), seededRandom(2), {
        ...{ clock: () => 0, fetch: site.fetch, persisted: () => Promise.resolve(false) },
        persist: () => {
          asked.push(true)
          return Promise.resolve(answers.shift() ?? true)
        },
      }),
    )
    await core.start(null)
    openStores(core)
    open(JoinForm)
    await type('加入码', RIGHT_CODE.toLowerCase())
    await press('加入')
    await vi.waitUntil(() => pageText().includes('请允许浏览器长期保存记录'))
    await press('请求许可')
    await vi.waitUntil(() => pageText().includes('浏览器没有答应长期保存'))
    expect(pageText()).toContain('这台平板不能开始点名')
    await press('再请求一次')
    await vi.waitUntil(() => pageText().includes('浏览器答应长期保存这台设备上的记录'))
    expect(asked).toHaveLength(3)
  })
})

describe('the first set-up', () => {
  it('sends a device that has not joined to join', async () => {
    open(SetupForm)
    await vi.waitUntil(() => pageText().includes('这台设备还没有加入'))
  })

  it('names every field that is wrong, refuses a simple PIN, and founds the facility', async () => {
    await core.join(RIGHT_CODE, 'office')
    open(SetupForm)
    await vi.waitUntil(() => pageText().includes('建立本单位'))
    await press('建立')
    for (const sentence of [
      '请填写单位名称',
      '请选择单位类别',
      '请选择所在市',
      '账号要小写字母开头',
      '请填写姓名',
      'PIN 要正好六位数字',
    ])
      expect(pageText()).toContain(sentence)
    await type('单位名称 *', '测试监狱')
    document.querySelector<HTMLInputElement>('input[type="radio"]')?.click()
    const city = document.querySelector('select')
    if (city === null) throw new Error('no list of cities')
    city.value = '340200'
    city.dispatchEvent(new Event('change', { bubbles: true }))
    await type('姓名 *', '赵管理')
    await type('账号 *', 'boss1')
    await type('PIN *', '583920')
    await type('再输一次 PIN *', '583921')
    await press('建立')
    expect(pageText()).toContain('两次输入的 PIN 不一样')
    await type('PIN *', SIMPLE_PIN)
    await type('再输一次 PIN *', SIMPLE_PIN)
    await press('建立')
    await vi.waitUntil(() => pageText().includes('这个 PIN 太容易猜到'))
    await type('PIN *', '583920')
    await type('再输一次 PIN *', '583920')
    await press('建立')
    await vi.waitUntil(() => pageText().includes('本单位已经建立'))
    expect(site.requests.filter(({ path }) => path === '/api/setup').at(-1)?.body).toEqual({
      facilityName: '测试监狱',
      facilityKind: 'prison',
      cityCode: '340200',
      account: 'boss1',
      displayName: '赵管理',
      pin: '583920',
    })
  })
})

describe('checking a certificate', () => {
  it('asks for a text, and says in words what it is', async () => {
    open(VerifyForm)
    await press('核对')
    expect(pageText()).toContain('请先扫码或贴入文字')
    await type('二维码里的文字', 'https://example.org')
    await press('核对')
    await vi.waitUntil(() => pageText().includes('这不是证书的二维码'))
  })
})

describe('the state of the device', () => {
  it('shows nine lights in words, and that the device has not joined', async () => {
    open(HealthBoard)
    await vi.waitUntil(() => pageText().includes('连得上，工作正常'))
    expect(document.querySelectorAll('.health-light')).toHaveLength(9)
    expect(pageText()).toContain('还没有加入')
    expect(pageText()).toContain('站点没有设夜间备份')
  })
})
