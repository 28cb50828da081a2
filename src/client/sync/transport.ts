// The only file that speaks to the network. Signs calls as contract/device.ts says, waits no longer than it must, and answers data, a Problem or a Fault.
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { z } from 'zod'
import { SIGNING_HEADERS } from '#contract/device.ts'
import { Problem } from '#contract/problem.ts'
import { utf8 } from '#client/storage/base64url.ts'
import { Fault } from '#client/storage/fault.ts'
import type { SignText } from './device-signer.ts'

/** One call. A body is JSON, or bytes with their content type. `signIn` is the token of a sign-in at the server. */
export interface Call {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly json?: unknown
  readonly bytes?: { readonly data: Uint8Array<ArrayBuffer>; readonly contentType: string; readonly gzip?: boolean }
  readonly signIn?: string | null
  readonly timeoutMs?: number
}

/** What the server said: the response of a 2xx, or its problem. */
export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Problem }

/** Speaks to the facility server. Every call may fault with offline or timeout. */
export interface Transport {
  json<Schema extends z.ZodType>(call: Call, schema: Schema): Promise<Answer<z.infer<Schema>>>
  text(call: Call): Promise<Answer<string>>
  file(call: Call): Promise<Answer<{ readonly blob: Blob; readonly fileName: string | null }>>
  /** Hears what the server says on one open connection, piece by piece, until it ends or the signal ends it. Faults: offline. */
  events(path: string, heard: (text: string) => void, signal: AbortSignal): Promise<void>
  /** The difference of the server's clock to this one in milliseconds, as of the last answer; null before any. */
  clockDifferenceMs(): number | null
}

/** Who signs; null before joining (then calls go unsigned). */
export interface SigningDevice {
  readonly deviceId: string
  readonly sign: SignText
}

/** What a transport is made of. */
export interface TransportParts {
  /** The browser's own unless another is given. */
  readonly fetch?: typeof fetch
  readonly origin: string
  readonly device: () => SigningDevice | null
  readonly newNonce: () => string
  readonly clock: () => number
}

const TIMEOUT_MS = 20_000
const GZIP_FROM_BYTES = 2048

async function gzip(data: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([data]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(packed).arrayBuffer())
}

async function bodyOf(call: Call): Promise<{ data: Uint8Array<ArrayBuffer>; headers: Record<string, string> }> {
  if (call.bytes !== undefined) {
    const headers = { 'content-type': call.bytes.contentType }
    if (call.bytes.gzip !== true || call.bytes.data.length <= GZIP_FROM_BYTES) return { data: call.bytes.data, headers }
    return { data: await gzip(call.bytes.data), headers: { ...headers, 'content-encoding': 'gzip' } }
  }
  if (call.json === undefined) return { data: new Uint8Array(), headers: {} }
  return { data: utf8(JSON.stringify(call.json)), headers: { 'content-type': 'application/json' } }
}

async function signatureHeaders(parts: TransportParts, call: Call, data: Uint8Array): Promise<Record<string, string>> {
  const signIn: Record<string, string> =
    typeof call.signIn === 'string' ? { [SIGNING_HEADERS.signIn]: call.signIn } : {}
  const device = parts.device()
  if (device === null) return signIn
  const nonce = parts.newNonce()
  const signature = await device.sign(
    [call.method, call.path, device.deviceId, nonce, bytesToHex(sha256(data))].join('|'),
  )
  return {
    ...signIn,
    [SIGNING_HEADERS.device]: device.deviceId,
    [SIGNING_HEADERS.nonce]: nonce,
    [SIGNING_HEADERS.signature]: signature,
  }
}

function fileNameOf(response: Response): string | null {
  const disposition = response.headers.get('content-disposition') ?? ''
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  if (encoded !== undefined) return decodeURIComponent(encoded)
  return /filename="?([^";]+)"?/i.exec(disposition)?.[1] ?? null
}

/** A page of something else (a router, a proxy) is as good as no server. */
function notOurServer(cause: unknown): Fault {
  return new Fault('offline', cause)
}

/** Makes a transport over fetch. */
export function createTransport(parts: TransportParts): Transport {
  const fetchNow = parts.fetch ?? globalThis.fetch.bind(globalThis)
  let clockDifference: number | null = null

  async function send<Value>(call: Call, read: (response: Response) => Promise<Value>): Promise<Answer<Value>> {
    const { data, headers } = await bodyOf(call)
    const signal = AbortSignal.timeout(call.timeoutMs ?? TIMEOUT_MS)
    try {
      const response = await fetchNow(parts.origin + call.path, {
        method: call.method,
        headers: { ...headers, ...(await signatureHeaders(parts, call, data)) },
        ...(call.method === 'GET' ? {} : { body: data }),
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
        signal,
      })
      const date = Date.parse(response.headers.get('date') ?? '')
      if (!Number.isNaN(date)) clockDifference = date - parts.clock()
      if (response.ok) return { ok: true, value: await read(response) }
      return { ok: false, problem: Problem.parse(await response.json()) }
    } catch (thrown) {
      if (thrown instanceof Fault) throw thrown
      throw signal.aborted ? new Fault('timeout', thrown) : notOurServer(thrown)
    }
  }
  async function events(path: string, heard: (text: string) => void, signal: AbortSignal): Promise<void> {
    try {
      const headers = await signatureHeaders(parts, { method: 'GET', path }, new Uint8Array())
      const response = await fetchNow(parts.origin + path, {
        ...{ headers, signal, cache: 'no-store', credentials: 'omit', redirect: 'error' },
      })
      if (!response.ok || response.body === null) throw new TypeError('no events')
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) heard(piece.value)
    } catch (thrown) {
      throw notOurServer(thrown)
    }
  }
  return {
    events,
    json: (call, schema) => send(call, async (response) => schema.parse(await response.json())),
    text: (call) => send(call, (response) => response.text()),
    file: (call) => send(call, async (response) => ({ blob: await response.blob(), fileName: fileNameOf(response) })),
    clockDifferenceMs: () => clockDifference,
  }
}
