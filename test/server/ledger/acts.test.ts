// Acts: once, whole or not at all, and on the server's own chain.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { canonicalText, hashText } from '#contract/canonical.ts'
import { Entry } from '#contract/envelope.ts'
import type { RoomId } from '#contract/values.ts'
import { performedCommands } from '#server/ledger/collections.ts'
import { runAct } from '#server/ledger/perform-act.ts'
import { prepareLedger } from '#server/ledger/prepare-ledger.ts'
import { done, problem } from '#server/ledger/outcome.ts'
import { SERVER_ACTOR, type ServerContext } from '#server/ledger/server-context.ts'
import type { LedgerReader } from '#server/storage/ledger-store.ts'
import { foundTestFacility, startTestServer, type TestServer } from '#test/support/test-server.ts'
import { problemCode, type TestDevice, valueOf } from '#test/support/test-device.ts'
import { aMark } from '#test/support/test-lesson.ts'

let server: TestServer
let office: TestDevice

beforeEach(async () => {
  server = await startTestServer({ listens: false })
  await foundTestFacility(server)
  office = await server.join('office')
  valueOf(await office.signIn('admin1', '739152'))
})
afterEach(() => server.stop())

const read = <Value>(work: (view: LedgerReader) => Promise<Value>) =>
  server.context.store.read(server.context.facilityId, work)
const head = () => read((view) => view.entries.headPosition())
const aRoom = (name: string, roomId = 'R1') => ({ roomId: roomId as RoomId, name, seats: 40 })

describe('an act', () => {
  it('is an entry of the server by the person who asked', async () => {
    const { positions } = valueOf(await office.act('registerRoom', aRoom('101')))
    expect(positions).toEqual([await head()])
    const [stored] = await read((view) => view.entries.ofStream('room/R1'))
    const entry = Entry.parse(JSON.parse(stored?.text ?? ''))
    expect(entry).toMatchObject({
      kind: 'room.registered.v1',
      actorId: 'ADMIN1',
      role: 'administrator',
      deviceId: server.context.serverKeys.deviceId,
    })
  })

  it('asked for twice is one act with the same answer', async () => {
    const first = valueOf(await office.act('registerRoom', aRoom('101'), 'command-1'))
    const after = await head()
    expect(valueOf(await office.act('registerRoom', aRoom('101'), 'command-1'))).toEqual(first)
    expect(await head()).toBe(after)
    expect(problemCode(await office.act('registerRoom', aRoom('102', 'R2'), 'command-1'))).toBe('malformed')
  })

  it('asked for ten times at once is one act', async () => {
    const before = await head()
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => office.act('registerRoom', aRoom('101'), 'command-1')),
    )
    expect(new Set(answers.map((answer) => valueOf(answer).positions[0]))).toEqual(new Set([before + 1]))
    expect(await head()).toBe(before + 1)
  })

  it('that was refused may be asked for again', async () => {
    const refusedFirst = await office.act('changeRoom', aRoom('101'), 'command-1')
    expect(refusedFirst).toMatchObject({ ok: false, problem: { code: 'refused', refusal: 'access/room-unknown' } })
    valueOf(await office.act('registerRoom', aRoom('101')))
    expect((await office.act('changeRoom', aRoom('102'), 'command-1')).ok).toBe(true)
  })

  it('of another role is refused before anything is done', async () => {
    const classroom = await server.join('instructor')
    valueOf(await classroom.signIn('teacher1', '280946'))
    expect(await classroom.act('registerRoom', aRoom('101'))).toMatchObject({
      ok: false,
      problem: { code: 'refused', refusal: 'access/not-allowed' },
    })
  })

  it('keeps no PIN, and nothing a PIN could be guessed from by hashing alone', async () => {
    const body = { staffId: 'ADMIN1' as never, pin: '516370' }
    valueOf(await office.act('resetPin', body, 'command-1'))
    const stored = JSON.stringify(await read((view) => performedCommands.list(view)))
    expect(stored).not.toContain('516370')
    expect(stored).not.toContain(hashText(canonicalText(body)))
  })

  it('of a performer that says no late leaves nothing it wrote before', async () => {
    const context: ServerContext = {
      ...server.context,
      performers: {
        setHouseRules: {
          async perform(_call, tx) {
            await tx.records.put('test', 'half', 1, 0)
            return problem('internal')
          },
        },
        registerRoom: {
          prepare: async () => 'prepared',
          async perform({ prepared }, tx) {
            await tx.records.put('test', String(prepared), 1, 0)
            return done({ positions: [], codes: [] })
          },
        },
      },
    }
    expect((await runAct(context, SERVER_ACTOR, 'setHouseRules', { rules: {} as never })).ok).toBe(false)
    expect((await runAct(context, SERVER_ACTOR, 'registerRoom', aRoom('101'))).ok).toBe(true)
    expect(await read((view) => view.records.revisions('test'))).toEqual([{ key: 'prepared', revision: 1 }])
  })
})

describe('a newer program', () => {
  it('folds everything again, and applies what an older one had to hold', async () => {
    const tablet = await server.join('instructor')
    tablet.chain.record(aMark('T1'))
    valueOf(await tablet.pushAll())
    const { context } = server
    // As an older program left it: the entry held, because it did not know the kind, and states folded another way.
    await context.store.transaction(context.facilityId, async (tx) => {
      await tx.states.put({ stream: 'class/C1/session/L1', family: 'session', position: 0, state: { stale: true } })
      await tx.states.put({ stream: 'room/R9', family: 'room', position: 0, state: { stale: true } })
    })
    let told = 0
    await prepareLedger(context, '1.0.0', () => (told += 1))
    expect(await read((view) => view.states.get('room/R9'))).toBeNull()
    expect(await read((view) => view.states.get('class/C1/session/L1'))).toMatchObject({
      state: { marks: { T1: { mark: 'absent' } } },
    })
    await prepareLedger(context, '1.0.0', () => (told += 1))
    expect(told).toBe(0)
    await prepareLedger(context, '2.0.0', () => (told += 1))
    expect(told).toBe(1)
  })

  it('gives held entries it understands their position, once', async () => {
    const tablet = await server.join('instructor')
    const { context } = server
    const { text, id, entry } = tablet.chain.record(aMark('T1'))
    const { stream, deviceId, epoch, seq } = entry
    await context.store.transaction(context.facilityId, (tx) =>
      tx.entries.append([{ id, stream, deviceId, epoch, seq, text, verdict: { status: 'held' } }]),
    )
    const before = await head()
    await prepareLedger(context, '1.0.0', () => undefined)
    await prepareLedger(context, '1.0.0', () => undefined)
    expect(await head()).toBe(before + 1)
    expect(await read((view) => view.states.get(stream))).toMatchObject({
      position: before + 1,
      state: { marks: { T1: { mark: 'absent' } } },
    })
  })
})
