// The facility server of a history: production accept-batch, feed, acts and rights over the simulated store, without sockets.
import { createHash } from 'node:crypto'
import type { ActBody, ActName } from '#contract/commands/acts.ts'
import type { TestimonyCommand } from '#contract/commands/testimony.ts'
import type { DevicePurpose, JoinAnswer } from '#contract/device.ts'
import type { ProblemCode } from '#contract/problem.ts'
import type { DeviceId, FacilityId } from '#contract/values.ts'
import { decideCommand } from '#domain/deciders.ts'
import { joinDevice } from '#server/devices/join.ts'
import { makeContext } from '#server/devices/make-context.ts'
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
import { readBatch } from '#server/ledger/read-batch.ts'
import type { Actor, ServerContext } from '#server/ledger/server-context.ts'
import type { LedgerStore } from '#server/storage/ledger-store.ts'
import type { SeededRandom } from '#test/support/seeded-random.ts'
import { foundSimulatedFacility, NOON_MS } from './simulated-facility.ts'
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

export interface SimulatedSite {
  readonly context: ServerContext
  readonly store: SimulatedStore
  nowMs(): number
  advance(milliseconds: number): void
  handle(deviceId: DeviceId, call: WireCall): Promise<WireAnswer>
  join(purpose: DevicePurpose, publicKey: string): Promise<JoinAnswer>
  act<Name extends ActName>(actor: Actor, name: Name, body: ActBody<Name>): Promise<boolean>
  /** Testimony that a person gives at the server itself. */
  testify(actor: Actor, command: TestimonyCommand): Promise<boolean>
  /** Puts a backup back, as a restore does: the ledger goes back, the epoch becomes another. */
  restore(backup: Backup): void
}

/** What a test may put between the server and its store. */
export interface SiteOptions {
  readonly fails?: () => boolean
  readonly wrapStore?: (store: LedgerStore) => LedgerStore
}

const SERVER_SEED = createHash('sha256').update('simulated site').digest()
const NO_ROWS_CHANGED = { hash: '0'.repeat(64), rows: null }

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

let founded: Promise<Backup> | null = null

/** The facility as every history finds it, founded once a process. */
async function foundedBackup(): Promise<Backup> {
  const store = makeSimulatedStore()
  await foundSimulatedFacility(
    contextOver(
      store,
      () => NOON_MS,
      (count) => new Uint8Array(count),
    ),
  )
  return store.backUp()
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

/** Starts a site with the founded facility. */
export async function startSimulatedSite(random: SeededRandom, options: SiteOptions = {}): Promise<SimulatedSite> {
  founded ??= foundedBackup()
  const store = makeSimulatedStore(await founded, options.fails)
  const ledgerStore = options.wrapStore?.(store) ?? store
  let now = NOON_MS
  let context = contextOver(
    ledgerStore,
    () => now,
    (count) => random.bytes(count),
  )
  let restores = 0
  return {
    get context() {
      return context
    },
    store,
    nowMs: () => now,
    advance(milliseconds) {
      now += milliseconds
    },
    async handle(deviceId, call) {
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
    },
    async join(purpose, publicKey) {
      const label = `tablet ${purpose}`
      const answer = await store.transaction(context.facilityId, (tx) =>
        joinDevice(tx, context, { label, publicKey, purpose }),
      )
      if (!answer.ok) throw new Error(`joining was refused: ${answer.problem.code}`)
      return answer.value
    },
    act: async (actor, name, body) => (await runAct(context, actor, name, body)).ok,
    testify: (actor, command) =>
      context.store.transaction(context.facilityId, async (tx) => {
        const reader = await loadReader(tx, command.name, command.body)
        const decided = decideCommand(command.name, command.body, reader, { ...actor, today: context.clock.today() })
        if (decided.ok) await appendAsServer(tx, context, actor, decided.value)
        return decided.ok
      }),
    restore(backup) {
      store.putBack(backup)
      restores += 1
      const epoch = `server-epoch-${String(restores + 1)}`
      context = { ...context, serverKeys: { ...context.serverKeys, epoch } }
    },
  }
}

/** A device's key, from the history's own chance. */
export const deviceKey = (random: SeededRandom) => signingKeyOf(random.bytes(32))
