// The house as an administrator keeps it, over a real site: rules marked as not verified, PINs, a syllabus in a new version.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EffectScope } from 'vue'
import type { Syllabus } from '#contract/kinds/catalogue.ts'
import { useDeskAct } from '#client/stores/settings-act.ts'
import { useCatalogue, useOccupation, useSyllabusDraft } from '#client/stores/settings-catalogue.ts'
import { useFacility, useFacilityDraft } from '#client/stores/settings-facility.ts'
import { useRulesDraft } from '#client/stores/settings-rules.ts'
import { pinTrouble, useStaffDraft, useStaffList } from '#client/stores/staff-admin.ts'
import { useSignIn } from '#client/stores/sign-in.ts'
import { emptyState } from '#domain/stream-folds.ts'
import { seedCatalogue } from '#server/seed/catalogue/seed.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { foundTestFacility, startTestServer, type TestServer } from '#test/support/test-server.ts'
import { openStores } from '../../support/test-stores.ts'
import { joinTablet } from '../../support/test-tablet.ts'

vi.setConfig({ testTimeout: 120_000 })
const until = (isSo: () => boolean) => vi.waitUntil(isSo, { timeout: 30_000 })

let site: TestServer
let scope: EffectScope

beforeEach(async () => {
  site = await startTestServer({ listens: false })
  const { adminPin } = await foundTestFacility(site)
  await seedCatalogue(site.context)
  const tablet = await joinTablet(site, { random: seededRandom(1) })
  await tablet.joined.sync.syncNow()
  scope = openStores(tablet.core)
  expect(await useSignIn().signIn('admin1', adminPin)).toEqual({ ok: true })
  await until(() => useSignIn().atServer)
})
afterEach(async () => {
  scope.stop()
  await site.stop()
})

function run<Value>(work: () => Value): Value {
  const value = scope.run(work)
  if (value === undefined) throw new Error('the stores are closed')
  return value
}

describe('house rules', () => {
  it('stay marked as not verified until somebody sets them to something of their own', async () => {
    const rules = run(useRulesDraft)
    const act = run(useDeskAct)
    await until(() => !rules.loading.value)
    expect(rules.isUnverified('attendanceThresholdPercent')).toBe(true)
    rules.draft.attendanceThresholdPercent = 75
    expect(rules.changed.value).toEqual(['attendanceThresholdPercent'])
    expect(await act.run('setHouseRules', { rules: rules.next.value })).not.toBeNull()
    await until(() => rules.current.value.attendanceThresholdPercent === 75)
    expect(rules.isUnverified('attendanceThresholdPercent')).toBe(false)
    expect(rules.isUnverified('workingAge')).toBe(true)
  })

  it('are refused in the field that is wrong, never clamped, and by the law for a table without a working age', async () => {
    const rules = run(useRulesDraft)
    await until(() => !rules.loading.value)
    rules.draft.attendanceThresholdPercent = 101
    rules.draft.classHourMinutes = null
    expect([...rules.troubles.value]).toEqual(['attendanceThresholdPercent', 'classHourMinutes'])
    rules.reset()
    expect(rules.troubles.value.size).toBe(0)
    const [first] = rules.draft.workingAge
    if (first) first.maximumMonthsMale = first.minimumMonths
    expect(rules.refusal.value?.code).toBe('access/rules-invalid')
  })
})

describe('the facility', () => {
  it('is called something else after the change, on every device that syncs; a blank name is not sent', async () => {
    const { facility } = run(useFacility)
    await until(() => facility.value?.founded === true)
    const form = run(() => useFacilityDraft(facility.value ?? emptyState('facility')))
    expect([form.isSame.value, form.troubles.value.size]).toEqual([true, 0])
    form.draft.name = '　 '
    expect([...form.troubles.value]).toEqual(['name'])
    Object.assign(form.draft, { name: ' 新测试监狱 ', cityCode: '340200' })
    expect(form.isSame.value).toBe(false)
    const act = run(useDeskAct)
    expect(await act.run('changeFacility', form.body.value)).not.toBeNull()
    await until(() => facility.value?.name === '新测试监狱')
    expect(facility.value).toMatchObject({ cityCode: '340200', facilityKind: 'prison' })
  })
})

describe('staff', () => {
  it('takes a PIN only when it is six digits, not easily guessed, and typed twice alike', () => {
    expect(pinTrouble('80259', '80259')).toBe('short')
    expect(pinTrouble('123456', '123456')).toBe('simple')
    expect(pinTrouble('802599', '802598')).toBe('differs')
    expect(pinTrouble('802599', '802599')).toBeNull()
  })

  it('is appointed, disabled and enabled, with an account that fits its shape', async () => {
    const list = run(useStaffList)
    const form = run(useStaffDraft)
    const act = run(useDeskAct)
    Object.assign(form.draft, {
      account: 'Officer 7',
      displayName: '民警丙',
      role: 'officer',
      pin: '802599',
      again: '802599',
    })
    expect([...form.troubles.value]).toEqual(['account'])
    form.draft.account = 'officer7'
    expect(form.troubles.value.size).toBe(0)
    expect(await act.run('appointStaff', form.body.value)).not.toBeNull()
    const officer = () => list.rows.value?.find(({ account }) => account === 'officer7')
    await until(() => officer()?.displayName === '民警丙')
    const { staffId } = form.body.value
    expect(await act.run('renameStaff', { staffId, displayName: '民警丁' })).not.toBeNull()
    await until(() => officer()?.displayName === '民警丁')
    expect(await act.run('disableStaff', { staffId })).not.toBeNull()
    await until(() => officer()?.enabled === false)
    expect(await act.run('enableStaff', { staffId })).not.toBeNull()
    await until(() => officer()?.enabled === true)
  })

  it('says why the site refused', async () => {
    const me = useSignIn().staff
    const act = run(useDeskAct)
    if (me) expect(await act.run('disableStaff', { staffId: me.staffId })).toBeNull()
    expect(act.no.value).toMatchObject({ kind: 'problem', problem: { refusal: 'access/last-administrator' } })
  })
})

describe('a syllabus', () => {
  async function firstSyllabus(): Promise<Syllabus> {
    const catalogue = run(useCatalogue)
    await until(() => catalogue.value !== undefined)
    const syllabus = catalogue.value?.flatMap(({ syllabi }) => syllabi)[0]
    if (!syllabus) throw new Error('the catalogue has no syllabus')
    return syllabus
  }

  it('is published in a new version only when its weights come to 100, and stays a sample unless it was reviewed', async () => {
    const base = await firstSyllabus()
    const state = run(() => useOccupation(() => base.occupationId))
    await until(() => state.value !== undefined)
    const draft = run(() => useSyllabusDraft(base, () => state.value ?? { occupation: null, syllabi: [] }))
    expect(draft.version.value).toBe(base.version + 1)
    expect(draft.refusal.value).toBeNull()
    const [criterion] = draft.draft.criteria
    if (!criterion) throw new Error('the syllabus has no criteria')
    const weight = criterion.weightPercent ?? 0
    criterion.weightPercent = weight - 1
    expect(draft.weight.value).toBe(99)
    expect(draft.refusal.value).toMatchObject({ code: 'catalogue/weights-not-100', details: { weight: 99 } })
    criterion.weightPercent = null
    expect(draft.isIncomplete.value).toBe(true)
    criterion.weightPercent = weight
    expect(draft.isIncomplete.value).toBe(false)
    expect(draft.body.value.syllabus.sample).toBe(true)
    const act = run(useDeskAct)
    expect(await act.run('publishSyllabus', draft.body.value)).not.toBeNull()
    await until(
      () => state.value?.syllabi.some(({ syllabusId }) => syllabusId === draft.body.value.syllabus.syllabusId) === true,
    )
    expect(state.value?.syllabi.find(({ syllabusId }) => syllabusId === base.syllabusId)).toEqual(base)
  })

  it('keeps what was written in one language where the other was left out', async () => {
    const base = await firstSyllabus()
    const draft = run(() => useSyllabusDraft(base, () => ({ occupation: null, syllabi: [base] })))
    draft.addModule()
    const added = draft.draft.modules.at(-1)
    if (!added) throw new Error('no module was added')
    expect(draft.isIncomplete.value).toBe(true)
    Object.assign(added, { title: { zh: '磨刀', en: '' }, points: { zh: '看刃\n\n试刃', en: 'Look at the edge' } })
    expect(draft.isIncomplete.value).toBe(false)
    expect(draft.body.value.syllabus.modules.at(-1)).toMatchObject({
      title: { zh: '磨刀', en: '磨刀' },
      points: [
        { zh: '看刃', en: 'Look at the edge' },
        { zh: '试刃', en: '试刃' },
      ],
    })
  })
})
