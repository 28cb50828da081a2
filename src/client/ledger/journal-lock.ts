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

/** `please`: the sender wants the journal. `changed`: read these streams again, null for all. `status`: how the syncing of the window that holds it stands. `signed-in`: who works in the sender. */
export type WindowMessage =
  | { readonly kind: 'please' }
  | { readonly kind: 'changed'; readonly streams: readonly string[] | null }
  | { readonly kind: 'status'; readonly status: unknown }
  | { readonly kind: 'status-please' }
  | { readonly kind: 'signed-in'; readonly account: string | null }
  | { readonly kind: 'signed-in-please' }

/** Holds the journal for this window. */
export interface JournalLock {
  readonly held: boolean
  /** Asks for the journal and waits so long; true when this window holds it. */
  take(patienceMs: number): Promise<boolean>
  /** Takes it only when no window holds it. */
  takeIfFree(): Promise<boolean>
  release(): void
  /** Calls back whenever this window takes or hands over the journal. Answers how to stop. */
  onChange(changed: (held: boolean) => void): () => void
}

interface LockParts {
  readonly locks: LockSource
  readonly channel: WindowChannel
  readonly name: string
  /** Runs before the window may write: it reads what the former holder wrote. */
  readonly onTaken: () => Promise<void>
  /** Resolves when no write is under way and whatever only one window may hold was let go of. */
  readonly idle: () => Promise<void>
}

/** Makes the lock of this window; nothing is taken yet. */
export function createJournalLock(parts: LockParts): JournalLock {
  let letGo: (() => void) | null = null
  let taking: Promise<boolean> | null = null
  let held = false
  const listeners = new Set<(held: boolean) => void>()

  function setHeld(now: boolean): void {
    const changed = held !== now
    held = now
    if (changed) for (const listener of listeners) listener(now)
  }
  function release(): void {
    setHeld(false)
    letGo?.()
    letGo = null
  }
  async function hold(granted: () => void): Promise<void> {
    await parts.onTaken()
    setHeld(true)
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
    onChange(changed) {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
  }
}
