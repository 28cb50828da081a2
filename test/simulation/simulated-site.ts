// The site of a history: one or two instances of the server on one store; production accept-batch, feed, acts, rights and carried files, without sockets.
import { createHash } from 'node:crypto'
import type { ActBody, ActName } from '#contract/commands/acts.ts'
import type { TestimonyCommand } from '#contract/commands/testimony.ts'
import type { DevicePurpose, JoinAnswer } from '#contract/device.ts'
import type { ProblemCode } from '#contract/problem.ts'
import type { DeviceId, FacilityId } from '#contract/values.ts'
import { decideCommand } from '#domain/deciders.ts'
import { joinDevice } from '#server/devices/join.ts'
import { makeContext } from '#server/devices/make-context.ts'
import { importBatchFile } from '#server/exchange/batch-file/import-file.ts'
import { problemBody, problemOfError } from '#server/http/problem-answer.ts'
import { acceptBatch } from '#server/ledger/accept-batch.ts'
import { appendAsServer } from '#server/ledger/append-as-server.ts'
import { devices, type KnownDevice } from '#server/ledger/collections.ts'
import { commitOutcome } from '#server/ledger/commit-outcome.ts'
import { signingKeyOf } from '#server/ledger/ed25519.ts'
import { feedBody, readFeed } from '#server/ledger/feed.ts'
import { loadReader } from '#server/ledger/load-states.ts'
import { done, type Outcome, problem } from '#server/ledger/outcome.ts'
import { runAct } from '#server/ledger/perform-act.ts'
import { prepareLedger } from '#server/ledger/prepare-ledger.ts'
import { readBatch } from '#server/ledger/read-batch.ts'
import type { Actor, ServerContext } from '#server/ledger/server-context.ts'
import { type LedgerStore, StoreFault } from '#server/storage/ledger-store.ts'
import type { SeededRandom } from '#test/support/seeded-random.ts'
import type { ProgramVersion, Versions } from './program-version.ts'
import { foundLongLedger, foundSimulatedFacility, NOON_MS } from './simulated-facility.ts'
import { type Backup, makeSimulatedStore, type SimulatedStore } from './simulated-store.ts'

/** A call as it lies on the wire, and its answer. */
export interface WireCall {
  readonly path: string
  readonly body: Uint8Array | null
}

export interface WireAnswer {
  readonly status: number
  readonly body: string
}

/** What bringing a file came to; `problem` names why it or a part of it was not taken. */
export interface BroughtFile {
  readonly isTaken: boolean
  readonly answer: Uint8Array | null
  readonly problem: string | null
}

export interface SimulatedSite {
  readonly context: ServerContext
  readonly store: SimulatedStore
  /** What each instance runs. */
  readonly instances: readonly ProgramVersion[]
  /** How many held entries got their verdict when a newer program started. */
  readonly settled: number
  nowMs(): number
  advance(milliseconds: number): void
  handle(deviceId: DeviceId, call: WireCall): Promise<WireAnswer>
  /** `mayTry`: now and then the file is only tried out. */
  importFile(bytes: Uint8Array, mayTry?: boolean): Promise<BroughtFile>
  join(purpose: DevicePurpose, publicKey: string): Promise<JoinAnswer>
  act<Name extends ActName>(actor: Actor, name: Name, body: ActBody<Name>): Promise<boolean>
  /** Testimony that a person gives at the server itself. */
  testify(actor: Actor, command: TestimonyCommand): Promise<boolean>
  /** Puts a backup back, as a restore does: the ledger goes back, the epoch becomes another, the program starts. */
  restore(backup: Backup): Promise<void>
  /** The first instance that is still older starts as the newer program. */
  upgrade(): Promise<boolean>
}

/** How a site is made. `isLong`: its ledger is longer than a page from the start. */
export interface SiteOptions {
  readonly fails: () => boolean
  readonly versions: Versions
  readonly instances: readonly ProgramVersion[]
  readonly isLong: boolean
}

const SERVER_SEED = createHash('sha256').update('simulated site').digest()
const NO_ROWS_CHANGED = { hash: '0'.repeat(64), rows: null }
/** Scores are testimony that clerks give at the site too: an older program has no such command. */
const COMMAND_KINDS: Readonly<Record<string, string>> = {
  recordScore: 'assessment.scored.v1',
  settleScore: 'assessment.scored.v1',
}

function contextOver(store: LedgerStore, nowMs: () => number, random: (count: number) => Uint8Array): ServerContext {
  const seed = SERVER_SEED.toString('base64url')
  const keys = {
    facilityId: 'F1' as FacilityId,
    deviceId: 'SERVER' as DeviceId,
    epoch: 'server-epoch-1',
    seed,
    vaultKey: seed,
  }
  return makeContext({ store, dataDir: 'nowhere', keys, performers: {} }, { nowMs, random })
}

const founded = new Map<boolean, Promise<Backup>>()

/** The facility as every history finds it, founded once a process. */
async function foundedBackup(isLong: boolean): Promise<Backup> {
  const store = makeSimulatedStore()
  const context = contextOver(
    store,
    () => NOON_MS,
    (count) => new Uint8Array(count),
  )
  await foundSimulatedFacility(context)
  if (isLong) await foundLongLedger(context)
  return store.backUp()
}

function foundedOnce(isLong: boolean): Promise<Backup> {
  const backup = founded.get(isLong) ?? foundedBackup(isLong)
  founded.set(isLong, backup)
  return backup
}

async function answerTo(
  context: ServerContext,
  device: KnownDevice,
  { path, body }: WireCall,
): Promise<Outcome<string>> {
  if (path === '/api/sync/push') {
    const batch = readBatch(body ?? new Uint8Array(), device.publicKey)
    if (!batch.ok) return batch
    const answer = await commitOutcome(context, (tx) => acceptBatch(tx, context, device, batch.value))
    return answer.ok ? done(JSON.stringify(answer.value)) : answer
  }
  const after = /^\/api\/sync\/pull\?after=(\d+)$/.exec(path)?.[1]
  if (after !== undefined) {
    return commitOutcome(context, async (tx) => done(feedBody(await readFeed(tx, context, device, Number(after)))))
  }
  // Sealed rows have tests of their own; here nothing ever changes in them.
  return path.startsWith('/api/sync/private') ? done(JSON.stringify(NO_ROWS_CHANGED)) : problem('not-found')
}

function refusalOf(outcome: { readonly problem: Parameters<typeof problemBody>[0] }): WireAnswer {
  const body = problemBody(outcome.problem)
  return { status: body.status, body: JSON.stringify(body) }
}

/** An answer that hides what went wrong, as a broken server or a proxy gives it. */
export function failedAnswer(code: ProblemCode): WireAnswer {
  return refusalOf(problem(code))
}

async function answerCall(context: ServerContext, deviceId: DeviceId, call: WireCall): Promise<WireAnswer> {
  try {
    const device = await context.store.read(context.facilityId, (view) => devices.get(view, deviceId))
    const outcome = device === null ? problem('unknown-device') : await answerTo(context, device.value, call)
    return outcome.ok ? { status: 200, body: outcome.value } : refusalOf(outcome)
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown
    const told = problemOfError(Object.assign(thrown, { code: 'unknown' }), () => undefined)
    if (told.code === 'internal') throw thrown
    return refusalOf({ problem: told })
  }
}

async function takeFile(context: ServerContext, bytes: Uint8Array, onlyTry: boolean): Promise<BroughtFile> {
  try {
    const imported = await importBatchFile(context, bytes, { onlyTry })
    if (!imported.ok) return { isTaken: false, answer: null, problem: imported.problem.code }
    const { answer, report } = imported.value
    return { isTaken: report.written, answer: answer?.bytes ?? null, problem: report.problem }
  } catch (thrown) {
    if (!(thrown instanceof StoreFault)) throw thrown
    return { isTaken: false, answer: null, problem: 'the store failed' }
  }
}

function testifyAt(context: ServerContext, actor: Actor, command: TestimonyCommand): Promise<boolean> {
  return context.store.transaction(context.facilityId, async (tx) => {
    const reader = await loadReader(tx, command.name, command.body)
    const decided = decideCommand(command.name, command.body, reader, { ...actor, today: context.clock.today() })
    if (decided.ok) await appendAsServer(tx, context, actor, decided.value)
    return decided.ok
  })
}

async function joinAt(
  { store, context }: Pick<SimulatedSite, 'store' | 'context'>,
  purpose: DevicePurpose,
  publicKey: string,
) {
  const label = `tablet ${purpose}`
  const answer = await store.transaction(context.facilityId, (tx) =>
    joinDevice(tx, context, { label, publicKey, purpose }),
  )
  if (!answer.ok) throw new Error(`joining was refused: ${answer.problem.code}`)
  return answer.value
}

/** Starts a site with the founded facility. */
export async function startSimulatedSite(random: SeededRandom, options: SiteOptions): Promise<SimulatedSite> {
  const { versions } = options
  const store = makeSimulatedStore(await foundedOnce(options.isLong), options.fails)
  const instances = [...options.instances]
  let now = NOON_MS
  let context = contextOver(
    store,
    () => now,
    (count) => random.bytes(count),
  )
  let restores = 0
  let settled = 0
  const some = () => random.pick(instances)
  // A program that starts takes what its store needs; its start is tried again until it succeeds.
  const countHeld = () => store.read(context.facilityId, async (view) => (await view.entries.held()).length)
  async function start(version: ProgramVersion): Promise<void> {
    const before = await countHeld()
    await versions.as(version, () => prepareLedger({ ...context, store: store.certain }, version, () => undefined))
    settled += before - (await countHeld())
  }
  const isKnown = (version: ProgramVersion, command: string) => versions.knows(version, COMMAND_KINDS[command] ?? '')
  return {
    get context() {
      return context
    },
    store,
    instances,
    get settled() {
      return settled
    },
    nowMs: () => now,
    advance(milliseconds) {
      now += milliseconds
    },
    handle: (deviceId, call) => versions.as(some(), () => answerCall(context, deviceId, call)),
    importFile: (bytes, mayTry = false) =>
      versions.as(some(), () => takeFile(context, bytes, mayTry && random.chance(0.05))),
    join: (purpose, publicKey) => joinAt({ store, context }, purpose, publicKey),
    async act(actor, name, body) {
      const version = some()
      return isKnown(version, name) && versions.as(version, async () => (await runAct(context, actor, name, body)).ok)
    },
    async testify(actor, command) {
      const version = some()
      return isKnown(version, command.name) && versions.as(version, () => testifyAt(context, actor, command))
    },
    async restore(backup) {
      store.putBack(backup)
      restores += 1
      const epoch = `server-epoch-${String(restores + 1)}`
      context = { ...context, serverKeys: { ...context.serverKeys, epoch } }
      for (const version of instances) await start(version)
    },
    async upgrade() {
      const older = instances.indexOf('older')
      if (older === -1) return false
      instances[older] = 'newer'
      await start('newer')
      return true
    },
  }
}

/** A device's key, from the history's own chance. */
export const deviceKey = (random: SeededRandom) => signingKeyOf(random.bytes(32))
