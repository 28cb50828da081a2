// A device as a test plays it: joins with its own key, signs every call, keeps its chain, pushes and pulls.
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { ActAnswer, ActBody, ActName } from '#contract/commands/acts.ts'
import { JoinAnswer, SIGNING_HEADERS, type SignInAnswer } from '#contract/device.ts'
import { Problem, type ProblemCode } from '#contract/problem.ts'
import { PullHeader, PUSH_ENTRIES_MAX, type PushAnswer } from '#contract/sync.ts'
import { type SigningKey, signingKeyOf } from '#server/ledger/ed25519.ts'
import { callText } from '#server/ledger/signed-texts.ts'
import { makeTestChain, type TestChain } from './test-chain.ts'
import type { TestAnswer, TestCall, TestTransport } from './transport.ts'

export interface PulledLine {
  readonly position: number
  readonly id: string
  readonly text: string
}

/** An answer read as JSON: the value, or the problem. */
export type JsonAnswer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Problem }

export interface CallOptions {
  readonly json?: unknown
  readonly body?: Uint8Array
  readonly headers?: Readonly<Record<string, string>>
  readonly nonce?: string
  /** Signs as this path, to play a call that was tampered with. */
  readonly signedPath?: string
}

export interface TestDevice {
  readonly joined: JoinAnswer
  readonly key: SigningKey
  readonly chain: TestChain
  call(method: TestCall['method'], path: string, options?: CallOptions): Promise<TestAnswer>
  json<Value>(method: TestCall['method'], path: string, options?: CallOptions): Promise<JsonAnswer<Value>>
  push(body: Uint8Array, options?: { gzip?: boolean }): Promise<JsonAnswer<PushAnswer>>
  /** Pushes everything of the chain from `fromSeq` in batches of `size`; answers the last batch's answer. */
  pushAll(fromSeq?: number, size?: number): Promise<JsonAnswer<PushAnswer>>
  pull(after: number): Promise<{ header: PullHeader; lines: readonly PulledLine[] }>
  pullAll(after?: number): Promise<readonly PulledLine[]>
  signIn(account: string, pin: string): Promise<JsonAnswer<SignInAnswer>>
  /** Performs an act with the sign-in opened last. */
  act<Name extends ActName>(name: Name, body: ActBody<Name>, commandId?: string): Promise<JsonAnswer<ActAnswer>>
}

const parse = (answer: TestAnswer): unknown => JSON.parse(Buffer.from(answer.body).toString('utf8'))

/** Reads an answer as JSON; anything that is not 2xx must be a whole RFC 9457 problem. */
export function readJson<Value>(answer: TestAnswer): JsonAnswer<Value> {
  if (answer.status >= 200 && answer.status < 300) return { ok: true, value: parse(answer) as Value }
  if (!answer.headers['content-type']?.startsWith('application/problem+json'))
    throw new Error(`no problem body: ${answer.status}`)
  const problem = Problem.parse(parse(answer))
  if (problem.status !== answer.status)
    throw new Error(`status ${answer.status}, but its problem says ${problem.status}`)
  return { ok: false, problem }
}

/** The code of an expected problem. */
export function problemCode(answer: JsonAnswer<unknown>): ProblemCode | 'none' {
  return answer.ok ? 'none' : answer.problem.code
}

/** The value of an answer that must be a yes. */
export function valueOf<Value>(answer: JsonAnswer<Value>): Value {
  if (!answer.ok) throw new Error(`unexpected problem: ${JSON.stringify(answer.problem)}`)
  return answer.value
}

function linesOf(answer: TestAnswer): { header: PullHeader; lines: readonly PulledLine[] } {
  if (answer.status !== 200) throw new Error(`pull answered ${answer.status}`)
  const [first = '', ...rest] = Buffer.from(answer.body).toString('utf8').trimEnd().split('\n')
  const lines = rest.map((line) => {
    const [position = '', id = ''] = line.split(' ', 2)
    return { position: Number(position), id, text: line.slice(position.length + id.length + 2) }
  })
  const header = PullHeader.parse(JSON.parse(first))
  if (header.count !== lines.length) throw new Error(`a page of ${header.count} lines came with ${lines.length}`)
  return { header, lines }
}

const jsonBody = (value: unknown) => Buffer.from(JSON.stringify(value), 'utf8')

/** Joins with a code, or as the demonstration's browser when `code` is null. `seed` is what the key is made of. */
export async function joinTestDevice(
  transport: TestTransport,
  as: { code: string | null; seed: Uint8Array; label?: string; epoch?: string },
): Promise<TestDevice> {
  const key = signingKeyOf(as.seed)
  const label = as.label ?? 'test device'
  const body = jsonBody({ label, publicKey: key.publicKey, ...(as.code === null ? {} : { code: as.code }) })
  const path = as.code === null ? '/api/join/demonstration' : '/api/join'
  const answer = await transport({ method: 'POST', path, headers: { 'content-type': 'application/json' }, body })
  return makeTestDevice(transport, JoinAnswer.parse(valueOf(readJson(answer))), key, as.epoch ?? 'epoch-0001')
}

/** A device that has joined. The same key again, with another epoch, plays one that lost its store. */
export function makeTestDevice(
  transport: TestTransport,
  joined: JoinAnswer,
  key: SigningKey,
  epoch: string,
): TestDevice {
  const chain = makeTestChain(joined, key, epoch)
  let calls = 0
  let token: string | null = null
  const device: TestDevice = {
    joined,
    key,
    chain,
    call(method, path, options = {}) {
      const body = options.json === undefined ? (options.body ?? null) : jsonBody(options.json)
      calls += 1
      const nonce = options.nonce ?? `nonce-${epoch}-${String(calls).padStart(10, '0')}`
      const bodyHash = createHash('sha256')
        .update(body ?? '')
        .digest('hex')
      const signature = key.sign(callText(method, options.signedPath ?? path, joined.deviceId, nonce, bodyHash))
      const headers: Record<string, string> = {
        [SIGNING_HEADERS.device]: joined.deviceId,
        [SIGNING_HEADERS.nonce]: nonce,
        [SIGNING_HEADERS.signature]: signature,
        ...(token === null ? {} : { [SIGNING_HEADERS.signIn]: token }),
        ...(options.json === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      }
      return transport({ method, path, headers, body })
    },
    json: async <Value>(method: TestCall['method'], path: string, options?: CallOptions) =>
      readJson<Value>(await device.call(method, path, options)),
    push: (body, { gzip = false } = {}) =>
      device.json('POST', '/api/sync/push', {
        body: gzip ? gzipSync(body) : body,
        headers: { 'content-type': 'application/x-ndjson', ...(gzip ? { 'content-encoding': 'gzip' } : {}) },
      }),
    async pushAll(fromSeq = 1, size = PUSH_ENTRIES_MAX) {
      let answer: JsonAnswer<PushAnswer>
      let next = fromSeq
      do {
        answer = await device.push(chain.pushBody(next, size))
        next += size
      } while (answer.ok && next <= chain.entries.length)
      return answer
    },
    pull: async (after) => linesOf(await device.call('GET', `/api/sync/pull?after=${after}`)),
    async pullAll(after = 0) {
      const all: PulledLine[] = []
      for (let cursor = after; ; ) {
        const { header, lines } = await device.pull(cursor)
        all.push(...lines)
        if (!header.more) return all
        cursor = header.cursor
      }
    },
    async signIn(account, pin) {
      const answer = await device.json<SignInAnswer>('POST', '/api/sign-in', { json: { account, pin } })
      if (answer.ok) token = answer.value.token
      return answer
    },
    act: (name, body, commandId = `command-${joined.deviceId}-${calls}`) =>
      device.json('POST', '/api/acts', { json: { commandId, name, body } }),
  }
  return device
}
