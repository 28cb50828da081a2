// @vitest-environment happy-dom
// The kiosk forgets: after 30 quiet seconds, at a key, and everything of a person.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { Router } from 'vue-router'
import { useKiosk } from '#client/stores/kiosk.ts'
import { useOwnCard } from '#client/stores/own-card.ts'
import { byRole } from '../../components/mount-with-messages.ts'
import { nameOf } from '../../support/test-people.ts'
import { identify, press } from './kiosk-hand.ts'
import { pageText, sees, SEWING, settle, startKioskTablet } from './kiosk-tablet.ts'
import type { KioskTablet } from './kiosk-tablet.ts'

let desk: KioskTablet

beforeEach(async () => {
  desk = await startKioskTablet()
})
afterEach(async () => {
  vi.useRealTimers()
  await desk.stop()
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
    await identify(desk, 1)
    useKiosk().rank([SEWING])
    await settle()
    return { router, pass }
  }

  it('comes after 30 quiet seconds, asks at 20, and leaves nothing of the person, nor on the way back', async () => {
    const { router, pass } = await leftAlone()
    await pass(19)
    expect(pageText()).not.toContain('我还在看')
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

  it('waits for a registration that is under way, so that the last tap is not lost', async () => {
    const { router } = await leftAlone()
    byRole('button', '对，就这样登记').click()
    await nextTick()
    expect((byRole('button', '我用完了') as HTMLButtonElement).disabled).toBe(true)
    await vi.waitUntil(() => !(byRole('button', '我用完了') as HTMLButtonElement).disabled)
    await press('我用完了')
    await expectNothingLeft(router)
    expect(desk.tablet.joined.ledger.ownWork().ownCount).toBe(1)
  })

  it('asks whoever leaves with wishes that are changed and not registered', async () => {
    const { router } = await leftAlone()
    await press('我用完了')
    await sees('志愿改了，还没登记。')
    await press('去登记')
    await sees('对，就这样登记')
    expect(useKiosk().touched).toBe(true)
    await press('我用完了')
    await press('不登记，走了')
    await expectNothingLeft(router)
    expect(desk.tablet.joined.ledger.ownWork().ownCount).toBe(0)
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
