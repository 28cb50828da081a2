// The network of a history: every call and every answer is a letter that can be lost, doubled, delayed, cut short or answered by somebody else.
import { Fault } from '#client/storage/fault.ts'
import type { FaultCode } from '#client/storage/fault.ts'
import type { Answer, Call, Transport } from '#client/sync/transport.ts'
import { Problem } from '#contract/problem.ts'
import type { DeviceId } from '#contract/values.ts'
import type { SeededRandom } from '#test/support/seeded-random.ts'
import { failedAnswer, type WireAnswer, type WireCall } from './simulated-site.ts'

type Handle = (deviceId: DeviceId, call: WireCall) => Promise<WireAnswer>

/** Who sends: of two copies of one device each has a name of its own. */
export interface Sender {
  readonly name: string
  readonly deviceId: DeviceId
}

/** One letter under way. Without `back` nobody waits for its answer any more: it was repeated, or its sender gave up. */
interface Letter {
  readonly sender: Sender
  readonly call: WireCall
  readonly answer: WireAnswer | null
  readonly back: { readonly bring: (answer: WireAnswer) => void; readonly fail: (code: FaultCode) => void } | null
}

/** Which way nothing passes: calls never arrive, answers never come back, or neither. */
export type Cut = 'out' | 'back' | 'both'

export interface SimulatedWire {
  readonly underway: number
  /** How many calls were sent since the start. */
  readonly sent: number
  /** Tablets that are cut off, by name. */
  readonly cuts: Map<string, Cut>
  /** Something happens to one letter; whose it was and what happened, null for none. `before` is told whose it is first. */
  step(before: (sender: Sender) => void): Promise<string | null>
  /** One letter, if there is any, arrives unharmed. */
  carry(): Promise<void>
  transportOf(sender: Sender): Transport
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

/** Makes a network to a site. `together` says whether two calls may be served at the same time. */
export function makeSimulatedWire(random: SeededRandom, handle: Handle, together: () => boolean): SimulatedWire {
  const letters: Letter[] = []
  const cuts = new Map<string, Cut>()
  let sent = 0

  async function deliver({ sender, call, back }: Letter): Promise<void> {
    const answer = await handle(sender.deviceId, call)
    if (back !== null) letters.push({ sender, call, answer, back })
  }
  function cutCall(call: WireCall): WireCall {
    return call.body === null ? call : { ...call, body: call.body.slice(0, random.integer(0, call.body.length)) }
  }
  const isCut = ({ sender, answer }: Letter): boolean => {
    const cut = cuts.get(sender.name)
    return cut === 'both' || cut === (answer === null ? 'out' : 'back')
  }
  /** Another call, if one waits, is served while this one is. */
  async function deliverBoth(letter: Letter): Promise<string> {
    const other = letters.findIndex((one) => one.answer === null && !isCut(one))
    const [second] = other === -1 || !together() ? [] : letters.splice(other, 1)
    if (second === undefined) return deliver(letter).then(() => 'arrives')
    await Promise.all([deliver(letter), deliver(second)])
    return `arrives, while one of ${second.sender.name} (${second.call.path}) does`
  }
  async function stepRequest(letter: Letter): Promise<string> {
    const dice = random.next()
    if (dice < 0.66) return deliverBoth(letter)
    if (dice < 0.75) {
      letter.back?.fail('offline')
      return 'is lost'
    }
    if (dice < 0.82) {
      letters.push({ ...letter, back: null })
      await deliver(letter)
      return 'arrives and will arrive again'
    }
    if (dice < 0.9) {
      // The sender gives up, the letter does not.
      letters.push({ ...letter, back: null })
      letter.back?.fail('timeout')
      return 'is given up and will arrive'
    }
    if (dice < 0.94) {
      await deliver({ ...letter, call: cutCall(letter.call) })
      return 'arrives cut short'
    }
    letters.push(letter)
    return 'waits'
  }
  function stepAnswer({ answer, back }: Letter): string {
    const dice = random.next()
    if (answer === null || back === null) return 'is awaited by nobody'
    if (dice < 0.72) back.bring(answer)
    else if (dice < 0.86) back.fail(random.chance(0.5) ? 'offline' : 'timeout')
    else if (dice < 0.92) back.bring({ ...answer, body: answer.body.slice(0, random.integer(0, answer.body.length)) })
    else if (dice < 0.96) back.bring(failedAnswer('internal'))
    else back.bring(CAPTIVE)
    if (dice < 0.72) return 'comes back'
    return dice < 0.86 ? 'is lost' : 'comes back as something else'
  }
  function stepCut({ answer, back }: Letter): string {
    back?.fail(answer === null ? 'offline' : 'timeout')
    return 'is cut off'
  }
  const take = (): Letter | undefined =>
    letters.length === 0 ? undefined : letters.splice(random.integer(0, letters.length - 1), 1)[0]
  function send(sender: Sender, call: WireCall): Promise<WireAnswer> {
    sent += 1
    return new Promise((resolve, reject) => {
      letters.push({ sender, call, answer: null, back: { bring: resolve, fail: (code) => reject(new Fault(code)) } })
    })
  }
  return {
    cuts,
    get underway() {
      return letters.length
    },
    get sent() {
      return sent
    },
    async step(before) {
      const letter = take()
      if (letter === undefined) return null
      before(letter.sender)
      const what = isCut(letter)
        ? stepCut(letter)
        : letter.answer === null
          ? await stepRequest(letter)
          : stepAnswer(letter)
      return `${letter.answer === null ? 'a call' : 'an answer'} of ${letter.sender.name} (${letter.call.path}) ${what}`
    },
    async carry() {
      const letter = take()
      if (letter === undefined) return
      if (letter.answer === null) await deliver(letter)
      else letter.back?.bring(letter.answer)
    },
    transportOf: (sender) => ({
      json: async (call, schema) =>
        readAnswer(await send(sender, wireCall(call)), (body) => schema.parse(JSON.parse(body))),
      text: async (call) => readAnswer(await send(sender, wireCall(call)), (body) => body),
      file: () => Promise.reject(new Fault('offline')),
      events: () => Promise.resolve(),
      clockDifferenceMs: () => null,
    }),
  }
}
