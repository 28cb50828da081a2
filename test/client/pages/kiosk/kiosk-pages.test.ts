// @vitest-environment happy-dom
// The kiosk as a trainee uses it: finding, choosing, saying who he is, having it read back, leaving nothing behind.
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Router } from 'vue-router'
import { useKiosk } from '#client/stores/kiosk.ts'
import { useOwnCard } from '#client/stores/own-card.ts'
import { runAct } from '#server/ledger/perform-act.ts'
import { allByRole, byRole } from '../../components/mount-with-messages.ts'
import { traineeIdOf } from '../../support/test-class.ts'
import { ADMINISTRATOR, nameOf } from '../../support/test-people.ts'
import { pageText, sees, SEWING, settle, startKioskTablet, wish } from './kiosk-tablet.ts'
import type { KioskTablet } from './kiosk-tablet.ts'

let desk: KioskTablet

beforeEach(async () => {
  desk = await startKioskTablet()
})
afterEach(async () => {
  vi.useRealTimers()
  await desk.stop()
})

async function press(name: string): Promise<void> {
  byRole('button', name).click()
  await settle()
}
/** Buttons and links by the beginning of what is on or about them. */
function reach(start: string): HTMLElement {
  const found = [...document.querySelectorAll<HTMLElement>('a, button')].find((one) =>
    (one.getAttribute('aria-label') ?? one.textContent ?? '').trim().startsWith(start),
  )
  if (!found) throw new Error(`nothing begins with "${start}": ${pageText().slice(0, 600)}`)
  return found
}
async function type(name: string, text: string): Promise<void> {
  const input = byRole('textbox', name) as HTMLInputElement
  input.value = text
  input.dispatchEvent(new Event('input', { bubbles: true }))
  await settle()
}
async function typeSlip(number: string, code: string): Promise<void> {
  await type('编号', number)
  byRole('button', '下一步').closest('form')?.requestSubmit()
  await settle()
  await type('密码（6 位）', code)
}
async function identify(index: number): Promise<void> {
  const { number, code } = desk.slipOf(index)
  await typeSlip(number, code)
  await sees(nameOf(index))
}
const readBack = (): (string | undefined)[] =>
  [...document.querySelectorAll('.wishes-said p')].map((line) => line.textContent?.trim())
const cardsShown = (): (string | undefined)[] =>
  [...document.querySelectorAll('.wish b')].map((line) => line.textContent?.trim())

describe('from the first page to three registered wishes', () => {
  it('takes five taps with an open card, and reads back what will be registered', async () => {
    const router = await desk.openPages('/kiosk/identify')
    await identify(1)
    await router.push('/kiosk')
    await sees('你想学什么手艺？')
    let taps = 0
    const tap = async (start: string) => {
      taps += 1
      reach(start).click()
      await settle()
    }
    await tap('做饭和点心')
    await sees('想学就点小旗')
    await tap('想学中式烹调师')
    await tap('想学西式面点师')
    expect(reach('第一志愿：中式烹调师').getAttribute('aria-pressed')).toBe('true')
    await tap('想学中式面点师')
    await sees('对不对？')
    expect(readBack()).toEqual([
      '我最想学中式烹调师（初级）',
      '不行就学西式面点师（初级）',
      '再不行学中式面点师（初级）',
    ])
    await tap('对，就这样登记')
    await sees('登记好了，可以再改。')
    expect(taps).toBe(5)
    expect(pageText()).toContain('登记好的志愿')
    expect(allByRole('button', '对，就这样登记')).toEqual([])
  })

  it('moves, takes out and gives back by keys, and the reading back follows', async () => {
    const router = await desk.openPages('/kiosk/identify')
    await identify(1)
    useKiosk().rank([SEWING, wish('chinese-cook', 4), wish('welder')])
    await router.push('/kiosk/wishes')
    await settle()
    await press('焊工 往前放')
    expect(readBack()).toEqual(['我最想学缝纫工（初级）', '不行就学焊工（初级）', '再不行学中式烹调师（中级）'])
    await press('拿掉 缝纫工')
    expect(cardsShown()).toEqual(['焊工 初级', '中式烹调师 中级'])
    expect(reach('再选一个').getAttribute('href')).toBe('/kiosk')
    await press('对，就这样登记')
    await sees('登记好了')
    await press('都不想学了，撤回')
    await sees('已经撤回。以后还可以再选。')
    expect(useKiosk().registered).toEqual([])
    await press('不撤了，放回来')
    await sees('登记好了')
    expect(useKiosk().registered).toEqual([wish('welder'), wish('chinese-cook', 4)])
  })

  it('shows a wish this tablet does not know, and says what to do', async () => {
    const router = await desk.openPages('/kiosk/identify')
    await identify(1)
    const own = useOwnCard()
    own.card = own.card && { ...own.card, wishes: [wish('long-gone', 4), SEWING] }
    await router.push('/kiosk/wishes')
    await sees('这台平板的目录里没有')
    expect(cardsShown()).toEqual(['目录里没有的手艺 中级', '缝纫工 初级'])
    await press('缝纫工 往前放')
    await press('对，就这样登记')
    await sees('没有登记上：有一个志愿，这台平板的目录里没有。')
    await press('拿掉 目录里没有的手艺')
    await press('对，就这样登记')
    await sees('登记好了')
  })

  it('says what found no place, and puts it in when there is one', async () => {
    await desk.openPages('/kiosk/identify')
    useKiosk().add(wish('electrician'))
    const { number, code } = desk.slipOf(1)
    await useOwnCard().open(number, code)
    useKiosk().rank([SEWING, wish('welder'), wish('chinese-cook')])
    await useKiosk().register()
    useOwnCard().close()
    useKiosk().add(wish('electrician'))
    await identify(1)
    await sees('还没放进去：电工')
    expect((byRole('button', '放进去') as HTMLButtonElement).disabled).toBe(true)
    await press('拿掉 焊工')
    await press('放进去')
    expect(cardsShown()).toEqual(['缝纫工 初级', '中式烹调师 初级', '电工 初级'])
  })
})

describe('saying who one is', () => {
  it('answers a wrong code and a locked card in words, and an unlocked one opens again', async () => {
    const router = await desk.openPages('/kiosk/identify?next=kiosk-me')
    const { number, code } = desk.slipOf(1)
    const wrong = code === '111111' ? '222222' : '111111'
    await typeSlip(number, wrong)
    await sees('编号或密码不对。再试一次，或者请老师帮忙。')
    expect((byRole('textbox', '密码（6 位）') as HTMLInputElement).value).toBe('')
    for (let tries = 2; tries <= 10; tries += 1) await useOwnCard().open(number, wrong)
    await type('密码（6 位）', code)
    await sees('试错太多次，卡片锁住了。请老师帮你打开。')
    expect((byRole('textbox', '密码（6 位）') as HTMLInputElement).disabled).toBe(true)
    await press('改编号')
    await desk.tablet.joined.cards.unlock(number)
    await typeSlip(number.toLowerCase(), code)
    await sees('我的进度')
    expect(router.currentRoute.value.name).toBe('kiosk-me')
  })

  it('says the same for a number nobody has, and another thing when no card has come at all', async () => {
    await desk.openPages('/kiosk/identify')
    await typeSlip('Z9999', '123456')
    await sees('编号或密码不对')
    for (const index of [1, 2, 3])
      await runAct(
        desk.site.context,
        ADMINISTRATOR,
        'markTraineeLeft' as never,
        { traineeId: traineeIdOf(index) } as never,
      ).catch(() => undefined)
    await desk.tablet.joined.cards.unlock('Z0001')
  })

  it('takes the number from keys on the screen, letters too', async () => {
    await desk.openPages('/kiosk/identify')
    for (const key of ['字母', 'Z', '数字', '0', '0', '7', '退一格', '1']) await press(key)
    expect((byRole('textbox', '编号') as HTMLInputElement).value).toBe('Z001')
  })
})

describe('an occupation', () => {
  it('shows hours and certificates of the level that is chosen', async () => {
    await desk.openPages('/kiosk/occupation/sewing-worker')
    const facts = () => document.querySelector('.facts')?.textContent ?? ''
    expect(facts()).toContain('初级工（五级）')
    const junior = /(\d+) 学时/.exec(facts())?.[1]
    await press('中级')
    expect(facts()).toContain('中级工（四级）')
    expect(/(\d+) 学时/.exec(facts())?.[1]).not.toBe(junior)
    await press('放进我的志愿')
    expect(useKiosk().wishes).toEqual([wish('sewing-worker', 4)])
    await sees('你是谁？')
  })

  it('is found by writing, and what nobody is called leaves the pictures there', async () => {
    await desk.openPages('/kiosk')
    const search = document.querySelector<HTMLInputElement>('input[type="search"]')
    const write = async (text: string) => {
      if (search) search.value = text
      search?.dispatchEvent(new Event('input', { bubbles: true }))
      await flushPromises()
    }
    await write('frg')
    expect(pageText()).toContain('找到 1 种')
    expect(reach('缝纫工').getAttribute('href')).toBe('/kiosk/occupation/sewing-worker')
    await write('zzz')
    expect(pageText()).toContain('没有找到“zzz”')
    expect(pageText()).toContain('做饭和点心')
  })
})

/** Everything of a person that must not be found once he is gone. */
async function expectNothingLeft(router: Router): Promise<void> {
  const own = useOwnCard()
  const kiosk = useKiosk()
  expect([own.card, desk.tablet.core.cardActor.value, own.wishes]).toEqual([null, null, []])
  expect(kiosk).toMatchObject({ wishes: [], left: [], registered: [], touched: false, query: '' })
  for (const personal of [nameOf(1), 'Z0001', desk.slipOf(1).code]) {
    expect(document.documentElement.outerHTML).not.toContain(personal)
    expect(router.currentRoute.value.fullPath).not.toContain(personal)
    expect(JSON.stringify({ ...localStorage })).not.toContain(personal)
  }
}

describe('the end', () => {
  async function leftAlone(): Promise<{ router: Router; pass: (seconds: number) => Promise<void> }> {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const router = await desk.openPages('/kiosk/identify')
    const pass = async (seconds: number) => {
      for (let second = 0; second < seconds; second += 1) {
        desk.clock.now += 1000
        vi.advanceTimersByTime(1000)
      }
      await settle()
    }
    await identify(1)
    useKiosk().rank([SEWING])
    await settle()
    return { router, pass }
  }

  it('comes after 30 quiet seconds, asks at 20, and leaves nothing of the person, nor on the way back', async () => {
    const { router, pass } = await leftAlone()
    await pass(19)
    expect(pageText()).not.toContain('秒回到首页我还在看')
    await pass(1)
    expect(pageText()).toContain('还有 10 秒回到首页')
    await press('我还在看')
    await pass(29)
    expect(pageText()).toContain('还有 1 秒回到首页')
    expect(pageText()).toContain(nameOf(1))
    await pass(1)
    await sees('你想学什么手艺？')
    await expectNothingLeft(router)
    router.back()
    await settle()
    await settle()
    await expectNothingLeft(router)
    await router.push('/kiosk/me')
    await sees('你是谁？')
  })

  it('does not come while somebody touches the screen, and not to a device that only slept', async () => {
    const { router, pass } = await leftAlone()
    await pass(25)
    window.dispatchEvent(new Event('pointerdown'))
    await pass(25)
    expect(pageText()).toContain(nameOf(1))
    // Asleep: no timer ran. The touch that wakes the device belongs to the next person.
    desk.clock.now += 600_000
    window.dispatchEvent(new Event('pointerdown'))
    await settle()
    await expectNothingLeft(router)
  })

  it('in the middle of registering neither loses the entry nor keeps the card', async () => {
    const { router } = await leftAlone()
    byRole('button', '对，就这样登记').click()
    await settle()
    await press('我用完了')
    await expectNothingLeft(router)
    await vi.waitUntil(() => desk.tablet.joined.ledger.ownWork().ownCount === 1)
  })

  it('comes for a search nobody cleared', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    await desk.openPages('/kiosk')
    useKiosk().query = '缝纫'
    await settle()
    desk.clock.now += 31_000
    vi.advanceTimersByTime(1000)
    expect(useKiosk().query).toBe('')
  })
})
