// The list of people over a real tablet and a real site: search, lights with their day, codes that are shown once.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EffectScope } from 'vue'
import { useSignIn } from '#client/stores/sign-in.ts'
import { useCodeSlips } from '#client/stores/people-list-codes.ts'
import { useDemand } from '#client/stores/people-list-demand.ts'
import { usePeopleFilter, usePeopleList } from '#client/stores/people-list-filter.ts'
import { useRecorder } from '#client/stores/record.ts'
import type { OccupationId, TraineeId } from '#contract/values.ts'
import { runAct } from '#server/ledger/perform-act.ts'
import { seedCatalogue } from '#server/seed/catalogue/seed.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { foundTestFacility, startTestServer, type TestServer } from '#test/support/test-server.ts'
import type { CallFate } from '../../support/site-fetch.ts'
import { seedClass, traineeIdOf } from '../../support/test-class.ts'
import { ADMINISTRATOR, seedPeople } from '../../support/test-people.ts'
import { openStores } from '../../support/test-stores.ts'
import { joinTablet, type TestTablet } from '../../support/test-tablet.ts'

vi.setConfig({ testTimeout: 120_000 })
const until = (isSo: () => boolean) => vi.waitUntil(isSo, { timeout: 30_000 })

let site: TestServer
let tablet: TestTablet
let scope: EffectScope
/** What becomes of the next acts; after these they arrive. */
let fates: CallFate[] = []

/** Facts of one person changed at the site. */
async function change(index: number, facts: { termEndsOn?: string; workCapable?: boolean }): Promise<void> {
  const next = { sex: 'male', bornOn: '1990-02-28', termEndsOn: '2027-06-30', workCapable: true, ...facts }
  const body = { traineeId: traineeIdOf(index), facts: next, reason: 'correction' } as Parameters<
    typeof runAct<'changeTraineeFacts'>
  >[3]
  expect(await runAct(site.context, ADMINISTRATOR, 'changeTraineeFacts', body)).toMatchObject({ ok: true })
}

beforeEach(async () => {
  fates = []
  site = await startTestServer({ listens: false, moment: '2026-11-02T09:00:00.000+08:00' })
  const { adminPin } = await foundTestFacility(site)
  await seedClass(site, 3)
  await seedPeople(site, 3)
  await change(2, { termEndsOn: '2027-12-31' })
  await change(3, { workCapable: false })
  tablet = await joinTablet(site, {
    random: seededRandom(1),
    fateOf: (path) => (path.startsWith('/api/acts') ? (fates.shift() ?? 'arrives') : 'arrives'),
  })
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

describe('the list of people', () => {
  it('shows each light with its day and counts them', async () => {
    const list = run(usePeopleList)
    await until(() => list.shown.value?.length === 3 && list.shown.value.every(({ name }) => name !== ''))
    expect(
      list.shown.value?.map(({ facilityNumber, light, eligibility }) => [
        facilityNumber,
        light,
        eligibility.eligibleFrom,
      ]),
    ).toEqual([
      ['Z0001', 'now', '2026-11-02'],
      ['Z0002', 'later', '2027-01-01'],
      ['Z0003', 'never', null],
    ])
    expect(list.counts.value).toEqual({ now: 1, later: 1, never: 1 })
    expect(list.shown.value?.every(({ trainingClass }) => trainingClass?.classNumber === '2026-012')).toBe(true)
    list.filter.on = '2027-01-01'
    expect(list.counts.value).toEqual({ now: 2, later: 0, never: 1 })
  })

  it('finds by part of the name with or without its dot, by number and by initials, and forgets it when locked', async () => {
    const list = run(usePeopleList)
    await until(() => list.shown.value?.[0]?.name !== undefined && list.shown.value[0].name !== '')
    const found = (query: string) => {
      list.filter.query = query
      return list.shown.value?.map(({ facilityNumber }) => facilityNumber)
    }
    expect(found('丽2·买')).toEqual(['Z0002'])
    expect(found('丽2买买')).toEqual(['Z0002'])
    expect(found(' z0003 ')).toEqual(['Z0003'])
    expect(found('AYGL')).toEqual(['Z0001', 'Z0002', 'Z0003'])
    expect(found('没有这个人')).toEqual([])
    useSignIn().lock()
    await until(() => usePeopleFilter().filter.query === '')
    expect(list.all.value?.every(({ name, spelling }) => name === '' && spelling === '')).toBe(true)
  })

  it('counts wishes by rank, and whom they would not help yet', async () => {
    const wish = { occupationId: 'sewing-worker' as OccupationId, skillLevel: 5, reason: 'liking' } as const
    const other = { occupationId: 'welder' as OccupationId, skillLevel: 5, reason: null } as const
    await seedCatalogue(site.context)
    await tablet.joined.sync.syncNow()
    const recorder = useRecorder()
    const register = (traineeId: TraineeId, wishes: (typeof wish | typeof other)[]) =>
      recorder.record({ name: 'registerWishes', body: { traineeId, wishes } })
    expect(await register(traineeIdOf(1), [wish, other])).toMatchObject({ ok: true })
    expect(await register(traineeIdOf(2), [other, wish])).toMatchObject({ ok: true })
    const demand = run(useDemand)
    await until(() => demand.rows.value?.length === 2)
    expect(demand.rows.value?.map(({ key, ranks, notYet, placed }) => [key, ranks, notYet, placed])).toEqual([
      ['sewing-worker/5', [1, 1, 0], 1, 2],
      ['welder/5', [1, 1, 0], 1, 2],
    ])
    expect(demand.figures.value).toEqual({ here: 3, wishing: 2, silent: 1, ready: 0 })
  })
})

describe('codes', () => {
  it('are there once for each person chosen, and whoever got one leaves the choice', async () => {
    const codes = run(useCodeSlips)
    await until(() => codes.shown.value?.length === 3 && codes.shown.value.every(({ name }) => name !== ''))
    codes.chooseShown()
    expect(await codes.make()).toBe(true)
    expect(codes.slips.value.map(({ facilityNumber }) => facilityNumber)).toEqual(['Z0001', 'Z0002', 'Z0003'])
    expect(codes.slips.value.every(({ code }) => /^\d{6}$/.test(code))).toBe(true)
    expect(codes.chosen.value).toEqual([])
    await until(() => codes.withoutCode.value === 0)
  })

  it('that were made but lost on the way are said to be lost, and their people stay chosen', async () => {
    const codes = run(useCodeSlips)
    await until(() => codes.shown.value?.length === 3)
    codes.toggle(traineeIdOf(1))
    fates = ['answer-lost']
    expect(await codes.make()).toBe(true)
    expect(codes.slips.value).toEqual([])
    expect(codes.making.lost).toBe(1)
    expect(codes.chosen.value).toEqual([traineeIdOf(1)])
    expect(await codes.make()).toBe(true)
    expect(codes.slips.value.map(({ traineeId }) => traineeId)).toEqual([traineeIdOf(1)])
  })
})
