// How a test's device reaches a server: over the network, or straight into the application for fast simulations.
import type { FastifyInstance } from 'fastify'

export interface TestCall {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | null
}

export interface TestAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export type TestTransport = (call: TestCall) => Promise<TestAnswer>

/** Real requests. fetch unpacks gzip by itself. */
export function httpTransport(url: string): TestTransport {
  return async ({ method, path, headers, body }) => {
    const response = await fetch(`${url}${path}`, { method, headers, body: body === null ? null : Buffer.from(body) })
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: new Uint8Array(await response.arrayBuffer()),
    }
  }
}

/** The same application without a socket. */
export function directTransport(fastify: FastifyInstance): TestTransport {
  return async ({ method, path, headers, body }) => {
    const payload = body === null ? {} : { payload: Buffer.from(body) }
    const response = await fastify.inject({ method, url: path, headers: { ...headers }, ...payload })
    const answered = Object.entries(response.headers).map(([name, value]) => [name, String(value)])
    return { status: response.statusCode, headers: Object.fromEntries(answered), body: response.rawPayload }
  }
}
