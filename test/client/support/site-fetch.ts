// `fetch` that reaches a test server, and a network that can lose what a test wants lost.
import type { TestTransport } from '#test/support/transport.ts'

/** What happens to one call: it arrives, never leaves, its answer is lost, it arrives twice, or its answer says the site failed although it did not. */
export type CallFate = 'arrives' | 'lost' | 'answer-lost' | 'twice' | 'answer-wrong'

const FAILED = { type: 'about:blank', title: 'failed', status: 500, code: 'internal' }

/** A fetch over a test transport. `fateOf` decides each call by its path. */
export function siteFetch(
  transport: TestTransport,
  fateOf: (path: string) => CallFate = () => 'arrives',
): typeof fetch {
  return async (input, init) => {
    const url = new URL(String(input))
    const path = url.pathname + url.search
    const body = init?.body instanceof Uint8Array ? init.body : null
    const call = {
      method: init?.method === 'POST' ? 'POST' : 'GET',
      path,
      headers: Object.fromEntries(new Headers(init?.headers)),
      body,
    } as const
    const fate = fateOf(path)
    if (fate === 'lost') throw new TypeError('the network is gone')
    const answer = await transport(call)
    if (fate === 'answer-lost') throw new TypeError('the network is gone')
    if (fate === 'answer-wrong') return Response.json(FAILED, { status: FAILED.status })
    if (fate === 'twice') await transport(call)
    // The transport has unpacked what came; a header that still says gzip would have it unpacked twice.
    const headers = new Headers(answer.headers)
    headers.delete('content-encoding')
    return new Response(new Uint8Array(answer.body), { status: answer.status, headers })
  }
}
