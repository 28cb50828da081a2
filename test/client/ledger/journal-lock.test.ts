// Who may write, between two windows: nobody who is ready to wait is turned away, and nobody who asked is forgotten.
import { expect, it } from 'vitest'
import { createJournalLock } from '#client/ledger/journal-lock.ts'
import type { JournalLock } from '#client/ledger/journal-lock.ts'
import { makeTestBrowser } from '../support/test-browser.ts'

const PATIENCE_MS = 1500

interface Door {
  readonly passes: Promise<void>
  open(): void
}

function door(): Door {
  let open: () => void = () => undefined
  const passes = new Promise<void>((resolve) => {
    open = resolve
  })
  return { passes, open }
}

const OPEN: Door = { passes: Promise.resolve(), open: () => undefined }

/** Two windows; `taken` holds the first one back while it reads, `idle` while it ends its writes. */
function twoWindows({ taken = OPEN, idle = OPEN }: { taken?: Door; idle?: Door } = {}) {
  const browser = makeTestBrowser()
  const make = (reads: Door, writes: Door): JournalLock => {
    const window = browser.openWindow()
    const channel = window.openChannel('journal')
    return createJournalLock({
      ...{ locks: window.locks, channel, name: 'journal' },
      onTaken: () => reads.passes,
      idle: () => writes.passes,
    })
  }
  return { first: make(taken, idle), second: make(OPEN, OPEN) }
}

it('a window that tries and then is asked to wait gets the journal, not the answer of the try', async () => {
  const { first, second } = twoWindows()
  await first.take(PATIENCE_MS)
  const tried = second.takeIfFree()
  const asked = second.take(PATIENCE_MS)
  expect([await tried, await asked]).toEqual([false, true])
  expect([first.held, second.held]).toEqual([false, true])
})

it('a window that is asked while it still takes the journal uses it once and then hands it over', async () => {
  const taken = door()
  const { first, second } = twoWindows({ taken })
  const mine = first.take(PATIENCE_MS)
  const asked = second.take(PATIENCE_MS)
  await Promise.resolve()
  taken.open()
  expect(await mine).toBe(true)
  expect(first.held).toBe(true)
  expect(await asked).toBe(true)
  expect([first.held, second.held]).toEqual([false, true])
})

it('a tap that falls into the handing over waits for the journal to come back', async () => {
  const idle = door()
  const { first, second } = twoWindows({ idle })
  await first.take(PATIENCE_MS)
  const asked = second.take(PATIENCE_MS)
  await new Promise((resolve) => setTimeout(resolve))
  const again = first.take(PATIENCE_MS)
  idle.open()
  expect(await asked).toBe(true)
  expect(await again).toBe(true)
  expect([first.held, second.held]).toEqual([true, false])
})

it('a window whose files cannot be let go of gives the journal away all the same', async () => {
  const { first, second } = twoWindows({ idle: { passes: Promise.reject(new Error('files')), open: () => undefined } })
  await first.take(PATIENCE_MS)
  expect(await second.take(PATIENCE_MS)).toBe(true)
  expect(first.held).toBe(false)
})

it('letting go is over when another window may hold it', async () => {
  const { first, second } = twoWindows()
  await first.take(PATIENCE_MS)
  await first.release()
  expect(await second.takeIfFree()).toBe(true)
})
