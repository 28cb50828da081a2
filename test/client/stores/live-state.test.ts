// What pages watch: live states, the sync status, the device, acts whose outcome is there when they answer.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick, shallowRef } from 'vue'
import type { EffectScope } from 'vue'
import type { StreamId } from '#contract/envelope.ts'
import { sessionStream } from '#contract/streams.ts'
import { createClientCore } from '#client/client-core.ts'
import { useCertificateCheck } from '#client/stores/certificate-check.ts'
import { useDevice } from '#client/stores/device.ts'
import { useLiveFamily, useLiveState, useLiveStreams } from '#client/stores/live-state.ts'
import { useRecorder } from '#client/stores/record.ts'
import { useSyncStatus } from '#client/stores/sync-status.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { foundTestFacility, startTestServer } from '#test/support/test-server.ts'
import type { TestServer } from '#test/support/test-server.ts'
import { markAbsent } from '../support/marks.ts'
import type { CallFate } from '../support/site-fetch.ts'
import { siteFetch } from '../support/site-fetch.ts'
import { makeTestBrowser, testSurroundings } from '../support/test-browser.ts'
import { CLASS_ID, seedClass, SESSION_ID, traineeIdOf } from '../support/test-class.ts'
import { openStores } from '../support/test-stores.ts'
import { joinCode, joinTablet, TEACHER } from '../support/test-tablet.ts'
import type { TestTablet } from '../support/test-tablet.ts'

const STREAM = sessionStream(CLASS_ID, SESSION_ID)
let site: TestServer
let tablet: TestTablet
let scope: EffectScope
let network: CallFate = 'arrives'

beforeEach(async () => {
  network = 'arrives'
  site = await startTestServer({ listens: false })
  await foundTestFacility(site, { demonstration: true })
  await seedClass(site, 5)
  tablet = await joinTablet(site, { random: seededRandom(1), fateOf: () => network })
  await tablet.joined.sync.syncNow()
  scope = openStores(tablet.core)
})
afterEach(async () => {
  scope.stop()
  await site.stop()
})
const inScope = <Value>(work: () => Value): Value => scope.run(work) as Value

describe('a live state', () => {
  it('follows a tap at once and follows its stream when that changes', async () => {
    const stream = shallowRef<StreamId | null>(STREAM)
    const live = inScope(() => useLiveState('session', () => stream.value))
    expect(live.value).toBe(undefined)
    await vi.waitUntil(() => live.value !== undefined)
    await useRecorder().record(markAbsent(1))
    await vi.waitUntil(() => live.value?.marks[traineeIdOf(1)]?.mark === 'absent')
    stream.value = null
    await nextTick()
    expect(live.value).toBe(undefined)
    stream.value = sessionStream(CLASS_ID, 'S2' as never)
    await vi.waitUntil(() => live.value !== undefined)
    expect(live.value?.marks).toEqual({})
  })

  it('lists a family and several streams, and both follow what comes from elsewhere', async () => {
    const family = inScope(() => useLiveFamily('trainee'))
    const streams = inScope(() => useLiveStreams('session', () => [STREAM]))
    await vi.waitUntil(() => family.value?.length === 5 && streams.value !== undefined)
    const other = await joinTablet(site, { random: seededRandom(2) })
    await other.joined.sync.syncNow()
    await other.joined.ledger.record(markAbsent(4))
    await other.joined.sync.syncNow()
    await tablet.joined.sync.syncNow()
    await vi.waitUntil(() => streams.value?.get(STREAM)?.marks[traineeIdOf(4)] !== undefined)
    expect(streams.value?.get(STREAM)?.marks[traineeIdOf(4)]).toMatchObject({ mark: 'absent', pending: false })
  })
})

describe('the sync status', () => {
  it('counts what waits, says since when, and climbs a rung with the receipt', async () => {
    const status = useSyncStatus()
    network = 'lost'
    await useRecorder().record(markAbsent(1))
    await useRecorder().record(markAbsent(2))
    await status.syncNow()
    expect(status).toMatchObject({
      online: false,
      trouble: 'offline',
      pendingCount: 2,
      oldestPendingAt: site.clock.now(),
    })
    expect(status.ladder).toEqual({ rung: 'saved', counts: { saved: 2, arrived: 0, sealed: 0, province: 0 } })
    network = 'arrives'
    await status.syncNow()
    expect(status).toMatchObject({
      online: true,
      trouble: null,
      pendingCount: 0,
      oldestPendingAt: null,
      syncing: false,
    })
    expect(status.ladder).toEqual({ rung: 'arrived', counts: { saved: 2, arrived: 2, sealed: 0, province: 0 } })
    expect(status.proof).toMatchObject({ position: status.position })
  })

  it('lists refused entries with their reason', async () => {
    tablet.core.staffActor.value = { ...TEACHER, role: 'administrator' }
    await useRecorder().record(markAbsent(1))
    const status = useSyncStatus()
    await status.syncNow()
    await vi.waitUntil(() => status.refused.length === 1)
    expect(status.refused[0]).toMatchObject({ code: 'access/not-allowed', entry: { kind: 'attendance.marked.v1' } })
  })

  it('stays where it is while paused', async () => {
    const status = useSyncStatus()
    status.pause(true)
    await useRecorder().record(markAbsent(1))
    await status.syncNow()
    expect(status).toMatchObject({ paused: true, pendingCount: 1 })
  })
})

describe('the device', () => {
  it('knows its facility, and joining again keeps the former records on the disk', async () => {
    const device = useDevice()
    await vi.waitUntil(() => device.demonstration)
    expect(device).toMatchObject({
      joined: true,
      facilityName: '测试监狱',
      facilityKind: 'prison',
      purpose: 'office',
      storagePersisted: true,
    })
    await useRecorder().record(markAbsent(1))
    const before = device.deviceId
    expect(await device.join('abc', 'again')).toEqual({ ok: false, code: 'code-malformed' })
    expect(await device.join('ABCD2345', 'again')).toMatchObject({ ok: false, problem: { code: 'join-code-wrong' } })
    expect(device.deviceId).toBe(before)
    expect(await device.join(await joinCode(site, 'instructor'), 'again')).toEqual({ ok: true })
    expect(device.deviceId).not.toBe(before)
    expect(device.purpose).toBe('instructor')
    expect((await tablet.browser.disk.databases()).map(({ name }) => name)).toEqual(['xincheng-1', 'xincheng-2'])
    expect(tablet.joined.ledger.ownWork().ownCount).toBe(0)
    await tablet.reload()
    expect(tablet.joined.device.purpose).toBe('instructor')
  })

  it('joins the demonstration by itself, and again when the demonstration was made anew', async () => {
    const browser = makeTestBrowser()
    let current = site
    const open = () => {
      const around = testSurroundings(browser, browser.openWindow(), seededRandom(5), {
        clock: () => 0,
        fetch: siteFetch((call) => current.transport(call)),
      })
      return createClientCore(around)
    }
    const core = open()
    await core.start('演示浏览器')
    expect(core.joined.value?.device).toMatchObject({ label: '演示浏览器' })
    current = await startTestServer({ listens: false, seed: 9 })
    await foundTestFacility(current, { demonstration: true })
    await core.joined.value?.sync.syncNow()
    await vi.waitUntil(() => core.joined.value?.device.facilityId === current.context.facilityId)
    await current.stop()
  })

  it('does not join by itself where it is no demonstration', async () => {
    const real = await startTestServer({ listens: false, seed: 3 })
    await foundTestFacility(real)
    const browser = makeTestBrowser()
    const core = createClientCore(
      testSurroundings(browser, browser.openWindow(), seededRandom(5), {
        clock: () => 0,
        fetch: siteFetch(real.transport),
      }),
    )
    await core.start('演示浏览器')
    expect([core.joined.value, core.starting.value]).toEqual([null, false])
    await real.stop()
  })
})

describe('checking a certificate', () => {
  it('uses the providers’ keys on this device, and says how many there were', async () => {
    expect(await useCertificateCheck().check('nonsense')).toMatchObject({ verdict: { answer: 'not-a-certificate' } })
    const keys = (await tablet.joined.ledger.all('provider')).flatMap(({ state }) => state.keys)
    expect((await useCertificateCheck().check('nonsense')).keyCount).toBe(keys.length)
    const browser = makeTestBrowser()
    const strange = createClientCore(
      testSurroundings(browser, browser.openWindow(), seededRandom(5), {
        clock: () => 0,
        fetch: siteFetch(site.transport),
      }),
    )
    await strange.start(null)
    openStores(strange)
    expect((await useCertificateCheck().check('nonsense')).keyCount).toBe(0)
  })
})
