// Devices hear of commits: the head position and nothing else, only when signed, and a server that stops ends them.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { takeEvents } from '#client/sync/event-stream.ts'
import { createTransport, type Transport } from '#client/sync/transport.ts'
import { foundTestFacility, startTestServer, type TestServer } from '#test/support/test-server.ts'
import { type TestDevice, valueOf } from '#test/support/test-device.ts'
import { aMark } from '#test/support/test-lesson.ts'

let server: TestServer
let tablet: TestDevice
let stopped = false
beforeEach(async () => {
  stopped = false
  server = await startTestServer()
  await foundTestFacility(server)
  tablet = await server.join('instructor')
})
afterEach(async () => {
  if (!stopped) await server.stop()
})

let nonces = 0
function transportOf(device: TestDevice | null): Transport {
  const { joined, key } = device ?? tablet
  return createTransport({
    origin: server.url,
    device: () => (device === null ? null : { deviceId: joined.deviceId, sign: async (text) => key.sign(text) }),
    newNonce: () => `nonce-of-a-listener-${String((nonces += 1)).padStart(4, '0')}`,
    clock: () => 0,
  })
}

/** Listens; `next` answers the next text that came. */
function listen(device: TestDevice | null) {
  const heard: string[] = []
  let wake: () => void = () => undefined
  const ended = transportOf(device).events(
    '/api/sync/events',
    (text) => {
      heard.push(text)
      wake()
    },
    AbortSignal.timeout(20_000),
  )
  ended.catch(() => undefined)
  async function next(): Promise<string> {
    while (heard.length === 0) await new Promise<void>((resolve) => (wake = resolve))
    return heard.shift() ?? ''
  }
  return { next, ended }
}

it('says how far the ledger is, at once and after each commit of another device, and not what is in it', async () => {
  const { next } = listen(tablet)
  const [first = 0] = takeEvents(await next()).positions
  const other = await server.join('instructor')
  await next()
  other.chain.record(aMark('T1'))
  valueOf(await other.pushAll())
  const text = await next()
  expect(takeEvents(text)).toMatchObject({ rest: '' })
  expect(text).toMatch(/^event: poke\ndata: \d+\n\n$/)
  expect(takeEvents(text).positions[0]).toBeGreaterThan(first)
})

it('ends with its connection and not with a last chunk, so that a server that is killed is no broken answer', async () => {
  let headers = new Headers()
  const { joined, key } = tablet
  const listening = createTransport({
    origin: server.url,
    device: () => ({ deviceId: joined.deviceId, sign: async (text) => key.sign(text) }),
    newNonce: () => 'nonce-of-a-listener-head',
    clock: () => 0,
    async fetch(input, init) {
      const response = await fetch(input, init)
      headers = response.headers
      return response
    },
  })
  const stopping = new AbortController()
  const ended = listening.events('/api/sync/events', () => stopping.abort(), stopping.signal)
  await expect(ended).rejects.toMatchObject({ code: 'offline' })
  expect(headers.get('transfer-encoding')).toBeNull()
  expect(headers.get('connection')).toBe('close')
  expect(headers.get('content-type')).toBe('text/event-stream')
})

it('listens once a device: the connection before is ended', async () => {
  const before = listen(tablet)
  await before.next()
  const now = listen(tablet)
  await now.next()
  await expect(before.ended).resolves.toBeUndefined()
})

it('says nothing to a caller that did not sign', async () => {
  await expect(listen(null).ended).rejects.toMatchObject({ code: 'offline' })
})

it('ends when the server stops, which waits for no listener', async () => {
  const { next, ended } = listen(tablet)
  await next()
  stopped = true
  await server.stop()
  await expect(ended).resolves.toBeUndefined()
})

it('keeps an event that came in two pieces until it is whole', () => {
  expect(takeEvents('event: poke\ndata: 7\n\n:\n\nevent: poke\nda')).toEqual({
    positions: [7],
    rest: 'event: poke\nda',
  })
})
