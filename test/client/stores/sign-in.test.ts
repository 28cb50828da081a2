// Signing in on a tablet: with the PIN, without the server, against the server's word, and left alone too long.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EffectScope } from 'vue'
import type { StaffId } from '#contract/values.ts'
import { runAct } from '#server/ledger/perform-act.ts'
import { useActs } from '#client/stores/acts.ts'
import { keepKioskApart } from '#client/stores/kiosk-boundary.ts'
import { useOwnCard } from '#client/stores/own-card.ts'
import { usePeople } from '#client/stores/people.ts'
import { useRecorder } from '#client/stores/record.ts'
import { useSignIn } from '#client/stores/sign-in.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { foundTestFacility, startTestServer } from '#test/support/test-server.ts'
import type { TestServer } from '#test/support/test-server.ts'
import { createMemoryHistory, createRouter } from 'vue-router'
import { markAbsent } from '../support/marks.ts'
import type { CallFate } from '../support/site-fetch.ts'
import { seedClass, traineeIdOf } from '../support/test-class.ts'
import { ADMINISTRATOR, makeCodes, nameOf, seedPeople } from '../support/test-people.ts'
import { openStores } from '../support/test-stores.ts'
import { joinTablet } from '../support/test-tablet.ts'
import type { TestTablet } from '../support/test-tablet.ts'

let site: TestServer
let tablet: TestTablet
let scope: EffectScope
let staff: Awaited<ReturnType<typeof foundTestFacility>>
let network: CallFate = 'arrives'
let now = 0

beforeEach(async () => {
  network = 'arrives'
  site = await startTestServer({ listens: false })
  staff = await foundTestFacility(site)
  await seedClass(site, 5)
  await seedPeople(site, 5)
  now = Date.parse(site.clock.now())
  tablet = await joinTablet(site, { random: seededRandom(1), fateOf: () => network, more: { clock: () => now } })
  await tablet.joined.sync.syncNow()
  tablet.core.staffActor.value = null
  scope = openStores(tablet.core)
})
afterEach(async () => {
  scope.stop()
  vi.useRealTimers()
  await site.stop()
})

describe('signing in', () => {
  it('opens names and the sign-in at the server, records as that person, and locking takes all of it away', async () => {
    const signIn = useSignIn()
    const people = usePeople()
    await vi.waitUntil(() => signIn.accounts.length === 2)
    expect(await signIn.signIn('teacher1', staff.teacherPin)).toEqual({ ok: true })
    expect(signIn.staff).toMatchObject({ staffId: 'TEACHER1', account: 'teacher1', role: 'instructor' })
    expect([signIn.unlocked, signIn.atServer]).toEqual([true, true])
    await vi.waitUntil(() => people.ready)
    expect(people.traineeOf(traineeIdOf(2))?.name).toBe(nameOf(2))
    const recorded = await useRecorder().record(markAbsent(1))
    expect(recorded.ok && recorded.entries[0]?.entry).toMatchObject({ actorId: 'TEACHER1', role: 'instructor' })

    signIn.lock()
    expect([signIn.unlocked, signIn.atServer, signIn.staff, people.ready, people.trainees.size]).toEqual([
      false,
      false,
      null,
      false,
      0,
    ])
    expect(await useRecorder().record(markAbsent(2))).toMatchObject({
      ok: false,
      refusal: { code: 'access/not-allowed' },
    })
    expect(tablet.joined.ledger.ownWork().ownCount).toBe(1)
  })

  it('works without the server, which then cannot be asked for acts', async () => {
    network = 'lost'
    const signIn = useSignIn()
    expect(await signIn.signIn('admin1', staff.adminPin)).toEqual({ ok: true })
    expect(signIn.atServer).toBe(false)
    expect(await signIn.openAtServer(staff.adminPin)).toEqual({ ok: false, code: 'offline' })
    expect(await useActs().perform('registerRoom', { roomId: 'R9' as never, name: '机房', seats: 30 })).toEqual({
      ok: false,
      fault: 'offline',
    })
    network = 'arrives'
    expect(await signIn.openAtServer(staff.adminPin)).toEqual({ ok: true })
    expect(await useActs().perform('registerRoom', { roomId: 'R9' as never, name: '机房', seats: 30 })).toMatchObject({
      ok: true,
    })
    expect((await tablet.joined.ledger.state('room', 'room/R9')).seats).toBe(30)
  })

  it('with a PIN reset at the office works on the first try, with the old one no more', async () => {
    await runAct(site.context, ADMINISTRATOR, 'resetPin', { staffId: 'TEACHER1' as StaffId, pin: '475829' })
    const signIn = useSignIn()
    expect(await signIn.signIn('teacher1', staff.teacherPin)).toEqual({ ok: false, code: 'server-says-no' })
    expect([signIn.unlocked, tablet.joined.vault.unlocked]).toEqual([false, false])
    expect(await signIn.signIn('teacher1', '475829')).toEqual({ ok: true })
    expect(await signIn.signIn('teacher1', staff.teacherPin)).toMatchObject({ ok: false, code: 'wrong-pin' })
  })

  it('ends after two quiet minutes, with ten seconds of warning, and not while somebody is there', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const signIn = useSignIn()
    await signIn.signIn('admin1', staff.adminPin)
    const pass = (seconds: number) => {
      for (let second = 0; second < seconds; second += 1) {
        now += 1000
        vi.advanceTimersByTime(1000)
      }
    }
    pass(109)
    expect([signIn.unlocked, signIn.lockInSeconds]).toEqual([true, null])
    pass(3)
    expect([signIn.unlocked, signIn.lockInSeconds]).toEqual([true, 8])
    signIn.stay()
    pass(119)
    expect([signIn.unlocked, signIn.lockInSeconds]).toEqual([true, 1])
    pass(1)
    expect([signIn.unlocked, tablet.joined.vault.unlocked]).toEqual([false, false])
    // Asleep: the timer stood still, the clock did not.
    await signIn.signIn('admin1', staff.adminPin)
    now += 3_600_000
    vi.advanceTimersByTime(1000)
    expect(signIn.unlocked).toBe(false)
  })
})

describe('the kiosk', () => {
  it('never has the staff vault open, records as the trainee, and closes his card on leaving', async () => {
    const code = (await makeCodes(site, 1)).get(traineeIdOf(1)) ?? ''
    await tablet.joined.sync.syncNow()
    const page = { render: () => null }
    const router = createRouter({
      history: createMemoryHistory(),
      routes: ['/', '/kiosk', '/kiosk/me', '/admin'].map((path) => ({ path, component: page })),
    })
    keepKioskApart(router)
    const signIn = useSignIn()
    const own = useOwnCard()
    await router.push('/admin')
    await signIn.signIn('admin1', staff.adminPin)
    await router.push('/kiosk')
    expect([signIn.unlocked, tablet.joined.vault.rows.size]).toEqual([false, 0])

    expect(await own.open('Z0001', code)).toEqual({ ok: true })
    expect(own.card).toMatchObject({ traineeId: traineeIdOf(1), wishes: [] })
    const recorded = await useRecorder().record({
      name: 'registerWishes',
      body: { traineeId: traineeIdOf(1), wishes: [] },
    })
    expect(recorded.ok && recorded.entries[0]?.entry).toMatchObject({ actorId: traineeIdOf(1), role: 'trainee' })
    expect(
      await useRecorder().record({ name: 'registerWishes', body: { traineeId: traineeIdOf(2), wishes: [] } }),
    ).toMatchObject({ ok: false })
    await router.push('/kiosk/me')
    expect(own.card).not.toBe(null)
    await router.push('/')
    expect([own.card, tablet.core.cardActor.value]).toEqual([null, null])
  })
})
