// Tells listening devices that something was committed, so that they ask at once and not within the minute. It says how far the ledger is and nothing
// of what is in it. Each instance tells of its own commits; those of another instance reach its devices at their usual interval.
import type { ServerResponse } from 'node:http'
import type { App } from '../app.ts'
import { identify } from '../endpoint.ts'
import { sendProblem } from '../problem-answer.ts'

const HEARTBEAT_MS = 25_000
const EVENT_HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
  connection: 'close',
}

interface Listeners {
  add(deviceId: string, response: ServerResponse): Promise<void>
  poke(): Promise<void>
  beat(): void
  endAll(): void
}

function makeListeners({ context }: App): Listeners {
  const open = new Map<string, ServerResponse>()
  let told = -1
  const head = () => context.store.read(context.facilityId, (view) => view.entries.headPosition())
  return {
    async add(deviceId, response) {
      // A device listens once: what it has left behind is ended, so that nobody can hold more than one connection.
      open.get(deviceId)?.end()
      open.set(deviceId, response)
      response.on('close', () => {
        if (open.get(deviceId) === response) open.delete(deviceId)
      })
      response.write(`event: poke\ndata: ${String(await head())}\n\n`)
    },
    async poke() {
      if (open.size === 0) return
      const position = await head()
      if (position === told) return
      told = position
      for (const response of open.values()) response.write(`event: poke\ndata: ${String(position)}\n\n`)
    },
    beat() {
      for (const response of open.values()) response.write(':\n\n')
    },
    endAll() {
      for (const response of open.values()) response.end()
    },
  }
}

/** Registers `GET /api/sync/events`: server-sent events `poke` with the head position, signed like every call of a device. */
export function registerSyncEvents(app: App): void {
  const listeners = makeListeners(app)
  const heartbeat = setInterval(() => listeners.beat(), HEARTBEAT_MS).unref()
  // A poke that fails costs a device some seconds; the commit it tells of stands.
  app.writes.onCommit(() => void listeners.poke().catch(() => undefined))
  app.fastify.addHook('preClose', async () => {
    clearInterval(heartbeat)
    listeners.endAll()
  })
  app.fastify.route({
    method: 'GET',
    url: '/api/sync/events',
    schema: { summary: 'Hear of commits (text/event-stream): each event is the position of the head' },
    async handler(request, reply) {
      const caller = await identify(app, request, 'device')
      if (!caller.ok) return sendProblem(reply, caller.problem)
      const { device } = caller.value
      if (device === undefined) throw new Error('a signed call has a device')
      reply.hijack()
      // The answer ends with its connection and not with a last chunk: a server that is gone is then no broken answer to the browser.
      reply.raw.removeHeader('transfer-encoding')
      for (const [name, value] of Object.entries({ ...reply.getHeaders(), ...EVENT_HEADERS })) {
        if (value !== undefined) reply.raw.setHeader(name, value)
      }
      await listeners.add(device.deviceId, reply.raw)
    },
  })
}
