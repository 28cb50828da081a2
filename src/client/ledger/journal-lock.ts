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

/** `please`: the sender wants the journal. `changed`: read these streams again, null for all. `status`: how the syncing of the window that holds it stands. `signed-in`: who works in the sender. `epoch-begun`: the device goes on under another epoch; open it again. */
export type WindowMessage =
  | { readonly kind: 'please' }
  | { readonly kind: 'changed'; readonly streams: readonly string[] | null }
  | { readonly kind: 'status'; readonly status: unknown }
  | { readonly kind: 'status-please' }
  | { readonly kind: 'signed-in'; readonly account: string | null }
  | { readonly kind: 'signed-in-please' }
  | { readonly kind: 'epoch-begun' }

/** Holds the journal for this window. */
export interface JournalLock {
  readonly held: boolean
  /** Asks for the journal and waits so long; true when this window holds it. */
  take(patienceMs: number): Promise<boolean>
  /** Takes it only when no window holds it. */
  takeIfFree(): Promise<boolean>
  /** Lets go of it; resolves when another may hold it. */
  release(): Promise<void>
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

interface Held {
  readonly held: boolean
  readonly handing: Promise<void> | null
  request(options: LockOptions): Promise<boolean>
  handOver(): void
  release(): Promise<void>
}

type LockOptions = { readonly signal?: AbortSignal; readonly ifAvailable?: boolean }

// `answer` says whether the lock was given; `over` resolves when it was not, or is held no longer.
function requestLock(
  { locks, name }: LockParts,
  options: LockOptions,
  hold: (granted: () => void) => Promise<void>,
): { readonly answer: Promise<boolean>; readonly over: Promise<void> } {
  let over: Promise<void> = Promise.resolve()
  const answer = new Promise<boolean>((resolve, reject) => {
    const asked = locks.request(name, options, async (lock) => {
      if (lock === null) resolve(false)
      else await hold(() => resolve(true))
    })
    over = asked.then(
      () => resolve(false),
      (thrown: unknown) => (options.signal?.aborted === true ? resolve(false) : reject(thrown)),
    )
  })
  return { answer, over }
}

// The browser's lock itself: taken, held, handed over.
function createHold(parts: LockParts, tell: (held: boolean) => void): Held {
  let letGo: (() => void) | null = null
  let ended: Promise<void> = Promise.resolve()
  let handing: Promise<void> | null = null
  let held = false
  let requests = 0
  let isWanted = false

  function setHeld(now: boolean): void {
    const changed = held !== now
    held = now
    if (changed) tell(now)
  }
  async function release(): Promise<void> {
    setHeld(false)
    letGo?.()
    letGo = null
    await ended
  }
  function handOver(): void {
    // Whoever asks while this window waits for the journal, or still reads what the former holder wrote, is heard once it has it: nobody asks twice.
    isWanted = !held && requests > 0
    if (!held || handing !== null) return
    const done = () => {
      handing = null
      void release()
    }
    handing = parts.idle().then(done, done)
  }
  async function hold(granted: () => void): Promise<void> {
    await parts.onTaken()
    setHeld(true)
    await new Promise<void>((resolve) => {
      letGo = resolve
      granted()
      // The write for which this window took the journal has its turn before the window that asked meanwhile.
      if (isWanted) setTimeout(handOver)
      isWanted = false
    })
  }
  return {
    get held() {
      return held
    },
    get handing() {
      return handing
    },
    handOver,
    release,
    request(options) {
      requests += 1
      const { answer, over } = requestLock(parts, options, hold)
      ended = over.then(() => {
        requests -= 1
        isWanted &&= requests > 0
      })
      return answer
    },
  }
}

/** Makes the lock of this window; nothing is taken yet. */
export function createJournalLock(parts: LockParts): JournalLock {
  const listeners = new Set<(held: boolean) => void>()
  const hold = createHold(parts, (held) => {
    for (const listener of listeners) listener(held)
  })
  let asking: Promise<boolean> | null = null
  let trying: Promise<boolean> | null = null

  // A try that is under way answers at once and says no: whoever is ready to wait must not be given that answer.
  async function ask(patienceMs: number): Promise<boolean> {
    const tried = trying
    await hold.handing
    if ((await tried) === true && isMine()) return true
    parts.channel.post({ kind: 'please' })
    return hold.request({ signal: AbortSignal.timeout(patienceMs) })
  }
  const isMine = (): boolean => hold.held && hold.handing === null
  parts.channel.listen((message) => {
    if (message.kind === 'please') hold.handOver()
  })
  return {
    get held() {
      return hold.held
    },
    take(patienceMs) {
      if (isMine()) return Promise.resolve(true)
      asking ??= ask(patienceMs).finally(() => {
        asking = null
      })
      return asking
    },
    takeIfFree() {
      if (isMine()) return Promise.resolve(true)
      if (hold.handing !== null) return Promise.resolve(false)
      if (asking !== null) return asking
      trying ??= hold.request({ ifAvailable: true }).finally(() => {
        trying = null
      })
      return trying
    },
    release: hold.release,
    onChange(changed) {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
  }
}
