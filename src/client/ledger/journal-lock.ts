// One window at a time may write. The window a person works in asks for the journal; the one that held it finishes its write and hands it over.

/** The part of Web Locks this needs. */
export interface LockSource {
  request(
    name: string,
    options: { readonly signal?: AbortSignal; readonly ifAvailable?: boolean },
    work: (lock: unknown) => Promise<void>,
  ): Promise<unknown>
}

/** How windows of one browser talk; messages never reach their sender. */
export interface WindowChannel {
  post(message: WindowMessage): void
  listen(onMessage: (message: WindowMessage) => void): () => void
}

/** `please`: the sender wants the journal. `changed`: read these streams again, null for all. `status`: how the syncing of the window that holds it stands. */
export type WindowMessage =
  | { readonly kind: 'please' }
  | { readonly kind: 'changed'; readonly streams: readonly string[] | null }
  | { readonly kind: 'status'; readonly status: unknown }
  | { readonly kind: 'status-please' }

/** Holds the journal for this window. */
export interface JournalLock {
  readonly held: boolean
  /** Asks for the journal and waits so long; true when this window holds it. */
  take(patienceMs: number): Promise<boolean>
  /** Takes it only when no window holds it. */
  takeIfFree(): Promise<boolean>
  release(): void
}

interface LockParts {
  readonly locks: LockSource
  readonly channel: WindowChannel
  readonly name: string
  /** Runs before the window may write: it reads what the former holder wrote. */
  readonly onTaken: () => Promise<void>
  /** Resolves when no write is under way. */
  readonly idle: () => Promise<void>
}

/** Makes the lock of this window; nothing is taken yet. */
export function createJournalLock(parts: LockParts): JournalLock {
  let letGo: (() => void) | null = null
  let taking: Promise<boolean> | null = null
  let held = false

  function release(): void {
    held = false
    letGo?.()
    letGo = null
  }
  async function hold(granted: () => void): Promise<void> {
    await parts.onTaken()
    held = true
    await new Promise<void>((resolve) => {
      letGo = resolve
      granted()
    })
  }
  function request(options: { readonly signal?: AbortSignal; readonly ifAvailable?: boolean }): Promise<boolean> {
    taking ??= new Promise<boolean>((resolve, reject) => {
      const asked = parts.locks.request(parts.name, options, async (lock) => {
        if (lock === null) resolve(false)
        else await hold(() => resolve(true))
      })
      asked.then(
        () => resolve(false),
        (thrown: unknown) => (options.signal?.aborted === true ? resolve(false) : reject(thrown)),
      )
    }).finally(() => {
      taking = null
    })
    return taking
  }
  parts.channel.listen((message) => {
    if (message.kind === 'please' && held) void parts.idle().then(release)
  })
  return {
    get held() {
      return held
    },
    take(patienceMs) {
      if (held) return Promise.resolve(true)
      parts.channel.post({ kind: 'please' })
      return request({ signal: AbortSignal.timeout(patienceMs) })
    },
    takeIfFree: () => (held ? Promise.resolve(true) : request({ ifAvailable: true })),
    release,
  }
}
