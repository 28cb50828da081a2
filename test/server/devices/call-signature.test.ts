import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeShortMemory } from '#server/storage/short-memory.ts'
import type { FacilityId } from '#contract/values.ts'
import { foundTestFacility, startTestServer, type TestServer } from '#test/support/test-server.ts'
import { makeTestDevice, problemCode, readJson, type TestDevice } from '#test/support/test-device.ts'

let server: TestServer
let device: TestDevice

beforeEach(async () => {
  server = await startTestServer()
  await foundTestFacility(server)
  device = await server.join('office')
})
afterEach(() => server.stop())

const PULL = '/api/sync/pull?after=0'
const code = async (headers: Record<string, string>) =>
  problemCode(readJson(await server.transport({ method: 'GET', path: PULL, headers, body: null })))

it('refuses a call without a signature, by a stranger, or by another key', async () => {
  expect(await code({})).toBe('unsigned')
  expect(await code({ 'x-device': device.joined.deviceId, 'x-nonce': 'n'.repeat(20) })).toBe('unsigned')
  expect(await code({ 'x-device': 'NOBODY', 'x-nonce': 'n'.repeat(20), 'x-signature': 'A'.repeat(86) })).toBe(
    'unknown-device',
  )
  expect(
    await code({ 'x-device': device.joined.deviceId, 'x-nonce': 'n'.repeat(20), 'x-signature': 'A'.repeat(86) }),
  ).toBe('bad-signature')
  const stranger = makeTestDevice(server.transport, device.joined, (await server.join('office')).key, 'epoch-0001')
  expect(problemCode(await stranger.json('GET', PULL))).toBe('bad-signature')
})

it('signs the method, the whole path with its query, and the body', async () => {
  expect(problemCode(await device.json('GET', PULL, { signedPath: '/api/sync/pull?after=1' }))).toBe('bad-signature')
  expect(problemCode(await device.json('GET', PULL, { signedPath: '/api/sync/pull' }))).toBe('bad-signature')
  const sent = device.call('POST', '/api/sign-in', { json: { account: 'a', pin: '000000' } })
  expect(problemCode(readJson(await sent))).toBe('wrong-pin')
  const swapped = await device.json('POST', '/api/sign-in', {
    json: { account: 'b', pin: '000000' },
    headers: { 'x-signature': 'A'.repeat(86) },
  })
  expect(problemCode(swapped)).toBe('bad-signature')
})

it('refuses a call that was sent before, and a nonce that is none', async () => {
  expect((await device.call('GET', PULL, { nonce: 'the-very-same-nonce' })).status).toBe(200)
  expect(problemCode(await device.json('GET', PULL, { nonce: 'the-very-same-nonce' }))).toBe('replayed')
  expect(problemCode(await device.json('GET', PULL, { nonce: 'short' }))).toBe('unsigned')
  const other = await server.join('office')
  expect((await other.call('GET', PULL, { nonce: 'the-very-same-nonce' })).status).toBe(200)
})

it('does not let an unsigned call use up a nonce', async () => {
  const headers = {
    'x-device': device.joined.deviceId,
    'x-nonce': 'a-nonce-of-the-device',
    'x-signature': 'A'.repeat(86),
  }
  expect(await code(headers)).toBe('bad-signature')
  expect((await device.call('GET', PULL, { nonce: 'a-nonce-of-the-device' })).status).toBe(200)
})

it('takes exactly the text of the contract', async () => {
  const nonce = 'written-out-by-hand-1'
  const text = `GET|${PULL}|${device.joined.deviceId}|${nonce}|${createHash('sha256').update('').digest('hex')}`
  const headers = { 'x-device': device.joined.deviceId, 'x-nonce': nonce, 'x-signature': device.key.sign(text) }
  expect((await server.transport({ method: 'GET', path: PULL, headers, body: null })).status).toBe(200)
})

it('remembers the newest nonces of each device, and no more than its bound', async () => {
  const memory = makeShortMemory(3)
  const use = (device: string, nonce: string) => memory.firstUse('F1' as FacilityId, device, nonce)
  for (const nonce of ['a', 'b', 'c', 'd']) expect(await use('D1', nonce)).toBe(true)
  expect(await use('D1', 'b')).toBe(false)
  expect(await use('D1', 'd')).toBe(false)
  expect(await use('D1', 'a')).toBe(true)
  expect(await use('D2', 'd')).toBe(true)
})
