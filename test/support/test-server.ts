// A whole server for a test: the real application on an ephemeral port (or without one), memory or SQLite, a clock that stands still.
import type { FastifyInstance } from 'fastify'
import type { DevicePurpose } from '#contract/device.ts'
import type { TraineeFacts } from '#contract/kinds/trainee.ts'
import { traineeStream } from '#contract/streams.ts'
import type { CalendarDate, FacilityKind, ProviderId, StaffId, TraineeId } from '#contract/values.ts'
import type { EntryDraft } from '#domain/shared/decider.ts'
import { actPerformers } from '#server/acts/performers.ts'
import { makeJoinCode } from '#server/devices/join.ts'
import type { ServerKeyFile } from '#server/devices/key-files.ts'
import { makeContext } from '#server/devices/make-context.ts'
import { buildApp } from '#server/http/build-app.ts'
import type { CallLimits } from '#server/http/parts.ts'
import { appendAsServer } from '#server/ledger/append-as-server.ts'
import { runAct } from '#server/ledger/perform-act.ts'
import { type ActPerformers, SERVER_ACTOR, type ServerContext } from '#server/ledger/server-context.ts'
import type { LedgerStore } from '#server/storage/ledger-store.ts'
import { makeMemoryStore } from '#server/storage/memory/memory-store.ts'
import { cardBook } from '#server/vault/cards.ts'
import { verifyPin } from '#server/vault/staff-keys.ts'
import { type FixedClock, fixedClock } from './fixed-clock.ts'
import { type SeededRandom, seededRandom } from './seeded-random.ts'
import { joinTestDevice, type TestDevice } from './test-device.ts'
import { directTransport, httpTransport, type TestTransport } from './transport.ts'

export const TEST_LIMITS: CallLimits = { allPerMinute: 1_000_000, joinPerMinute: 100_000, signInPerMinute: 100_000 }

export interface TestServerOptions {
  readonly store?: LedgerStore
  readonly keys?: ServerKeyFile
  readonly performers?: ActPerformers
  readonly moment?: string
  readonly seed?: number
  readonly dataDir?: string
  readonly limits?: CallLimits
  readonly pagesDir?: string
  /** False: no socket, calls go straight into the application. */
  readonly listens?: boolean
}

export interface TestServer {
  readonly app: FastifyInstance
  readonly context: ServerContext
  readonly clock: FixedClock
  readonly random: SeededRandom
  readonly url: string
  readonly transport: TestTransport
  readonly log: readonly string[]
  /** Makes a code and joins a device with it. */
  join(purpose: DevicePurpose, label?: string): Promise<TestDevice>
  stop(): Promise<void>
}

/** Keys of a test server; the same seed, the same keys. */
export function testKeys(random: SeededRandom): ServerKeyFile {
  const text = (count: number) => Buffer.from(random.bytes(count)).toString('base64url')
  return {
    facilityId: `F${text(9)}` as ServerKeyFile['facilityId'],
    deviceId: `S${text(9)}` as ServerKeyFile['deviceId'],
    epoch: text(12),
    seed: text(32),
    vaultKey: text(32),
  }
}

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const clock = fixedClock(options.moment ?? '2026-11-02T09:00:00.000+08:00')
  const random = seededRandom(options.seed ?? 1)
  const keys = options.keys ?? testKeys(random)
  const store = options.store ?? makeMemoryStore()
  const { dataDir = '/nonexistent', performers = actPerformers } = options
  const context = makeContext(
    { store, dataDir, keys, performers },
    { nowMs: () => Date.parse(clock.now()), random: random.bytes },
  )
  const log: string[] = []
  const app = await buildApp({
    context,
    parts: { verifyPin, cardBook },
    limits: options.limits ?? TEST_LIMITS,
    pagesDir: options.pagesDir ?? '/nonexistent',
    version: '0.0.0-test',
    log: (line) => log.push(line),
  })
  const listens = options.listens ?? true
  const url = listens ? await app.listen({ host: '127.0.0.1', port: 0 }) : 'http://localhost'
  const transport = listens ? httpTransport(url) : directTransport(app)
  return {
    app,
    context,
    clock,
    random,
    url,
    transport,
    log,
    async join(purpose, label) {
      const { code } = await store.transaction(context.facilityId, (tx) => makeJoinCode(tx, context, purpose))
      return joinTestDevice(transport, { code, seed: random.bytes(32), ...(label === undefined ? {} : { label }) })
    },
    async stop() {
      await app.close()
      await store.close()
    },
  }
}

/** Founds a facility with an administrator `admin1` and an instructor `teacher1`, both with their PIN; answers their ids. */
export async function foundTestFacility(
  { context }: Pick<TestServer, 'context'>,
  as: { demonstration?: boolean; facilityKind?: FacilityKind } = {},
): Promise<{ adminId: StaffId; teacherId: StaffId; adminPin: string; teacherPin: string }> {
  const ok = async (outcome: ReturnType<typeof runAct>) => {
    const { ok: isOk, ...rest } = await outcome
    if (!isOk) throw new Error(`the test facility was refused: ${JSON.stringify(rest)}`)
  }
  const { demonstration = false, facilityKind = 'prison' } = as
  await ok(
    runAct(context, SERVER_ACTOR, 'foundFacility', {
      name: '测试监狱',
      facilityKind,
      cityCode: '340100',
      demonstration,
    }),
  )
  const providerId = 'P1' as ProviderId
  await ok(
    runAct(context, SERVER_ACTOR, 'registerProvider', {
      providerId,
      code: 'CSXX',
      name: '测试技工学校',
      qualification: '测试资质',
      qualificationValidUntil: '2030-12-31' as CalendarDate,
      skillLevels: [5, 4],
    }),
  )
  const adminId = 'ADMIN1' as StaffId
  const teacherId = 'TEACHER1' as StaffId
  const appoint = (staffId: StaffId, account: string, staffRole: 'administrator' | 'instructor', pin: string) =>
    ok(
      runAct(context, SERVER_ACTOR, 'appointStaff', {
        staffId,
        account,
        staffRole,
        providerId: staffRole === 'instructor' ? providerId : null,
        displayName: account,
        pin,
      }),
    )
  await appoint(adminId, 'admin1', 'administrator', '739152')
  await appoint(teacherId, 'teacher1', 'instructor', '280946')
  return { adminId, teacherId, adminPin: '739152', teacherPin: '280946' }
}

/** Admits trainees to the ledger, without identities in the vault. */
export async function admitTestTrainees(
  { context }: Pick<TestServer, 'context'>,
  traineeIds: readonly string[],
): Promise<void> {
  const facts: TraineeFacts = {
    sex: 'male',
    bornOn: '1990-05-20' as CalendarDate,
    termEndsOn: '2027-06-30' as CalendarDate,
    workCapable: true,
  }
  const drafts = traineeIds.map(
    (id): EntryDraft => ({
      stream: traineeStream(id as TraineeId),
      kind: 'trainee.admitted.v1',
      body: { traineeId: id as TraineeId, importId: null, facts },
      occurredOn: context.clock.today(),
      basedOn: null,
    }),
  )
  await context.store.transaction(context.facilityId, (tx) => appendAsServer(tx, context, SERVER_ACTOR, drafts))
}
