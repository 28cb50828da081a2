// @vitest-environment happy-dom
// Two tablets say different things of one person: both words stand at equal weight, a person decides, and nothing is lost.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { flushPromises } from '@vue/test-utils'
import type { EffectScope } from 'vue'
import type { TestimonyCommand } from '#contract/commands/testimony.ts'
import type { ActorId } from '#contract/values.ts'
import { useOfficeDesk } from '#client/stores/office-desk.ts'
import { lookup } from '#domain/shared/lookup.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { foundTestFacility, startTestServer } from '#test/support/test-server.ts'
import type { TestServer } from '#test/support/test-server.ts'
import { allByRole } from '../../components/mount-with-messages.ts'
import { mark } from '../../support/marks.ts'
import { CLASS_ID, seedClass, SESSION_ID, traineeIdOf } from '../../support/test-class.ts'
import { nameOf, seedPeople } from '../../support/test-people.ts'
import { openStores } from '../../support/test-stores.ts'
import { joinTablet } from '../../support/test-tablet.ts'
import type { TestTablet } from '../../support/test-tablet.ts'
import { openOffice, pageText, press, seen, signInAs } from './office-page.ts'

let site: TestServer
let office: TestTablet
let other: TestTablet
let scope: EffectScope
let staff: Awaited<ReturnType<typeof foundTestFacility>>

beforeEach(async () => {
  site = await startTestServer({ listens: false })
  staff = await foundTestFacility(site)
  await seedClass(site, 10)
  await seedPeople(site, 10)
  office = await joinTablet(site, { random: seededRandom(1) })
  await office.joined.sync.syncNow()
  other = await joinTablet(site, { random: seededRandom(2) })
  await other.joined.sync.syncNow()
  scope = openStores(office.core)
})
afterEach(async () => {
  scope.stop()
  await site.stop()
})

/** The teacher says one thing on the office's tablet and another on his own; neither knew of the other. */
async function disagree(pairs: readonly (readonly [TestimonyCommand, TestimonyCommand])[]): Promise<void> {
  for (const [here, there] of pairs) {
    expect(await office.joined.ledger.record(here)).toMatchObject({ ok: true })
    expect(await other.joined.ledger.record(there)).toMatchObject({ ok: true })
  }
  await office.joined.sync.syncNow()
  await other.joined.sync.syncNow()
  await office.joined.sync.syncNow()
}
const score = (index: number, scoreTenths: number): TestimonyCommand => ({
  name: 'recordScore',
  body: {
    ...{ classId: CLASS_ID, traineeId: traineeIdOf(index), part: 'theory', attempt: 1 },
    ...{ result: { scoreTenths }, correctionReason: null },
  },
})
/** The place on the page that tells of one person. */
const caseOf = (name: string) =>
  [...document.querySelectorAll('article')].find((one) => one.getAttribute('aria-label')?.startsWith(`${name} `))

let taps = 0
/** Taps a key or a choice by its words, within one case. */
async function tap(name: string, words: string): Promise<void> {
  const target = () =>
    [...(caseOf(name)?.querySelectorAll<HTMLElement>('button, label') ?? [])].find((one) =>
      one.textContent?.includes(words),
    )
  await vi.waitUntil(() => target() !== undefined)
  taps += 1
  const found = target()
  ;(found?.querySelector('input') ?? found)?.click()
  await flushPromises()
}

describe('two accounts of one lesson', () => {
  it('shows both, says what would follow, and settles by the one chosen; both are kept', async () => {
    await disagree([[mark(2, 'absent'), mark(2, 'excused')]])
    await openOffice(`/admin/classes/${CLASS_ID}/findings`)
    await signInAs('admin1', staff.adminPin)
    await seen('1 件要处理')
    await seen(nameOf(2))
    for (const words of ['缺勤', '请假 会见', '计 0 分钟']) expect(pageText()).toContain(words)
    expect(allByRole('button', '按乙处理')).toHaveLength(0)
    expect(allByRole('button', '采信乙')).toHaveLength(1)
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

describe('ten cases of both kinds', () => {
  it('are settled on one page with a choice, a reason and a key each', async () => {
    await disagree([
      ...[1, 2, 3, 4, 5].map((index) => [mark(index, 'absent'), mark(index, 'late')] as const),
      ...[6, 7, 8, 9, 10].map((index) => [score(index, 590), score(index, 700)] as const),
    ])
    const router = await openOffice(`/admin/classes/${CLASS_ID}/findings`)
    await signInAs('admin1', staff.adminPin)
    await seen('10 件要处理')
    expect(document.querySelectorAll('article')).toHaveLength(10)
    const address = router.currentRoute.value.fullPath
    taps = 0
    for (let index = 1; index <= 10; index += 1) {
      await tap(nameOf(index), '采信乙')
      await tap(nameOf(index), '问过双方')
      await tap(nameOf(index), '按乙处理')
    }
    await seen('没有要处理的')
    expect(taps).toBe(30)
    expect(router.currentRoute.value.fullPath).toBe(address)
    const { findings } = await office.joined.ledger.state('assessment', `class/${CLASS_ID}/assessment`)
    expect(findings.map(({ settled }) => settled)).toEqual([true, true, true, true, true])
  })
})

describe('a score in dispute', () => {
  it('is not settled by an administrator who recorded one of the two; the page says who may', async () => {
    other.core.staffActor.value = { actorId: staff.adminId as string as ActorId, role: 'administrator' }
    await disagree([[score(1, 590), score(1, 700)]])
    await openOffice(`/admin/classes/${CLASS_ID}/findings`)
    await signInAs('admin1', staff.adminPin)
    await seen('请另一位没有录过它的管理员来定')
    expect(allByRole('button', '采信甲').map((button) => (button as HTMLButtonElement).disabled)).toEqual([true])
    // Nor does the site take it, should a page ask all the same.
    const answer = await useOfficeDesk().perform('settleScore', {
      ...{ classId: CLASS_ID, traineeId: traineeIdOf(1), part: 'theory', attempt: 1 },
      ...{ result: { scoreTenths: 700 }, reason: 'answer-sheet' },
    })
    expect(answer).toMatchObject({ ok: false, no: { problem: { refusal: 'assessment/own-dispute' } } })
    const { findings } = await office.joined.ledger.state('assessment', `class/${CLASS_ID}/assessment`)
    expect(findings.map(({ settled }) => settled)).toEqual([false])
  })
})
