// Two server processes on one PostgreSQL behind a plain balancer are one server: every other call goes to the other one.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { ProviderId } from '#contract/values.ts'
import type { DataPlace } from '#server/tasks/open-facility.ts'
import { environmentOf, foundPlace, joinCodeAt } from '#test/support/founded-place.ts'
import { freshDatabase } from '#test/support/postgres.ts'
import { type RoundRobin, startRoundRobin } from '#test/support/round-robin.ts'
import { runServerProgram, type ServerProcess, startServerProcess } from '#test/support/server-process.ts'
import { joinTestDevice, readJson, type TestDevice, valueOf } from '#test/support/test-device.ts'
import { aMark } from '#test/support/test-lesson.ts'
import { httpTransport } from '#test/support/transport.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const TABLETS = 4
const MARKS = 120

let folder: string
let places: readonly [DataPlace, DataPlace]
let servers: ServerProcess[] = []
let balancer: RoundRobin
const tablets: TestDevice[] = []
let office: TestDevice

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xincheng-two-'))
  const databaseUrl = await freshDatabase('empty')
  places = [
    { dataDir: join(folder, 'one'), databaseUrl },
    { dataDir: join(folder, 'two'), databaseUrl },
  ]
  await foundPlace(places[0])
  // The second one is the same server: it is given the same keys, and finds the rest in the database.
  cpSync(join(places[0].dataDir, 'keys'), join(places[1].dataDir, 'keys'), { recursive: true })
  servers = await Promise.all(places.map((place) => startServerProcess([], environmentOf(place))))
  balancer = await startRoundRobin(servers.map(({ url }) => url))
  const joinAs = async (purpose: 'instructor' | 'office', seed: number) =>
    joinTestDevice(httpTransport(balancer.url), {
      code: await joinCodeAt(places[0], purpose),
      seed: Buffer.alloc(32, seed),
    })
  office = await joinAs('office', 1)
  for (let tablet = 0; tablet < TABLETS; tablet += 1) tablets.push(await joinAs('instructor', 10 + tablet))
})
afterAll(async () => {
  await balancer?.stop()
  for (const server of servers) await server.stop('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

it('takes pushes of several tablets at once through both, each entry once, positions without a gap', async () => {
  await Promise.all(
    tablets.map(async (tablet, index) => {
      for (let mark = 0; mark < MARKS; mark += 1)
        tablet.chain.record(aMark(`T${String(mark)}`, { sessionId: `L${String(index)}` }))
      expect(valueOf(await tablet.pushAll(1, 10)).receipt.lastSeq).toBe(MARKS)
    }),
  )
  const [one, two] = [await office.pullAll(), await office.pullAll()]
  expect(one).toEqual(two)
  expect(one.map(({ position }) => position)).toEqual(one.map((_, index) => index + 1))
  const texts = one.map(({ text }) => text)
  for (const { chain } of tablets)
    expect(texts.filter((text) => chain.entries.some((entry) => entry.text === text))).toHaveLength(MARKS)
  expect(Math.min(...balancer.answered)).toBeGreaterThan(10)
})

it('takes a repeat at the other instance for the repeat it is', async () => {
  const [tablet] = tablets
  for (let time = 0; time < 2; time += 1) {
    const { verdicts } = valueOf(await (tablet as TestDevice).push((tablet as TestDevice).chain.pushBody(1, 20)))
    expect(new Set(verdicts.map(({ status }) => status))).toEqual(new Set(['duplicate']))
  }
})

it('knows a sign-in opened at the other instance, and performs its acts once', async () => {
  valueOf(await office.signIn('admin1', '739152'))
  const body = {
    providerId: 'P2' as ProviderId,
    code: 'DECX',
    name: '第二技工学校',
    qualification: '测试资质',
    qualificationValidUntil: '2030-12-31',
    skillLevels: [5],
  } as Parameters<typeof office.act<'registerProvider'>>[1]
  const answers = [1, 2, 3].map(() => office.act('registerProvider', body, 'one-command-id-for-all'))
  const positions = (await Promise.all(answers)).map((answer) => valueOf(answer).positions)
  expect(new Set(positions.map(String)).size).toBe(1)
  for (let time = 0; time < 4; time += 1) valueOf(await office.json('GET', '/api/devices'))
})

it('refuses a call that is replayed at the other instance', async () => {
  const statuses = []
  for (let time = 0; time < 4; time += 1)
    statuses.push((await office.call('GET', '/api/sync/pull?after=0', { nonce: 'the-same-nonce-each-time' })).status)
  expect(statuses).toEqual([200, 401, 401, 401])
})

it('counts wrong PINs and tries to join over both', async () => {
  const codes = []
  for (let tries = 1; tries <= 11; tries += 1) {
    const answer = await office.signIn('teacher1', '000001')
    codes.push(answer.ok ? 'ok' : answer.problem.code)
  }
  expect(codes).toEqual([...Array(10).fill('wrong-pin'), 'account-disabled'])
  const joins = []
  for (let tries = 1; tries <= 30; tries += 1) {
    const body = Buffer.from(JSON.stringify({ code: 'AAAAAAAA', label: 'x', publicKey: office.key.publicKey }))
    const headers = { 'content-type': 'application/json' }
    const answer = readJson(await httpTransport(balancer.url)({ method: 'POST', path: '/api/join', headers, body }))
    joins.push(answer.ok ? 'ok' : answer.problem.code)
  }
  // Twenty a minute from one address, however many instances there are; five devices joined before.
  expect(joins.filter((code) => code === 'join-code-wrong').length).toBeLessThanOrEqual(20)
  expect(joins.at(-1)).toBe('too-many-tries')
})

it('refuses an instance with other keys, and one without, in a sentence', async () => {
  const other: DataPlace = { dataDir: join(folder, 'other'), databaseUrl: await freshDatabase('empty') }
  await foundPlace(other)
  const otherKeys = { DATA_DIR: other.dataDir, DATABASE_URL: places[0].databaseUrl ?? '', PORT: '0' }
  const noKeys = { ...otherKeys, DATA_DIR: join(folder, 'nothing') }
  for (const [environment, sentence] of [
    [otherKeys, /belongs to other keys/],
    [noKeys, /keys .* are missing/],
  ] as const) {
    const { code, output } = await runServerProgram('src/server/main.ts', [], environment)
    expect(output).toMatch(sentence)
    expect(output).not.toMatch(/ {4}at |postgres:\/\//)
    expect(code).toBe(1)
  }
})

it('goes on when one instance is stopped in the middle of the work', async () => {
  const working = tablets.map(async (tablet, index) => {
    for (let mark = 0; mark < MARKS; mark += 1)
      tablet.chain.record(aMark(`T${String(mark)}`, { sessionId: `M${String(index)}`, minutes: 5 }))
    // A connection that breaks says nothing of what was stored: a tablet pushes again, and gets the same answers.
    for (let tries = 1; ; tries += 1) {
      const answer = await tablet.pushAll(MARKS + 1, 10).catch(() => null)
      if (answer !== null) return valueOf(answer).receipt.lastSeq
      if (tries === 20) throw new Error('the other instance does not answer')
    }
  })
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect((await servers[0]?.stop('SIGTERM'))?.code).toBe(0)
  expect(await Promise.all(working)).toEqual(tablets.map(() => 2 * MARKS))
  const { code, output } = await runServerProgram(
    'src/server/tasks/main.ts',
    ['verify-ledger'],
    environmentOf(places[1]),
  )
  expect([code, output]).toEqual([0, expect.stringContaining('"ok":true')])
})
