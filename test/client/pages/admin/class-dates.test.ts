// @vitest-environment happy-dom
// Days that are easily mistaken: a plan in the past, and a class opened long before its first lesson.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { EffectScope } from 'vue'
import { trainingClassKinds } from '#contract/kinds/training-class.ts'
import { addDays } from '#domain/shared/calendar.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { foundTestFacility, startTestServer, type TestServer } from '#test/support/test-server.ts'
import { allByRole } from '../../components/mount-with-messages.ts'
import { CLASS_ID, SESSION_ID, traineeIdOf } from '../../support/test-class.ts'
import { seedPeople } from '../../support/test-people.ts'
import { openStores } from '../../support/test-stores.ts'
import { joinTablet } from '../../support/test-tablet.ts'
import { writeAtSite } from '../instructor/instructor-page.ts'
import { openOffice, pageText, press, seen, signInAs } from './office-page.ts'

let site: TestServer
let scope: EffectScope
let pin: string

async function openAt(address: string): Promise<void> {
  const tablet = await joinTablet(site, { random: seededRandom(1) })
  await tablet.joined.sync.syncNow()
  scope = openStores(tablet.core)
  await openOffice(address)
  await signInAs('admin1', pin)
}
beforeEach(async () => {
  site = await startTestServer({ listens: false })
  pin = (await foundTestFacility(site)).adminPin
})
afterEach(async () => {
  scope.stop()
  await site.stop()
})

const dayField = () => document.querySelector<HTMLInputElement>('input[type="date"]')

it('says with the year that the first day of a plan is over, and nothing for a day to come', async () => {
  await openAt('/admin/classes/new')
  await seen('第一天')
  expect(pageText()).not.toContain('已经过去')
  const field = dayField()
  if (field === null) throw new Error('there is no field for the first day')
  field.value = '2020-01-06'
  field.dispatchEvent(new Event('input', { bubbles: true }))
  field.dispatchEvent(new Event('change', { bubbles: true }))
  await seen('第一天 2020年1月6日 已经过去')
  await seen('补录以前的班可以照常保存')
})

it('offers the planned start as the opening day and says how far off the first lesson is', async () => {
  await seedPeople(site, 1)
  const startsOn = addDays(site.clock.today(), 20)
  const plan = trainingClassKinds['class.planned.v1'].parse({
    ...{ classId: CLASS_ID, classNumber: '2026-012', occupationId: 'O1', skillLevel: 5, syllabusId: 'Y1' },
    ...{ providerId: 'P1', instructorIds: ['TEACHER1'], roomId: 'R1', seatCap: 40, certificateKind: 'training' },
    ...{ startsOn, endsOn: startsOn },
    sessions: [{ sessionId: SESSION_ID, on: startsOn, startsAt: '08:30', minutes: 90 }],
  })
  const provider = {
    ...{ providerId: plan.providerId, code: 'XC', name: '示例学校', qualification: '证' },
    ...{ qualificationValidUntil: addDays(startsOn, 300), skillLevels: [5 as const] },
  }
  await writeAtSite(site, `provider/${plan.providerId}`, 'provider.registered.v1', provider)
  const facts = { sex: 'male' as const, bornOn: '1990-02-28', termEndsOn: addDays(startsOn, 100), workCapable: true }
  const traineeId = traineeIdOf(1)
  await writeAtSite(site, `trainee/${traineeId}`, 'trainee.admitted.v1', {
    ...{ traineeId, importId: null },
    facts: { ...facts, bornOn: addDays(startsOn, -12_000) },
  })
  await writeAtSite(site, `class/${CLASS_ID}`, 'class.planned.v1', plan)
  await writeAtSite(site, `class/${CLASS_ID}/roster`, 'enrollment.enrolled.v1', {
    ...{ classId: CLASS_ID, traineeId, wishRank: null },
  })
  await openAt(`/admin/classes/${CLASS_ID}`)
  await seen('还有 20 天')
  await press('开班')
  await seen('现在开班？')
  expect(dayField()?.value).toBe(startsOn)
  expect(allByRole('button', '开班').length).toBeGreaterThan(0)
})
