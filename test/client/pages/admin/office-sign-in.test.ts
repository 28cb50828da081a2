// @vitest-environment happy-dom
// The way into the office: nothing is shown to nobody, a wrong PIN is said in words, the lock closes everything.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type EffectScope, nextTick } from 'vue'
import { seededRandom } from '#test/support/seeded-random.ts'
import { foundTestFacility, startTestServer } from '#test/support/test-server.ts'
import type { TestServer } from '#test/support/test-server.ts'
import { allByRole, byRole } from '../../components/mount-with-messages.ts'
import { seedClass } from '../../support/test-class.ts'
import { openStores } from '../../support/test-stores.ts'
import { joinTablet } from '../../support/test-tablet.ts'
import { openOffice, pageText, press, seen, signInAs } from './office-page.ts'

let site: TestServer
let scope: EffectScope
let staff: Awaited<ReturnType<typeof foundTestFacility>>

beforeEach(async () => {
  site = await startTestServer({ listens: false })
  staff = await foundTestFacility(site, { demonstration: true })
  await seedClass(site, 3)
  const tablet = await joinTablet(site, { random: seededRandom(1) })
  await tablet.joined.sync.syncNow()
  tablet.core.staffActor.value = null
  scope = openStores(tablet.core)
})
afterEach(async () => {
  scope.stop()
  await site.stop()
})

describe('the way into the office', () => {
  it('shows nothing before the sign-in, says what is wrong with a PIN, opens, and closes again', async () => {
    await openOffice('/admin/classes')
    await seen('选自己的账号')
    expect(pageText()).toContain('演示数据')
    expect(pageText()).not.toContain('2026-012')
    await signInAs('admin1', '000000')
    await seen('PIN 不对')
    expect(pageText()).not.toContain('2026-012')
    await signInAs('admin1', staff.adminPin)
    await seen('2026-012 班')
    await press('锁定')
    await seen('选自己的账号')
    expect(pageText()).not.toContain('2026-012')
  })

  it('has who is alone on the list chosen already, and takes his PIN from a keyboard', async () => {
    await openOffice('/admin/classes')
    await seen('选自己的账号')
    await vi.waitUntil(() => !(byRole('button', '5') as HTMLButtonElement).disabled)
    for (const key of [...staff.adminPin, 'Enter']) {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
      await nextTick()
    }
    await seen('2026-012 班')
  })

  it('offers no instructor account and sends a signed-in instructor to his own pages', async () => {
    await openOffice('/admin')
    await seen('选自己的账号')
    expect(allByRole('button').some((button) => button.textContent?.startsWith('teacher1'))).toBe(false)
    await press('用别的账号')
    const { useSignIn } = await import('#client/stores/sign-in.ts')
    await useSignIn().signIn('teacher1', staff.teacherPin)
    await seen('这里是办公页面')
    expect(pageText()).not.toContain('现在要办')
  })
})
