import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DeviceList, JoinCodeAnswer } from '#contract/device.ts'
import { deviceStream } from '#contract/streams.ts'
import { signingKeyOf } from '#server/ledger/ed25519.ts'
import { loadState } from '#server/ledger/load-states.ts'
import { foundTestFacility, startTestServer, type TestServer } from '#test/support/test-server.ts'
import { joinTestDevice, problemCode, readJson, type TestDevice, valueOf } from '#test/support/test-device.ts'
import { aMark } from '#test/support/test-lesson.ts'

let server: TestServer
afterEach(() => server.stop())

const join = async (body: object, path = '/api/join') =>
  readJson(
    await server.transport({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(body)),
    }),
  )
const publicKey = signingKeyOf(Buffer.alloc(32, 7)).publicKey

async function officeOf(): Promise<TestDevice> {
  const office = await server.join('office')
  valueOf(await office.signIn('admin1', '739152'))
  return office
}

describe('joining by code', () => {
  beforeEach(async () => {
    server = await startTestServer()
    await foundTestFacility(server)
  })

  it('makes a device an administrator can see, and an entry that says so', async () => {
    const office = await officeOf()
    const { code, purpose } = valueOf(
      await office.json<JoinCodeAnswer>('POST', '/api/join-codes', { json: { purpose: 'kiosk' } }),
    )
    expect(code).toMatch(/^[A-HJ-NP-Z2-9]{8}$/)
    const kiosk = await joinTestDevice(server.transport, { code, seed: Buffer.alloc(32, 9), label: 'hall' })
    expect(kiosk.joined).toMatchObject({
      purpose,
      facilityId: server.context.facilityId,
      serverPublicKey: server.context.serverKeys.publicKey,
    })
    const { devices } = valueOf(await office.json<DeviceList>('GET', '/api/devices'))
    expect(devices.map(({ label, lastSeq }) => [label, lastSeq]).sort()).toEqual([
      ['hall', 0],
      ['test device', 0],
    ])
    const folded = await server.context.store.read(server.context.facilityId, (view) =>
      loadState(view, 'device', deviceStream(kiosk.joined.deviceId)),
    )
    expect(folded).toMatchObject({ label: 'hall', purpose: 'kiosk' })
  })

  it('counts what a device has pushed and when it was heard of', async () => {
    const office = await officeOf()
    const tablet = await server.join('instructor', 'classroom')
    tablet.chain.record(aMark('T1'))
    server.clock.advance({ hours: 1 })
    valueOf(await tablet.pushAll())
    const { devices } = valueOf(await office.json<DeviceList>('GET', '/api/devices'))
    expect(devices.find(({ label }) => label === 'classroom')).toMatchObject({
      lastSeq: 1,
      lastSeenAt: server.clock.now(),
    })
  })

  it('takes a code once', async () => {
    const { code } = valueOf(
      await (await officeOf()).json<JoinCodeAnswer>('POST', '/api/join-codes', { json: { purpose: 'office' } }),
    )
    expect((await join({ code, label: 'one', publicKey })).ok).toBe(true)
    expect(problemCode(await join({ code, label: 'two', publicKey }))).toBe('join-code-wrong')
  })

  it('takes a code until its tenth minute is over, and no longer', async () => {
    const office = await officeOf()
    const make = async () =>
      valueOf(await office.json<JoinCodeAnswer>('POST', '/api/join-codes', { json: { purpose: 'office' } }))
    const [first, second] = [await make(), await make()]
    server.clock.advance({ minutes: 9, seconds: 59 })
    expect((await join({ code: first.code, label: 'one', publicKey })).ok).toBe(true)
    server.clock.advance({ seconds: 1 })
    expect(problemCode(await join({ code: second.code, label: 'two', publicKey }))).toBe('join-code-wrong')
  })

  it('refuses a wrong code, a key that is none, and what is no request', async () => {
    const { code } = valueOf(
      await (await officeOf()).json<JoinCodeAnswer>('POST', '/api/join-codes', { json: { purpose: 'office' } }),
    )
    expect(problemCode(await join({ code: 'ABCDEFGH', label: 'x', publicKey }))).toBe('join-code-wrong')
    expect(problemCode(await join({ code, label: 'x', publicKey: 'AAAA' }))).toBe('malformed')
    expect(problemCode(await join({ code: 'abc', label: 'x', publicKey }))).toBe('malformed')
    expect(problemCode(await join({ code, label: '', publicKey }))).toBe('malformed')
    expect((await join({ code, label: 'x', publicKey })).ok).toBe(true)
  })

  it('lets only an administrator make codes and see devices', async () => {
    const tablet = await server.join('instructor')
    expect(problemCode(await tablet.json('POST', '/api/join-codes', { json: { purpose: 'office' } }))).toBe(
      'sign-in-needed',
    )
    valueOf(await tablet.signIn('teacher1', '280946'))
    expect(problemCode(await tablet.json('POST', '/api/join-codes', { json: { purpose: 'office' } }))).toBe(
      'not-allowed',
    )
    expect(problemCode(await tablet.json('GET', '/api/devices'))).toBe('not-allowed')
  })

  it('never joins by itself where it is not the demonstration', async () => {
    expect(problemCode(await join({ label: 'x', publicKey }, '/api/join/demonstration'))).toBe('not-a-demonstration')
  })
})

describe('joining on the demonstration', () => {
  it('takes a browser on this machine by itself, as an office device', async () => {
    server = await startTestServer()
    await foundTestFacility(server, { demonstration: true })
    const device = await joinTestDevice(server.transport, { code: null, seed: Buffer.alloc(32, 5) })
    expect(device.joined.purpose).toBe('office')
    expect((await device.pull(0)).lines.length).toBeGreaterThan(0)
  })

  it('asks the socket, not a header, whether that is so', async () => {
    server = await startTestServer({ listens: false })
    await foundTestFacility(server, { demonstration: true })
    const inject = (remoteAddress: string, headers: Record<string, string> = {}) =>
      server.app.inject({
        method: 'POST',
        url: '/api/join/demonstration',
        remoteAddress,
        headers: { 'content-type': 'application/json', ...headers },
        payload: JSON.stringify({ label: 'x', publicKey }),
      })
    expect((await inject('192.168.1.7')).statusCode).toBe(403)
    expect(
      (await inject('192.168.1.7', { 'x-forwarded-for': '127.0.0.1', forwarded: 'for=127.0.0.1' })).statusCode,
    ).toBe(403)
    expect((await inject('::ffff:127.0.0.1')).statusCode).toBe(200)
  })
})
