// The tablet listens for commits: again after every end, never twice at once, and it notices a connection at whose other end nobody is.
import { expect, it } from 'vitest'
import { Fault } from '#client/storage/fault.ts'
import { createEventStream } from '#client/sync/event-stream.ts'

interface Listening {
  readonly heard: (text: string) => void
  readonly signal: AbortSignal
  end(): void
}

function setUp() {
  const opened: Listening[] = []
  const timers: { readonly ms: number; readonly work: () => void }[] = []
  const poked: number[] = []
  const stream = createEventStream(
    {
      events: (_path, heard, signal) =>
        new Promise((resolve, reject) => {
          opened.push({ heard, signal, end: resolve })
          signal.addEventListener('abort', () => reject(new Fault('offline')))
        }),
    },
    {
      after(ms, work) {
        const timer = { ms, work }
        timers.push(timer)
        return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1))
      },
      random: () => 0,
    },
    (position) => poked.push(position),
  )
  const settled = () => new Promise((resolve) => setTimeout(resolve))
  return { opened, timers, poked, stream, settled }
}

it('hears positions, also when an event comes in pieces', () => {
  const { opened, poked, stream } = setUp()
  stream.listen()
  opened[0]?.heard('event: poke\ndata: 7\n\n:\n\nevent: po')
  opened[0]?.heard('ke\ndata: 9\n\n')
  expect(poked).toEqual([7, 9])
})

it('opens one connection, and another one a while after the first ended', async () => {
  const { opened, timers, stream, settled } = setUp()
  stream.listen()
  stream.listen()
  expect(opened).toHaveLength(1)
  opened[0]?.end()
  await settled()
  expect(timers.map(({ ms }) => ms)).toEqual([500])
  timers[0]?.work()
  expect(opened).toHaveLength(2)
})

it('waits longer after each failure, and not at all when the network is back', async () => {
  const { opened, timers, stream, settled } = setUp()
  stream.listen()
  opened[0]?.end()
  await settled()
  timers.pop()?.work()
  opened[1]?.end()
  await settled()
  expect(timers.map(({ ms }) => ms)).toEqual([1000])
  stream.listen()
  expect(opened).toHaveLength(3)
  expect(timers.map(({ ms }) => ms)).toEqual([80_000])
})

it('ends a connection that has been silent too long, and opens another', async () => {
  const { opened, timers, stream, settled } = setUp()
  stream.listen()
  opened[0]?.heard(':\n\n')
  expect(timers).toHaveLength(1)
  timers.pop()?.work()
  expect(opened[0]?.signal.aborted).toBe(true)
  await settled()
  timers.pop()?.work()
  expect(opened).toHaveLength(2)
})

it('stopped, it hears nothing more and opens nothing', async () => {
  const { opened, timers, poked, stream, settled } = setUp()
  stream.listen()
  stream.stop()
  opened[0]?.heard('event: poke\ndata: 7\n\n')
  await settled()
  expect([opened.length, timers.length, poked.length]).toEqual([1, 0, 0])
})
