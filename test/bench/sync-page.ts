// Runs inside Chromium: the client's own core and sync, driven without its pages. Built by sync-build.ts, never part of the program.
import { createClientCore } from '#client/client-core.ts'
import { openWindowChannel } from '#client/ledger/window-channel.ts'
import type { ClientCore, JoinedDevice } from '#client/stores/container.ts'
import type { TestimonyCommand } from '#contract/commands/testimony.ts'
import type { ActorId, ClassId, SessionId, TraineeId } from '#contract/values.ts'

export interface MarkPlan {
  readonly actorId: string
  readonly members: readonly (readonly string[])[]
  readonly lessons: number
}

/** Every time in milliseconds. */
export interface SyncBench {
  join(): Promise<void>
  /** Signs off what the join found, so that the measured round has only the work asked for. */
  level(): Promise<number>
  record(plan: MarkPlan): Promise<{ ms: number; count: number }>
  round(): Promise<{ ms: number; unsent: number; cursor: number; head: number }>
  rawCreate(count: number): Promise<number>
  rawPush(url: string, batch: number): Promise<{ ms: number; bytes: number }>
  rawPull(url: string, batch: number, count: number): Promise<number>
}

declare global {
  var syncBench: SyncBench
}

const core: ClientCore = createClientCore({
  clock: () => Date.now(),
  random: () => Math.random(),
  randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  origin: location.origin,
  databases: () => indexedDB,
  locks: { request: (name, options, work) => navigator.locks.request(name, options, work) },
  openChannel: openWindowChannel,
  persisted: () => Promise.resolve(true),
  persist: () => Promise.resolve(true),
  after: () => () => undefined,
  onOnline: () => () => undefined,
  autoSync: false,
})

function joined(): JoinedDevice {
  const device = core.joined.value
  if (device === null) throw new Error('this page has not joined')
  return device
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

function* commandsOf({ members, lessons }: MarkPlan): Generator<TestimonyCommand> {
  for (const [index, group] of members.entries())
    for (let lesson = 1; lesson <= lessons; lesson += 1)
      for (const traineeId of group) {
        const where = {
          classId: `C${index + 1}` as ClassId,
          sessionId: `L${lesson}` as SessionId,
          traineeId: traineeId as TraineeId,
        }
        const word = { mark: 'absent', minutes: null, leaveReason: null, noteId: null, correctionReason: null } as const
        yield { name: 'markAttendance', body: { ...where, ...word } }
      }
}

async function record(plan: MarkPlan): Promise<{ ms: number; count: number }> {
  core.staffActor.value = { actorId: plan.actorId as ActorId, role: 'instructor' }
  let count = 0
  const ms = await msOf(async () => {
    for (const command of commandsOf(plan)) {
      const answer = await joined().ledger.record(command)
      if (!answer.ok) throw new Error(`mark ${count} was refused: ${answer.refusal.code}`)
      count += answer.value.length
    }
  })
  return { ms, count }
}

async function round(): Promise<{ ms: number; unsent: number; cursor: number; head: number }> {
  const ms = await msOf(() => joined().sync.syncNow())
  const { trouble } = joined().sync.status
  if (trouble !== null) throw new Error(`the round ended with ${trouble}`)
  const { unsentCount, state } = joined().ledger.ownWork()
  return { ms, unsent: unsentCount, cursor: state.cursor, head: state.head }
}

function openRaw(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('bench-raw', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore('rows', { keyPath: 'seq' })
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
}

function write(database: IDBDatabase, rows: readonly unknown[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction('rows', 'readwrite', { durability: 'strict' })
    for (const row of rows) transaction.objectStore('rows').put(row)
    transaction.oncomplete = () => resolve()
    transaction.onerror = () => reject(transaction.error)
  })
}

function readAll(database: IDBDatabase): Promise<{ seq: number; text: string }[]> {
  return new Promise((resolve, reject) => {
    const asked = database.transaction('rows').objectStore('rows').getAll()
    asked.onsuccess = () => resolve(asked.result as { seq: number; text: string }[])
    asked.onerror = () => reject(asked.error)
  })
}

globalThis.syncBench = {
  async join() {
    await core.start(null)
    const answer = await core.join(null, 'bench')
    if (!answer.ok) throw new Error(`joining failed: ${JSON.stringify(answer)}`)
  },
  level: async () => (await round()).cursor,
  record,
  round,
  // The same texts the real journal holds, one strict transaction a row, as a hand taps them.
  async rawCreate(count) {
    const rows = await joined().ledger.unsent(count)
    const database = await openRaw()
    const ms = await msOf(async () => {
      for (const { seq, id, text } of rows) await write(database, [{ seq, id, text }])
    })
    database.close()
    return ms
  },
  async rawPush(url, batch) {
    const database = await openRaw()
    const rows = await readAll(database)
    let sent = 0
    const ms = await msOf(async () => {
      for (let start = 0; start < rows.length; start += batch) {
        const body = JSON.stringify(rows.slice(start, start + batch))
        sent += body.length
        await fetch(`${url}/push`, { method: 'POST', body })
      }
    })
    database.close()
    return { ms, bytes: sent }
  },
  async rawPull(url, batch, count) {
    const database = await openRaw()
    const ms = await msOf(async () => {
      for (let after = 0; after < count; after += batch)
        await write(
          database,
          (await (await fetch(`${url}/pull?after=${after}&limit=${batch}`)).json()) as readonly unknown[],
        )
    })
    database.close()
    return ms
  },
}
