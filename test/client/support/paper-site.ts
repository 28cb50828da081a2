// A site on paper for pages: it answers joining, set-up, health and an empty sync in the shapes of the contract, and remembers nothing else.
import type { Health, JoinAnswer } from '#contract/device.ts'
import { PROBLEMS } from '#contract/problem.ts'
import type { ProblemCode } from '#contract/problem.ts'

export const RIGHT_CODE = 'ABCD2345'
export const SIMPLE_PIN = '111111'
const FACILITY = 'F1' as Health['facility']['id']

const json = (value: unknown, status = 200): Response => new Response(JSON.stringify(value), { status })
const no = (code: ProblemCode, refusal?: string): Response =>
  json({ type: 'about:blank', title: code, status: PROBLEMS[code], code, refusal }, PROBLEMS[code])

/** The site; `requests` keeps what was asked of it. */
export function makePaperSite() {
  const requests: { readonly path: string; readonly body: unknown }[] = []
  let founded = false
  const health = (): Health => ({
    status: 'ok',
    version: '0.0.0-test',
    store: 'sqlite',
    facility: { id: FACILITY, name: founded ? '测试监狱' : '', kind: null },
    position: 0,
    setUp: founded,
    demonstration: false,
  })
  const joined = {
    facilityId: FACILITY,
    facilityName: '',
    deviceId: 'D1',
    purpose: 'office',
    deviceSecret: 'AAAA',
    serverPublicKey: 'AAAA',
    serverEpoch: 'E1',
  } as JoinAnswer
  function answer(path: string, body: Record<string, unknown>): Response {
    if (path === '/api/health') return json(health())
    if (path === '/api/join') return body['code'] === RIGHT_CODE ? json(joined) : no('join-code-wrong')
    if (path === '/api/setup' && body['pin'] === SIMPLE_PIN) return no('refused', 'access/pin-too-simple')
    if (path === '/api/setup') {
      founded = true
      return json({})
    }
    if (path === '/api/sync/private') return json({ hash: '0'.repeat(64), rows: [] })
    if (path === '/api/sync/pull')
      return new Response(JSON.stringify({ facilityId: FACILITY, serverEpoch: 'E1', head: 0, cursor: 0, more: false }))
    return no('not-found')
  }
  const fetchHere: typeof fetch = (input, init) => {
    const path = new URL(String(input)).pathname
    const bytes = init?.body
    const text =
      bytes !== null && typeof bytes === 'object' && 'byteLength' in bytes && bytes.byteLength > 0
        ? new TextDecoder().decode(bytes)
        : '{}'
    const body = JSON.parse(text) as Record<string, unknown>
    requests.push({ path, body })
    return Promise.resolve(answer(path, body))
  }
  return { fetch: fetchHere, requests }
}
