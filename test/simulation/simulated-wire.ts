// The network of a history: every call and every answer is a letter that can be lost, doubled, delayed, cut short or answered by somebody else.
import { Fault } from '#client/storage/fault.ts'
import type { FaultCode } from '#client/storage/fault.ts'
import type { Answer, Call, Transport } from '#client/sync/transport.ts'
import { Problem } from '#contract/problem.ts'
import type { DeviceId } from '#contract/values.ts'
import type { SeededRandom } from '#test/support/seeded-random.ts'
import { failedAnswer, type WireAnswer, type WireCall } from './simulated-site.ts'

type Handle = (deviceId: DeviceId, call: WireCall) => Promise<WireAnswer>

/** One letter under way. Without `back` nobody waits for its answer any more: it was repeated, or its sender gave up. */
interface Letter {
  readonly deviceId: DeviceId
  readonly call: WireCall
  readonly answer: WireAnswer | null
  readonly back: { readonly bring: (answer: WireAnswer) => void; readonly fail: (code: FaultCode) => void } | null
}

export interface SimulatedWire {
  readonly underway: number
  /** How many calls were sent since the start. */
  readonly sent: number
  /** Something happens to one letter. */
  step(): Promise<void>
  /** One letter, if there is any, arrives unharmed. */
  carry(): Promise<void>
  transportOf(deviceId: DeviceId): Transport
}

const CAPTIVE: WireAnswer = { status: 200, body: '<!doctype html><title>Welcome</title>' }

function readAnswer<Value>(answer: WireAnswer, read: (body: string) => Value): Answer<Value> {
  try {
    if (answer.status === 200) return { ok: true, value: read(answer.body) }
    return { ok: false, problem: Problem.parse(JSON.parse(answer.body)) }
  } catch (thrown) {
    throw new Fault('offline', thrown)
  }
}

function wireCall({ path, bytes, json }: Call): WireCall {
  if (bytes !== undefined) return { path, body: bytes.data }
  return { path, body: json === undefined ? null : new TextEncoder().encode(JSON.stringify(json)) }
}

/** Makes a network to a server. */
export function makeSimulatedWire(random: SeededRandom, handle: Handle): SimulatedWire {
  const letters: Letter[] = []
  let sent = 0

  async function deliver({ deviceId, call, back }: Letter): Promise<void> {
    const answer = await handle(deviceId, call)
    if (back !== null) letters.push({ deviceId, call, answer, back })
  }
  function cutCall(call: WireCall): WireCall {
    return call.body === null ? call : { ...call, body: call.body.slice(0, random.integer(0, call.body.length)) }
  }
  async function stepRequest(letter: Letter): Promise<void> {
    const dice = random.next()
    if (dice < 0.66) await deliver(letter)
    else if (dice < 0.75) letter.back?.fail('offline')
    else if (dice < 0.82) {
      letters.push({ ...letter, back: null })
      await deliver(letter)
    } else if (dice < 0.9) {
      // The sender gives up, the letter does not.
      letters.push({ ...letter, back: null })
      letter.back?.fail('timeout')
    } else if (dice < 0.94) await deliver({ ...letter, call: cutCall(letter.call) })
    else letters.push(letter)
  }
  function stepAnswer({ answer, back }: Letter): void {
    const dice = random.next()
    if (answer === null || back === null) return
    if (dice < 0.72) back.bring(answer)
    else if (dice < 0.86) back.fail(random.chance(0.5) ? 'offline' : 'timeout')
    else if (dice < 0.92) back.bring({ ...answer, body: answer.body.slice(0, random.integer(0, answer.body.length)) })
    else if (dice < 0.96) back.bring(failedAnswer('internal'))
    else back.bring(CAPTIVE)
  }
  const take = (): Letter | undefined =>
    letters.length === 0 ? undefined : letters.splice(random.integer(0, letters.length - 1), 1)[0]
  function send(deviceId: DeviceId, call: WireCall): Promise<WireAnswer> {
    sent += 1
    return new Promise((resolve, reject) => {
      letters.push({ deviceId, call, answer: null, back: { bring: resolve, fail: (code) => reject(new Fault(code)) } })
    })
  }
  return {
    get underway() {
      return letters.length
    },
    get sent() {
      return sent
    },
    async step() {
      const letter = take()
      if (letter === undefined) return
      if (letter.answer === null) await stepRequest(letter)
      else stepAnswer(letter)
    },
    async carry() {
      const letter = take()
      if (letter === undefined) return
      if (letter.answer === null) await deliver(letter)
      else letter.back?.bring(letter.answer)
    },
    transportOf: (deviceId) => ({
      json: async (call, schema) =>
        readAnswer(await send(deviceId, wireCall(call)), (body) => schema.parse(JSON.parse(body))),
      text: async (call) => readAnswer(await send(deviceId, wireCall(call)), (body) => body),
      file: () => Promise.reject(new Fault('offline')),
      events: () => Promise.resolve(),
      clockDifferenceMs: () => null,
    }),
  }
}
