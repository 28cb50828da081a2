// @vitest-environment happy-dom
// The kiosk as a trainee uses it: finding, choosing, saying who he is, having it read back.
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useKiosk } from '#client/stores/kiosk.ts'
import { useOwnCard } from '#client/stores/own-card.ts'
import { allByRole, byRole } from '../../components/mount-with-messages.ts'
import { nameOf } from '../../support/test-people.ts'
import { identify, press, reach, type, typeSlip } from './kiosk-hand.ts'
import { pageText, sees, SEWING, settle, startKioskTablet, wish } from './kiosk-tablet.ts'
import type { KioskTablet } from './kiosk-tablet.ts'

let desk: KioskTablet

beforeEach(async () => {
  desk = await startKioskTablet()
})
afterEach(() => desk.stop())

const readBack = (): (string | undefined)[] =>
  [...document.querySelectorAll('.wishes-said p')].map((line) => line.textContent?.trim())
const cardsShown = (): (string | undefined)[] =>
  [...document.querySelectorAll('.wish b')].map((line) => line.textContent?.trim())

describe('from the first page to three registered wishes', () => {
  it('takes five taps with an open card, and reads back what will be registered', async () => {
    const router = await desk.openPages('/kiosk/identify')
    await identify(desk, 1)
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
    await identify(desk, 1)
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

  it('asks why in one sheet, takes no answer for an answer, and registers what was said', async () => {
    const router = await desk.openPages('/kiosk/identify')
    await identify(desk, 1)
    useKiosk().rank([SEWING, wish('welder')])
    await router.push('/kiosk/wishes')
    await settle()
    await press('为什么想学缝纫工？')
    expect(allByRole('button', '我喜欢这个活')).toHaveLength(1)
    await press('我喜欢这个活')
    await press('为什么想学焊工？')
    await press('不想说')
    await press('对，就这样登记')
    await sees('登记好了')
    expect(useKiosk().registered).toEqual([{ ...SEWING, reason: 'liking' }, wish('welder')])
    expect(reach('我喜欢这个活').className).toContain('wish-why')
    await press('我喜欢这个活')
    await press('我以前干过')
    expect(useKiosk().touched).toBe(true)
  })

  it('shows a wish this tablet does not know, and says what to do', async () => {
    const router = await desk.openPages('/kiosk/identify')
    await identify(desk, 1)
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
    await identify(desk, 1)
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
    await vi.waitUntil(() => router.currentRoute.value.name === 'kiosk-me')
    await sees(nameOf(1))
  })

  it('says the same for a number nobody has, and another thing where no cards have come at all', async () => {
    await desk.openPages('/kiosk/identify')
    await typeSlip('Z9999', '123456')
    await sees('编号或密码不对')
    await desk.stop()
    document.body.replaceChildren()
    desk = await startKioskTablet({ slips: false })
    await desk.openPages('/kiosk/identify')
    await typeSlip('Z0001', '123456')
    await sees('这台平板上还没有学员卡片。请老师点“立即同步”')
    expect(byRole('textbox', '编号')).toBeTruthy()
  })

  it.each([
    ['kiosk-wishes', '我的志愿'],
    ['kiosk-me', '我的进度'],
  ])('stands on the way to %s, and its picture at the foot says so', async (next, label) => {
    await desk.openPages(`/kiosk/identify?next=${next}`)
    const marked = [...document.querySelectorAll('[aria-current="page"]')].map((one) => one.textContent?.trim())
    expect(marked).toEqual([label])
  })

  it('takes the number from keys on the screen, letters too', async () => {
    await desk.openPages('/kiosk/identify')
    for (const key of ['字母', 'Z', '数字', '0', '0', '7', '退一格', '1']) await press(key)
    expect((byRole('textbox', '编号') as HTMLInputElement).value).toBe('Z001')
  })
})

describe('a tablet without a voice', () => {
  it('says so once on the page, and offers nothing to press that reads nothing', async () => {
    await desk.openPages('/kiosk')
    expect(pageText().split('这台平板没有装中文语音')).toHaveLength(2)
    expect(pageText()).not.toContain('喇叭')
    expect(document.querySelectorAll('.voice')).toHaveLength(0)
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
