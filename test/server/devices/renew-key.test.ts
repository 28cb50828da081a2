import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { GENESIS_HASH } from '#contract/canonical.ts'
import { renewKeyText } from '#contract/device.ts'
import { deviceStream } from '#contract/streams.ts'
import type { Hash } from '#contract/values.ts'
import { chainHeads, devices } from '#server/ledger/collections.ts'
import { signingKeyOf } from '#server/ledger/ed25519.ts'
import { loadState } from '#server/ledger/load-states.ts'
import type { TestDevice } from '#test/support/test-device.ts'
import { readJson } from '#test/support/test-device.ts'
import { startTestServer, type TestServer } from '#test/support/test-server.ts'

let server: TestServer
let device: TestDevice
beforeEach(async () => {
  server = await startTestServer({ listens: false })
  device = await server.join('instructor')
})
afterEach(() => server.stop())

const known = async () => {
  const found = await server.context.store.read(server.context.facilityId, (view) =>
    devices.get(view, device.joined.deviceId),
  )
  if (found === null) throw new Error('the device is not known')
  return found.value
}
const stateNow = () =>
  server.context.store.read(server.context.facilityId, (view) =>
    loadState(view, 'device', deviceStream(device.joined.deviceId)),
  )
const newKey = signingKeyOf(Buffer.alloc(32, 9)).publicKey

async function ask(more: object = {}, proof?: string) {
  const { deviceSecret } = await known()
  const base = {
    deviceId: device.joined.deviceId,
    publicKey: newKey,
    epoch: 'epoch-of-test',
    lastSeq: 0,
    head: GENESIS_HASH,
    ...more,
  }
  const request = base as Parameters<typeof renewKeyText>[0]
  const right = createHmac('sha256', Buffer.from(deviceSecret, 'base64url'))
    .update(renewKeyText(request))
    .digest('base64url')
  const answer = await server.transport({
    method: 'POST',
    path: '/api/devices/renew-key',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify({ ...request, proof: proof ?? right })),
  })
  const read = readJson(answer)
  return { status: answer.status, json: { code: read.ok ? null : read.problem.code } }
}

describe('renewing the key of a device', () => {
  it('[ACC-10] takes the proven key over, records it once, and the former key counts no more', async () => {
    expect((await device.call('GET', '/api/sync/pull?after=0')).status).toBe(200)
    expect((await ask()).status).toBe(200)
    expect((await ask()).status).toBe(200)
    expect((await known()).publicKey).toBe(newKey)
    expect((await stateNow()).renewedKeys).toMatchObject([{ publicKey: newKey, confirmed: false }])
    expect((await device.call('GET', '/api/sync/pull?after=0')).status).toBe(401)
  })

  it('[ACC-10] refuses a wrong proof, another device, a key that is none, and a chain that does not go on from what is here', async () => {
    const wrong = Buffer.alloc(32, 1).toString('base64url')
    expect(await ask({}, wrong)).toMatchObject({ status: 401, json: { code: 'bad-signature' } })
    expect(await ask({ deviceId: 'nobody' })).toMatchObject({ json: { code: 'unknown-device' } })
    expect(await ask({ publicKey: 'AAAA' })).toMatchObject({ json: { code: 'malformed' } })
    const head = 'ab'.repeat(32) as Hash
    await server.context.store.transaction(server.context.facilityId, (tx) =>
      chainHeads.put(
        tx,
        `${device.joined.deviceId}|epoch-of-test`,
        { lastSeq: 5, head, signed: { fromSeq: 1, count: 5, signature: '' } },
        0,
      ),
    )
    expect(await ask({ lastSeq: 4 })).toMatchObject({ status: 409, json: { code: 'chain-forked' } })
    expect(await ask({ lastSeq: 5, head: 'cd'.repeat(32) })).toMatchObject({ status: 409 })
    expect((await stateNow()).renewedKeys).toEqual([])
    expect(await ask({ lastSeq: 5, head })).toMatchObject({ status: 200 })
  })

  it('[ACC-10] never lets a quarantined device go on', async () => {
    await server.context.store.transaction(server.context.facilityId, (tx) =>
      devices.update(tx, device.joined.deviceId, (before) => {
        if (before === null) throw new Error('the device is not known')
        return { ...before, quarantinedAt: server.clock.now() }
      }),
    )
    expect(await ask()).toMatchObject({ status: 409, json: { code: 'chain-forked' } })
  })
})
