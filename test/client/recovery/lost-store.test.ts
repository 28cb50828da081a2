// A store of a tablet is lost, with and without the network: what it told people is saved is still there, with the names, and the chain goes on.
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sessionStream } from '#contract/streams.ts'
import type { Hash } from '#contract/values.ts'
import { deviceStream } from '#contract/streams.ts'
import { loadState } from '#server/ledger/load-states.ts'
import { runAct } from '#server/ledger/perform-act.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { foundTestFacility, startTestServer } from '#test/support/test-server.ts'
import type { TestServer } from '#test/support/test-server.ts'
import { markAbsent } from '../support/marks.ts'
import type { CallFate } from '../support/site-fetch.ts'
import { CLASS_ID, seedClass, SESSION_ID, traineeIdOf } from '../support/test-class.ts'
import { ADMINISTRATOR, nameOf, seedPeople } from '../support/test-people.ts'
import { joinCode, joinTablet } from '../support/test-tablet.ts'
import type { TestTablet } from '../support/test-tablet.ts'

const STREAM = sessionStream(CLASS_ID, SESSION_ID)
let site: TestServer
let tablet: TestTablet
let teacherPin: string
let network: CallFate

beforeEach(async () => {
  network = 'arrives'
  site = await startTestServer({ listens: false })
  teacherPin = (await foundTestFacility(site)).teacherPin
  await seedClass(site, 9)
  await seedPeople(site, 9)
  tablet = await joinTablet(site, { random: seededRandom(1), purpose: 'instructor', fateOf: () => network })
  await tablet.joined.sync.syncNow()
})
afterEach(() => site.stop())

async function record(...people: number[]): Promise<Hash[]> {
  const ids: Hash[] = []
  for (const person of people) {
    const answer = await tablet.joined.ledger.record(markAbsent(person))
    if (!answer.ok) throw new Error(answer.refusal.code)
    ids.push(...answer.value.map(({ id }) => id))
  }
  return ids
}

/** What both stores hold of the chain now, as ids. */
async function shownIds(): Promise<Hash[]> {
  const { history } = await tablet.joined.ledger.state('session', STREAM)
  return Object.values(history)
    .flat()
    .map(({ entryId }) => entryId)
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) await new Promise((resolve) => setTimeout(resolve, 2))
}

async function names(): Promise<(string | undefined)[]> {
  expect((await tablet.joined.vault.unlock('teacher1', teacherPin)).ok).toBe(true)
  await tablet.joined.vault.refresh(() => undefined)
  const row = tablet.joined.vault.rows.get(`trainee|${traineeIdOf(3)}`)
  return [row === undefined ? undefined : (row.content as { name: string }).name]
}

const serverSide = () =>
  site.context.store.read(site.context.facilityId, (view) =>
    loadState(view, 'device', deviceStream(tablet.joined.device.deviceId)),
  )

describe('IndexedDB is lost while there is no network', () => {
  it('[ACC-10] names and roll call are there, the chain goes on, and the next sync brings everything once', async () => {
    const confirmed = await record(1, 2)
    await tablet.joined.sync.syncNow()
    network = 'lost'
    const pending = await record(3, 4, 5)
    await settle()
    const { epoch, deviceId } = tablet.joined.device
    tablet.browser.disk = new IDBFactory()
    await tablet.reload()
    expect(tablet.core.storageFinding.value).toMatchObject({ is: 'indexeddb-lost' })
    expect(tablet.joined.device).toMatchObject({ epoch, deviceId, renewalDue: true })
    expect((await shownIds()).sort()).toEqual([...confirmed, ...pending].sort())
    expect(await names()).toEqual([nameOf(3)])
    expect((await tablet.joined.ledger.state('roster', `class/${CLASS_ID}/roster`)).members).toBeDefined()
    const later = await record(6)
    expect(tablet.joined.ledger.ownWork()).toMatchObject({ ownCount: 6, unsentCount: 4 })
    await tablet.reload()
    expect((await shownIds()).sort()).toEqual([...confirmed, ...pending, ...later].sort())
    network = 'arrives'
    await tablet.joined.sync.syncNow()
    expect(tablet.joined.sync.status.trouble).toBeNull()
    expect(tablet.joined.ledger.ownWork()).toMatchObject({ unsentCount: 0, refused: [] })
    expect((await serverSide()).findings).toMatchObject([{ code: 'device/key-unconfirmed', settled: false }])
    const [key] = (await serverSide()).renewedKeys
    const body = { deviceId, publicKey: key?.publicKey ?? '' } as Parameters<typeof runAct<'confirmDeviceKey'>>[3]
    expect((await runAct(site.context, ADMINISTRATOR, 'confirmDeviceKey', body)).ok).toBe(true)
    expect((await serverSide()).findings).toMatchObject([{ code: 'device/key-unconfirmed', settled: true }])
    await tablet.reload()
    await tablet.joined.sync.syncNow()
    expect(tablet.joined.sync.status.trouble).toBeNull()
    expect((await serverSide()).renewedKeys).toHaveLength(1)
  })

  it('is rebuilt again when the rebuilding is ended at any of its writes', async () => {
    await record(1)
    await tablet.joined.sync.syncNow()
    network = 'lost'
    await record(2, 3)
    await settle()
    const ids = (await shownIds()).sort()
    for (let writes = 0; writes < 12; writes += 1) {
      // The rebuilding ends after so many transactions, and what it wrote until then stays.
      const disk = new IDBFactory()
      const { transaction } = IDBDatabase.prototype
      let left = writes
      IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...asked) {
        if (asked[1] === 'readwrite' && left-- <= 0) throw new DOMException('the browser ended', 'AbortError')
        return transaction.apply(this, asked)
      }
      tablet.browser.disk = disk
      await tablet.reload().catch(() => undefined)
      IDBDatabase.prototype.transaction = transaction
      await tablet.reload()
      expect((await shownIds()).sort()).toEqual(ids)
      expect(await names()).toEqual([nameOf(3)])
    }
  })

  it('[ACC-10] a renewal whose answer is lost is the same renewal when it is asked again', async () => {
    await record(1)
    await settle()
    tablet.browser.disk = new IDBFactory()
    await tablet.reload()
    network = 'answer-lost'
    await tablet.joined.sync.syncNow()
    network = 'arrives'
    await tablet.joined.sync.syncNow()
    expect(tablet.joined.sync.status.trouble).toBeNull()
    expect((await serverSide()).renewedKeys).toHaveLength(1)
    expect(tablet.joined.ledger.ownWork().unsentCount).toBe(0)
  })
})

describe('the files are lost', () => {
  it('they are built anew, and then IndexedDB may be lost too', async () => {
    const first = await record(1, 2)
    await tablet.joined.sync.syncNow()
    network = 'lost'
    const second = await record(3)
    tablet.browser.files.folders.clear()
    await tablet.reload()
    expect(tablet.core.storageFinding.value).toMatchObject({ is: 'opfs-lost' })
    await settle()
    const third = await record(4)
    tablet.browser.disk = new IDBFactory()
    await tablet.reload()
    expect((await shownIds()).sort()).toEqual([...first, ...second, ...third].sort())
    expect(await names()).toEqual([nameOf(3)])
    network = 'arrives'
    await tablet.joined.sync.syncNow()
    expect(tablet.joined.ledger.ownWork()).toMatchObject({ unsentCount: 0, refused: [] })
  })

  it.each(['journal', 'kept-0', 'segments'])('every cut of %s is made good from IndexedDB', async (name) => {
    await record(1, 2, 3)
    await tablet.joined.sync.syncNow()
    await record(4, 5)
    await settle()
    const ids = (await shownIds()).sort()
    const random = seededRandom(9)
    for (let turn = 0; turn < 8; turn += 1) {
      const file = tablet.browser.files.folders.get('xincheng-1')?.get(name)
      if (file === undefined) throw new Error(`no file ${name}`)
      const at = random.integer(0, Math.max(1, file.bytes.length))
      if (turn % 2 === 0) file.bytes = file.bytes.slice(0, at)
      else file.bytes[at] = (file.bytes[at] ?? 0) ^ 0x10
      await tablet.reload()
      await settle()
      tablet.browser.disk = turn === 7 ? new IDBFactory() : tablet.browser.disk
      if (turn === 7) await tablet.reload()
      expect((await shownIds()).sort()).toEqual(ids)
      expect(await names()).toEqual([nameOf(3)])
    }
  })
})

describe('both stores are lost', () => {
  it('[ACC-11] the canary tells how many were acknowledged; joining again names the former device and gets its records back', async () => {
    const sent = await record(1, 2, 3)
    await tablet.joined.sync.syncNow()
    await record(4, 5)
    await settle()
    const former = tablet.joined.device.deviceId
    tablet.browser.disk = new IDBFactory()
    tablet.browser.files.folders.clear()
    await tablet.reload()
    expect(tablet.core.joined.value).toBeNull()
    expect(tablet.core.storageFinding.value).toEqual({ is: 'both-lost', acknowledged: 5, kept: 0 })
    expect(await tablet.core.join(await joinCode(site, 'instructor'), 'again')).toEqual({ ok: true })
    expect(tablet.core.storageFinding.value).toBeNull()
    expect(tablet.joined.device.deviceId).not.toBe(former)
    await tablet.joined.sync.syncNow()
    expect((await shownIds()).sort()).toEqual([...sent].sort())
    const state = await site.context.store.read(site.context.facilityId, (view) =>
      loadState(view, 'device', deviceStream(former)),
    )
    expect(state.losses).toMatchObject([{ byDeviceId: tablet.joined.device.deviceId, missing: 2, accepted: false }])
    expect(state.findings).toMatchObject([{ code: 'device/entries-missing', settled: false }])
    const body = { deviceId: former, byDeviceId: tablet.joined.device.deviceId }
    expect((await runAct(site.context, ADMINISTRATOR, 'acceptDeviceLoss', body)).ok).toBe(true)
    await tablet.reload()
    expect(tablet.core.storageFinding.value).toBeNull()
    expect((await shownIds()).sort()).toEqual([...sent].sort())
  })

  it('[ACC-11] nothing missing is no finding', async () => {
    await record(1)
    await tablet.joined.sync.syncNow()
    const former = tablet.joined.device.deviceId
    tablet.browser.disk = new IDBFactory()
    tablet.browser.files.folders.clear()
    await tablet.reload()
    await tablet.core.join(await joinCode(site, 'instructor'), 'again')
    const state = await site.context.store.read(site.context.facilityId, (view) =>
      loadState(view, 'device', deviceStream(former)),
    )
    expect(state.losses).toMatchObject([{ missing: 0 }])
    expect(state.findings).toEqual([])
  })

  it('a browser that never joined anything is told of no loss', async () => {
    tablet.browser.words.clear()
    tablet.browser.disk = new IDBFactory()
    tablet.browser.files.folders.clear()
    await tablet.reload()
    expect(tablet.core.storageFinding.value).toBeNull()
    expect(tablet.core.joined.value).toBeNull()
  })
})
