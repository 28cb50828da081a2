// Hears the server say that something was committed. It carries no data: what is new is pulled as ever, and without it nothing is missed.
import { faultCodeOf } from '#client/storage/fault.ts'
import { backoffMs } from './backoff.ts'
import type { Transport } from './transport.ts'

interface Waiting {
  readonly after: (ms: number, work: () => void) => () => void
  readonly random: () => number
}

/** Listens, or not. */
export interface EventStream {
  /** Begins at once unless it listens already, however long it would have waited after a failure. */
  listen(): void
  stop(): void
}

const EVENT = /^data: (\d{1,15})$/m
/** The server says something every 25 seconds; after this long nobody is at the other end any more. */
const SILENCE_MS = 80_000

/** Takes whole events from what came so far; answers their positions and the rest. */
export function takeEvents(buffer: string): { readonly positions: readonly number[]; readonly rest: string } {
  const parts = buffer.split('\n\n')
  const rest = parts.pop() ?? ''
  return { positions: parts.flatMap((part) => EVENT.exec(part)?.[1] ?? []).map(Number), rest }
}

interface Connection {
  /** Resolves when it ended, one way or the other. */
  readonly ended: Promise<void>
  end(): void
}

// One connection, from its beginning to its end.
function connect(
  transport: Pick<Transport, 'events'>,
  after: Waiting['after'],
  heard: (positions: readonly number[]) => void,
): Connection {
  const ending = new AbortController()
  const end = (): void => ending.abort()
  let buffer = ''
  let cancelSilence = after(SILENCE_MS, end)
  const hear = (text: string): void => {
    cancelSilence()
    cancelSilence = after(SILENCE_MS, end)
    const { positions, rest } = takeEvents(buffer + text)
    buffer = rest
    heard(positions)
  }
  async function whole(): Promise<void> {
    try {
      await transport.events('/api/sync/events', hear, ending.signal)
    } catch (thrown) {
      if (faultCodeOf(thrown) === null) throw thrown
    } finally {
      cancelSilence()
    }
  }
  return { ended: whole(), end }
}

/** Makes a stream that does not listen yet. A connection that ends is opened again after a while, with jitter, until it is stopped. */
export function createEventStream(
  transport: Pick<Transport, 'events'>,
  { after, random }: Waiting,
  poked: (position: number) => void,
): EventStream {
  let connection: Connection | null = null
  let failures = 0
  let cancel: () => void = () => undefined
  function listen(): void {
    if (connection !== null) return
    cancel()
    const mine = connect(transport, after, (positions) => {
      failures = 0
      const last = positions.at(-1)
      if (last !== undefined && connection === mine) poked(last)
    })
    connection = mine
    void mine.ended.then(() => {
      if (connection !== mine) return
      connection = null
      failures += 1
      cancel = after(backoffMs(failures, random), listen)
    })
  }
  return {
    listen,
    stop() {
      cancel()
      const mine = connection
      connection = null
      mine?.end()
    },
  }
}
