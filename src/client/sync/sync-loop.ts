// When to sync: at the start, when the network comes back, shortly after each record, and every minute. One round at a time, never in the way of a tap.
import type { ProblemCode } from '#contract/problem.ts'
import { faultCodeOf } from '#client/storage/fault.ts'
import type { FaultCode } from '#client/storage/fault.ts'
import type { PrivateStore } from '#client/storage/private-store.ts'
import type { WindowChannel } from '#client/ledger/journal-lock.ts'
import { backoffMs } from './backoff.ts'
import { createEventStream } from './event-stream.ts'
import { pullPrivateRows } from './private-rows.ts'
import { pullAll } from './pull.ts'
import { pushPending } from './push.ts'
import type { PushParts } from './push.ts'
import { pushNotes } from './push-notes.ts'
import { renewKey } from './renew-key.ts'

/** What a round is doing and how the last one ended. `trouble` is null after a round without any. */
export interface SyncStatus {
  readonly online: boolean
  readonly syncing: boolean
  readonly paused: boolean
  readonly progress: { readonly done: number; readonly total: number } | null
  readonly trouble: FaultCode | ProblemCode | 'receipt-wrong' | 'chain-forked' | null
}

/** Runs rounds. */
export interface SyncLoop {
  readonly status: SyncStatus
  subscribe(onChange: () => void): () => void
  start(): void
  stop(): void
  pause(paused: boolean): void
  /** A full round now; waits for one under way and then runs its own. */
  syncNow(): Promise<void>
  /** A round soon: many records in a row make one push. */
  syncSoon(): void
}

/** Timers and the browser's word on the network, handed in. */
export interface SyncSurroundings {
  readonly after: (ms: number, work: () => void) => () => void
  readonly random: () => number
  readonly onOnline: (work: () => void) => () => void
}

/** What the loop works with. */
export interface SyncLoopParts extends Omit<PushParts, 'progress' | 'paused'> {
  readonly privateStore: PrivateStore
  readonly surroundings: SyncSurroundings
  readonly privateRowsChanged: () => void
  /** The window that syncs tells the others how it stands. */
  readonly channel: WindowChannel
  /** Begins another epoch; this loop is stopped by it. */
  readonly epochClosed?: (fromSeq: number) => Promise<void>
  /** Keeps the site's key for carried files up to date. */
  readonly keepFileKey?: () => Promise<void>
  /** Whether the server has still to be told of this device's key, and what to do when it has been. */
  readonly renewal?: { readonly isDue: () => boolean; readonly done: () => Promise<void> }
}

const SOON_MS = 400
// A room of tablets that hears of one commit does not ask at one moment.
const POKE_SPREAD_MS = 2000
const EVERY_MS = 60_000
const PATIENCE_MS = 2000
const IDLE: SyncStatus = { online: false, syncing: false, paused: false, progress: null, trouble: null }

type Progress = (done: number, total: number) => void

// No call is understood before the server knows the key; a server put back from a backup may have forgotten it again.
async function renewIfDue(parts: SyncLoopParts, force: boolean): Promise<ProblemCode | null> {
  if (parts.renewal === undefined || !(force || parts.renewal.isDue())) return null
  const code = await renewKey(parts.device, parts.ledger, parts.transport)
  if (code === null) await parts.renewal.done()
  return code
}

/** One round: notes, push, sealed rows, pull. Answers the first trouble that does not stop the rest, or null. */
async function runRound(
  parts: SyncLoopParts,
  progress: Progress,
  paused: () => boolean,
): Promise<SyncStatus['trouble']> {
  // What only one journal could take was never acknowledged, but it has a number: it is sent like the rest.
  await parts.ledger.levelJournals()
  const renewed = await renewIfDue(parts, false)
  if (renewed !== null) return renewed
  let trouble: SyncStatus['trouble'] = await pushNotes(parts.privateStore, parts.transport)
  const note = (code: SyncStatus['trouble']): void => {
    trouble ??= code
  }
  // Twice at most: once more when the server turns out to be restored from a backup.
  for (let turn = 0; turn < 2; turn += 1) {
    const pushed = await pushPending({ ...parts, progress, paused })
    if (pushed.ended === 'epoch-closed') {
      await parts.epochClosed?.(pushed.fromSeq)
      return 'epoch-closed'
    }
    if (pushed.ended === 'stopped') note(pushed.code)
    if (pushed.ended === 'forked') note('chain-forked')
    // Sealed rows before the pull: a trainee's own wish stays visible until the card that holds it is here.
    const rows = await pullPrivateRows(parts.privateStore, parts.transport, parts.ledger.leaveClasses)
    if (rows.ended === 'stopped') note(rows.code)
    else if (rows.changed) parts.privateRowsChanged()
    const pulled = await pullAll({ ...parts, facilityId: parts.device.facilityId, progress, paused })
    if (pulled.ended === 'stopped') note(pulled.code)
    if (pulled.ended !== 'restored') break
  }
  await parts.keepFileKey?.()
  if (trouble === null) await parts.ledger.prune()
  return trouble
}

interface Board {
  readonly current: SyncStatus
  set(change: Partial<SyncStatus>): void
  subscribe(onChange: () => void): () => void
}

// The status of this window while it holds the journal, else what the window that holds it says.
function createBoard({ channel, ledger }: SyncLoopParts): Board {
  const listeners = new Set<() => void>()
  let current = IDLE
  function show(next: SyncStatus): void {
    current = next
    for (const listener of listeners) listener()
  }
  channel.listen((message) => {
    if (message.kind === 'status' && !ledger.lock.held) show(message.status as SyncStatus)
    if (message.kind === 'status-please' && ledger.lock.held) channel.post({ kind: 'status', status: current })
  })
  channel.post({ kind: 'status-please' })
  return {
    get current() {
      return current
    },
    set(change) {
      show({ ...current, ...change })
      if (ledger.lock.held) channel.post({ kind: 'status', status: current })
    },
    subscribe(onChange) {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
  }
}

interface Rounds {
  run(): Promise<void>
  readonly running: Promise<void> | null
  readonly failures: number
}

// One round at a time; what failed is told, not thrown, unless it is a bug.
function createRounds(parts: SyncLoopParts, board: Board): Rounds {
  let running: Promise<void> | null = null
  let failures = 0
  async function runOnce(): Promise<void> {
    board.set({ syncing: true })
    try {
      const round = () =>
        runRound(
          parts,
          (done, total) => board.set({ progress: { done, total } }),
          () => board.current.paused,
        )
      let trouble = await round()
      if (trouble === 'bad-signature' && (await renewIfDue(parts, true)) === null) trouble = await round()
      failures = trouble === null ? 0 : failures + 1
      board.set({ online: true, trouble })
    } catch (thrown) {
      const code = faultCodeOf(thrown)
      failures += 1
      if (code === null) board.set({ trouble: 'internal' })
      else if (code !== 'another-window')
        board.set({ trouble: code, online: board.current.online && code !== 'offline' && code !== 'timeout' })
      if (code === null) throw thrown
    } finally {
      board.set({ syncing: false, progress: null })
    }
  }
  return {
    get running() {
      return running
    },
    get failures() {
      return failures
    },
    run() {
      running ??= runOnce().finally(() => {
        running = null
      })
      return running
    },
  }
}

// One window syncs, and one connection is enough for all windows.
function createFollowing(
  { transport, surroundings, ledger }: SyncLoopParts,
  poked: (position: number) => void,
): (wanted: boolean) => void {
  const events = createEventStream(transport, surroundings, poked)
  return (wanted) => {
    if (wanted && ledger.lock.held) events.listen()
    else events.stop()
  }
}

/** Makes a loop; nothing runs before `start` or `syncNow`. */
export function createSyncLoop(parts: SyncLoopParts): SyncLoop {
  const { surroundings, ledger } = parts
  const board = createBoard(parts)
  const rounds = createRounds(parts, board)
  let stopListening: () => void = () => undefined
  let cancelTimer: () => void = () => undefined
  let started = false

  function schedule(ms: number): void {
    cancelTimer()
    if (started) cancelTimer = surroundings.after(ms, () => void round(ledger.lock.takeIfFree()))
  }
  async function round(holding: Promise<boolean>): Promise<void> {
    const mayRun = (await holding) && !board.current.paused
    if (!mayRun) return schedule(EVERY_MS)
    await rounds.run().finally(() => {
      schedule(rounds.failures === 0 ? EVERY_MS : backoffMs(rounds.failures, surroundings.random))
      // The server is there: if it was away, it need not be waited for any longer.
      if (rounds.failures === 0) follow(started)
    })
  }
  function poked(position: number): void {
    if (position > ledger.ownWork().state.cursor) schedule(SOON_MS + POKE_SPREAD_MS * surroundings.random())
  }
  const follow = createFollowing(parts, poked)
  return {
    get status() {
      return board.current
    },
    subscribe: board.subscribe,
    start() {
      started = true
      const again = (): void => {
        follow(true)
        schedule(0)
      }
      const stops = [surroundings.onOnline(again), ledger.lock.onChange(() => follow(true))]
      stopListening = () => stops.forEach((stop) => stop())
      again()
    },
    stop() {
      started = false
      cancelTimer()
      stopListening()
      follow(false)
    },
    pause(paused) {
      board.set({ paused })
      if (!paused) schedule(0)
    },
    // Asked for by a person or after an act: the round must begin after this moment, and in this window.
    async syncNow() {
      await rounds.running?.catch(() => undefined)
      await round(ledger.lock.take(PATIENCE_MS))
    },
    syncSoon: () => schedule(board.current.syncing ? SOON_MS * 2 : SOON_MS),
  }
}
