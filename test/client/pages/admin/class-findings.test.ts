// @vitest-environment happy-dom
// Two tablets say different things of one person: both words stand at equal weight, a person decides, and nothing is lost.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EffectScope } from 'vue'
import { lookup } from '#domain/shared/lookup.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { foundTestFacility, startTestServer } from '#test/support/test-server.ts'
import type { TestServer } from '#test/support/test-server.ts'
import { allByRole } from '../../components/mount-with-messages.ts'
import { mark } from '../../support/marks.ts'
import { CLASS_ID, seedClass, SESSION_ID, traineeIdOf } from '../../support/test-class.ts'
import { nameOf, seedPeople } from '../../support/test-people.ts'
import { openStores } from '../../support/test-stores.ts'
import { joinTablet, TEACHER } from '../../support/test-tablet.ts'
import type { TestTablet } from '../../support/test-tablet.ts'
import { openOffice, pageText, press, seen, signInAs } from './office-page.ts'

let site: TestServer
let office: TestTablet
let scope: EffectScope
let staff: Awaited<ReturnType<typeof foundTestFacility>>

beforeEach(async () => {
  site = await startTestServer({ listens: false })
  staff = await foundTestFacility(site)
  await seedClass(site, 3)
  await seedPeople(site, 3)
  office = await joinTablet(site, { random: seededRandom(1) })
  await office.joined.sync.syncNow()
  const other = await joinTablet(site, { random: seededRandom(2) })
  await other.joined.sync.syncNow()
  other.core.staffActor.value = TEACHER
  await office.joined.ledger.record(mark(2, 'absent'))
  await other.joined.ledger.record(mark(2, 'excused'))
  await office.joined.sync.syncNow()
  await other.joined.sync.syncNow()
  await office.joined.sync.syncNow()
  scope = openStores(office.core)
})
afterEach(async () => {
  scope.stop()
  await site.stop()
})

describe('two accounts of one lesson', () => {
  it('shows both, says what would follow, and settles by the one chosen; both are kept', async () => {
    await openOffice(`/admin/classes/${CLASS_ID}/findings`)
    await signInAs('admin1', staff.adminPin)
    await seen('第 1 件，共 1 件')
    await seen(nameOf(2))
    for (const words of ['缺勤', '请假 会见', '计 0 分钟']) expect(pageText()).toContain(words)
    expect(allByRole('button', '按乙处理')).toHaveLength(0)
    await press('采信乙')
    expect(allByRole('button', '按乙处理').every((button) => (button as HTMLButtonElement).disabled)).toBe(true)
    const why = [...document.querySelectorAll('label')].find((one) => one.textContent?.includes('问过双方'))
    why?.querySelector('input')?.click()
    await press('按乙处理')
    await seen('没有要处理的')
    const session = await office.joined.ledger.state('session', `class/${CLASS_ID}/session/${SESSION_ID}`)
    expect(lookup(session.marks, traineeIdOf(2))).toMatchObject({
      mark: 'excused',
      leaveReason: 'visit',
      settlement: true,
      settledFor: 'asked-both',
    })
    expect(lookup(session.history, traineeIdOf(2))?.map((one) => one.mark)).toEqual(['absent', 'excused', 'excused'])
    await vi.waitUntil(() => !pageText().includes('两种说法要处理'))
  })
})
