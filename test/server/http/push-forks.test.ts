// Pushes that do not agree with what the server knows of the device, and pushes at the same time.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { devices, forkedBranches } from '#server/ledger/collections.ts'
import { foundTestFacility, startTestServer, type TestServer } from '#test/support/test-server.ts'
import { problemCode, type TestDevice, valueOf } from '#test/support/test-device.ts'
import { makeTestChain } from '#test/support/test-chain.ts'
import { aMark, marks } from '#test/support/test-lesson.ts'

let server: TestServer
let tablet: TestDevice

beforeEach(async () => {
  server = await startTestServer()
  await foundTestFacility(server)
  tablet = await server.join('instructor')
})
afterEach(() => server.stop())

const head = () => server.context.store.read(server.context.facilityId, (view) => view.entries.headPosition())

describe('forks', () => {
  it('keeps both branches, quarantines the device and refuses what it pushes from then on', async () => {
    for (const draft of marks(2)) tablet.chain.record(draft)
    const clone = tablet.chain.branch()
    tablet.chain.record(aMark('T3'))
    clone.record(aMark('T4'))
    valueOf(await tablet.pushAll())
    const before = await head()
    expect(problemCode(await tablet.push(clone.pushBody(1, 3)))).toBe('chain-forked')
    // Nothing of the other branch is recorded; what is new is that the server says so.
    expect(await head()).toBe(before + 1)
    const kept = await server.context.store.read(server.context.facilityId, async (view) => ({
      branches: await forkedBranches.list(view, tablet.joined.deviceId),
      device: await devices.get(view, tablet.joined.deviceId),
      chain: await view.entries.ofDevice(tablet.joined.deviceId, tablet.chain.epoch, 3, 1),
    }))
    expect(kept.branches.map(({ value }) => value.texts)).toEqual([clone.entries.map(({ text }) => text)])
    expect(kept.chain.map(({ text }) => text)).toEqual([tablet.chain.entries[2]?.text])
    expect(kept.device?.value.quarantinedAt).not.toBeNull()
    tablet.chain.record(aMark('T5'))
    expect(problemCode(await tablet.push(tablet.chain.pushBody(4, 1)))).toBe('chain-forked')
    expect(problemCode(await tablet.signIn('admin1', '739152'))).toBe('not-allowed')
  })

  it('[ACC-15] goes on under a new epoch once an administrator has lifted the quarantine, and the former takes nothing more', async () => {
    for (const draft of marks(2)) tablet.chain.record(draft)
    const clone = tablet.chain.branch()
    tablet.chain.record(aMark('T3'))
    clone.record(aMark('T4'))
    valueOf(await tablet.pushAll())
    await tablet.push(clone.pushBody(1, 3))
    const { deviceId } = tablet.joined
    const office = await server.join('office')
    valueOf(await office.signIn('admin1', '739152'))
    const body = { deviceId, epoch: tablet.chain.epoch }
    expect(problemCode(await office.act('liftQuarantine', { ...body, epoch: 'another-1' }))).toBe('refused')
    expect(valueOf(await office.act('liftQuarantine', body)).positions).toHaveLength(1)
    expect(valueOf(await office.act('liftQuarantine', body)).positions).toHaveLength(0)
    tablet.chain.record(aMark('T5'))
    // What is here is acknowledged as ever, so that a device whose receipt was lost says nothing twice.
    expect(valueOf(await tablet.push(tablet.chain.pushBody(1, 3))).receipt).toMatchObject({ lastSeq: 3 })
    expect(await tablet.push(tablet.chain.pushBody(1, 4))).toMatchObject({
      problem: { code: 'epoch-closed', expectSeq: 4 },
    })
    expect(await tablet.push(clone.pushBody(1, 3))).toMatchObject({ problem: { code: 'epoch-closed', expectSeq: 3 } })
    const again = makeTestChain(tablet.joined, tablet.key, 'epoch-0002')
    again.record(aMark('T4'))
    expect(valueOf(await tablet.push(again.pushBody(1, 1))).receipt).toMatchObject({ epoch: 'epoch-0002', lastSeq: 1 })
    const branches = await server.context.store.read(server.context.facilityId, (view) =>
      forkedBranches.list(view, deviceId),
    )
    expect(branches).toHaveLength(1)
  })

  it('does not take a batch on another past for a new one', async () => {
    for (const draft of marks(2)) tablet.chain.record(draft)
    valueOf(await tablet.pushAll())
    const other = tablet.chain.branch()
    tablet.chain.record(aMark('T3'))
    valueOf(await tablet.push(tablet.chain.pushBody(3, 1)))
    other.record(aMark('T4'))
    other.record(aMark('T5'))
    expect(problemCode(await tablet.push(other.pushBody(4, 1)))).toBe('chain-broken')
    expect(problemCode(await tablet.push(other.pushBody(3, 2)))).toBe('chain-forked')
  })

  it('takes a new epoch of the same device from its first entry', async () => {
    tablet.chain.record(aMark('T1'))
    valueOf(await tablet.pushAll())
    const again = makeTestChain(tablet.joined, tablet.key, 'epoch-0002')
    again.record(aMark('T2'))
    expect(valueOf(await tablet.push(again.pushBody(1, 1))).receipt).toMatchObject({ epoch: 'epoch-0002', lastSeq: 1 })
  })
})

describe('pushes at the same time', () => {
  it('gives every entry one position, without a gap, whoever pushes', async () => {
    const tablets = [tablet, await server.join('instructor'), await server.join('instructor')]
    const before = await head()
    for (const [index, one] of tablets.entries()) {
      for (const draft of marks(40, { classId: `C${index}` })) one.chain.record(draft)
    }
    const answers = await Promise.all(tablets.flatMap((one) => [one.pushAll(1, 7), one.pushAll(1, 40)]))
    expect(answers.every(({ ok }) => ok)).toBe(true)
    const feed = await server.context.store.read(server.context.facilityId, (view) =>
      view.entries.feed({ after: before, until: before + 1000, roots: null, limit: 1000 }),
    )
    expect(feed.map(({ position }) => position)).toEqual(Array.from({ length: 120 }, (_, index) => before + index + 1))
    expect(new Set(feed.map(({ id }) => id)).size).toBe(120)
  })
})
