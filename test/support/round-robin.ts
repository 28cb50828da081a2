// A plain balancer: hands each request to the next of its servers, and to another one when that is not there. It knows nothing of what it carries.
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'

export interface RoundRobin {
  readonly url: string
  /** How many requests each server answered, in the order given. */
  readonly answered: readonly number[]
  stop(): Promise<void>
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

function forward(base: string, incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const { method, headers } = incoming
    const { connection: _connection, 'transfer-encoding': _encoding, ...kept } = headers
    const call = request(`${base}${incoming.url ?? ''}`, {
      method,
      agent: false,
      headers: { ...kept, 'content-length': body.length },
    })
    call.once('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing).once('finish', () => resolve(true))
      answer.once('error', reject)
    })
    call.once('error', (reason: NodeJS.ErrnoException) =>
      // Only a server that never had the request may be passed over.
      reason.code === 'ECONNREFUSED' ? resolve(false) : reject(reason),
    )
    call.end(body)
  })
}

/** Starts a balancer before servers, given as their addresses. */
export async function startRoundRobin(servers: readonly string[]): Promise<RoundRobin> {
  const answered = servers.map(() => 0)
  let turn = 0
  const balancer = createServer((incoming, outgoing) => {
    const serve = async () => {
      const body = await bodyOf(incoming)
      const first = turn
      turn += 1
      for (let tries = 0; tries < servers.length; tries += 1) {
        const chosen = (first + tries) % servers.length
        if (!(await forward(servers[chosen] ?? '', incoming, body, outgoing))) continue
        answered[chosen] = (answered[chosen] ?? 0) + 1
        return
      }
      outgoing.writeHead(502).end()
    }
    serve().catch(() => outgoing.destroy())
  })
  await new Promise<void>((resolve) => balancer.listen(0, '127.0.0.1', resolve))
  const address = balancer.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${String(port)}`,
    answered,
    async stop() {
      balancer.closeAllConnections()
      await new Promise<void>((resolve) => balancer.close(() => resolve()))
    },
  }
}
