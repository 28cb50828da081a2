// A browser for tests: a disk that outlives reloads, locks and channels between its windows. Time and chance are the test's.
import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import type { ClientSurroundings } from '#client/client-core.ts'
import type { LockSource, WindowChannel, WindowMessage } from '#client/ledger/journal-lock.ts'
import type { SecondStoreSource } from '#client/storage/opfs-files.ts'
import { makeMemoryFolders, type MemoryFolders } from '#test/support/memory-files.ts'
import type { SeededRandom } from '#test/support/seeded-random.ts'

/** One window of a browser. Closing it lets its locks go and silences its channel, as ending the process does. */
export interface TestWindow {
  readonly locks: LockSource
  readonly secondStore: SecondStoreSource
  openChannel(name: string): WindowChannel
  close(): void
}

/** One browser profile. */
export interface TestBrowser {
  /** A test may put another one in its place: IndexedDB is lost. */
  disk: IDBFactory
  /** The browser's own file system. */
  readonly files: MemoryFolders
  /** localStorage. */
  readonly words: Map<string, string>
  openWindow(): TestWindow
}

interface Waiting {
  readonly name: string
  readonly grant: () => void
}

function createLocks() {
  const held = new Map<string, object>()
  const queue: Waiting[] = []
  function letGo(name: string, owner: object): void {
    if (held.get(name) !== owner) return
    held.delete(name)
    const next = queue.findIndex((one) => one.name === name)
    if (next >= 0) queue.splice(next, 1)[0]?.grant()
  }
  function request(
    owner: object,
    name: string,
    options: { signal?: AbortSignal; ifAvailable?: boolean },
  ): Promise<boolean> {
    if (!held.has(name)) {
      held.set(name, owner)
      return Promise.resolve(true)
    }
    if (options.ifAvailable === true) return Promise.resolve(false)
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        name,
        grant: () => {
          held.set(name, owner)
          resolve(true)
        },
      }
      queue.push(waiting)
      options.signal?.addEventListener('abort', () => {
        const place = queue.indexOf(waiting)
        if (place >= 0) queue.splice(place, 1)
        reject(new DOMException('waited too long', 'AbortError'))
      })
    })
  }
  return { held, letGo, request }
}

/** A profile with an empty disk. */
export function makeTestBrowser(): TestBrowser {
  const locks = createLocks()
  const files = makeMemoryFolders()
  const listeners = new Map<
    object,
    { readonly name: string; readonly hear: (message: WindowMessage) => void; readonly channel: object }[]
  >()
  return {
    disk: new IDBFactory(),
    files,
    words: new Map(),
    openWindow() {
      const me = {}
      listeners.set(me, [])
      return {
        secondStore: files.sourceFor(me),
        locks: {
          async request(name, options, work) {
            const granted = await locks.request(me, name, options)
            if (!granted) return work(null)
            try {
              return await work({ name })
            } finally {
              locks.letGo(name, me)
            }
          },
        },
        openChannel(name) {
          const channel = {}
          return {
            post(message) {
              for (const [owner, heard] of listeners) {
                if (!listeners.has(me)) return
                for (const one of heard)
                  if (one.name === name && (owner !== me || one.channel !== channel))
                    queueMicrotask(() => listeners.has(owner) && one.hear(structuredClone(message)))
              }
            },
            listen(hear) {
              const one = { name, hear, channel }
              listeners.get(me)?.push(one)
              return () => {
                const mine = listeners.get(me)
                mine?.splice(mine.indexOf(one), 1)
              }
            },
          }
        },
        close() {
          listeners.delete(me)
          files.letGo(me)
          for (const [name, owner] of locks.held) if (owner === me) locks.letGo(name, me)
        },
      }
    },
  }
}

/** Surroundings of a core in a window. Timers never fire by themselves: a test syncs when it means to. */
export function testSurroundings(
  browser: TestBrowser,
  window: TestWindow,
  random: SeededRandom,
  more: Partial<ClientSurroundings> & { readonly clock: () => number },
): ClientSurroundings {
  return {
    random: random.next,
    randomBytes: (length) => random.bytes(length),
    origin: 'http://localhost',
    databases: () => browser.disk,
    secondStore: window.secondStore,
    textBox: () => ({
      getItem: (key) => browser.words.get(key) ?? null,
      setItem: (key, text) => void browser.words.set(key, text),
    }),
    locks: window.locks,
    openChannel: window.openChannel,
    persisted: () => Promise.resolve(true),
    persist: () => Promise.resolve(true),
    after: () => () => undefined,
    onOnline: () => () => undefined,
    autoSync: false,
    ...more,
  }
}
