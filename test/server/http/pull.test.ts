// What a device gets to see, over real requests.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EntryDraft } from '#domain/shared/decider.ts'
import { appendAsServer } from '#server/ledger/append-as-server.ts'
import { SERVER_ACTOR } from '#server/ledger/server-context.ts'
import type { PrivateManifest, PrivateRow } from '#contract/sync.ts'
import type { VaultKind, VaultRow } from '#contract/vault.ts'
import { noteClasses, vaultRows } from '#server/ledger/collections.ts'
import { admitTestTrainees, foundTestFacility, startTestServer, type TestServer } from '#test/support/test-server.ts'
import { problemCode, type PulledLine, type TestDevice, valueOf } from '#test/support/test-device.ts'
import { A_DAY, aMark, marks } from '#test/support/test-lesson.ts'

let server: TestServer

beforeEach(async () => {
  server = await startTestServer()
  await foundTestFacility(server)
})
afterEach(() => server.stop())

const streamsOf = (lines: readonly PulledLine[]) =>
  lines.map(({ text }) => (JSON.parse(text) as { stream: string }).stream)
const rootsOf = (lines: readonly PulledLine[]) =>
  [...new Set(streamsOf(lines).map((stream) => stream.split('/')[0]))].sort()
const classesOf = (lines: readonly PulledLine[]) => [
  ...new Set(
    streamsOf(lines)
      .filter((stream) => stream.startsWith('class/'))
      .map((stream) => stream.split('/')[1]),
  ),
]

async function append(drafts: readonly { stream: string; kind: string; body: object }[]): Promise<void> {
  const { context } = server
  const full = drafts.map((draft) => ({ ...draft, occurredOn: A_DAY, basedOn: null }) as EntryDraft)
  await context.store.transaction(context.facilityId, (tx) => appendAsServer(tx, context, SERVER_ACTOR, full))
}

const planned = (classId: string) => ({
  stream: `class/${classId}`,
  kind: 'class.planned.v1',
  body: {
    classId,
    classNumber: '2026-001',
    occupationId: 'O1',
    skillLevel: 5,
    syllabusId: 'Y1',
    providerId: 'P1',
    instructorIds: ['TEACHER1'],
    roomId: 'R1',
    startsOn: A_DAY,
    endsOn: '2026-12-01',
    seatCap: 40,
    certificateKind: 'training',
    sessions: [],
  },
})
const enrolled = (classId: string, traineeId: string) => ({
  stream: `class/${classId}/roster`,
  kind: 'enrollment.enrolled.v1',
  body: { classId, traineeId, wishRank: null },
})
const sealed = (classId: string) => ({
  stream: `class/${classId}`,
  kind: 'class.sealed.v1',
  body: {
    classId,
    contentHash: '0'.repeat(64),
    signers: [{ staffId: 'ADMIN1', role: 'administrator', organisation: 'facility' }],
  },
})

describe('pull', () => {
  it('gives the office everything, the bytes as they were pushed, in order and without a gap', async () => {
    const tablet = await server.join('instructor')
    const office = await server.join('office')
    const pushed = marks(3).map((draft) => tablet.chain.record(draft))
    valueOf(await tablet.pushAll())
    const lines = await office.pullAll()
    expect(lines.map(({ position }) => position)).toEqual(lines.map((_, index) => index + 1))
    expect(lines.slice(-3)).toEqual(
      pushed.map(({ id, text }, index) => ({ id, text, position: lines.length - 2 + index })),
    )
  })

  it('gives a kiosk the catalogue and no staff, device, trainee or class', async () => {
    await admitTestTrainees(server, ['T1'])
    await append([planned('C1')])
    const kiosk = await server.join('kiosk')
    expect(rootsOf(await kiosk.pullAll())).toEqual(['facility', 'provider'])
  })

  it('gives an instructor classes, staff and the tablet’s own joining, but neither trainees nor other devices', async () => {
    await admitTestTrainees(server, ['T1'])
    await append([planned('C1')])
    await server.join('kiosk')
    const tablet = await server.join('instructor')
    const lines = await tablet.pullAll()
    expect(rootsOf(lines)).toEqual(['class', 'device', 'facility', 'provider', 'staff'])
    expect(streamsOf(lines).filter((stream) => stream.startsWith('device/'))).toEqual([
      `device/${tablet.joined.deviceId}`,
    ])
  })

  it('never skips an entry of a class in scope: sealed later it stays, planned later it comes whole, sealed before joining it never does', async () => {
    await append([planned('C1'), planned('C2'), sealed('C1')])
    const tablet = await server.join('instructor')
    const first = await tablet.pull(0)
    expect(classesOf(first.lines)).toEqual(['C2'])
    await append([planned('C3'), enrolled('C1', 'T1'), enrolled('C3', 'T1'), sealed('C2'), enrolled('C2', 'T2')])
    const { lines } = await tablet.pull(first.header.cursor)
    expect(streamsOf(lines)).toEqual(['class/C3', 'class/C3/roster', 'class/C2', 'class/C2/roster'])
    const later = await server.join('instructor')
    expect(classesOf(await later.pullAll())).toEqual(['C3'])
  })

  it('goes page by page, by its cursor, also over stretches that are out of scope', async () => {
    const tablet = await server.join('instructor')
    for (const draft of marks(700)) tablet.chain.record(draft)
    valueOf(await tablet.pushAll())
    await append([{ stream: 'facility', kind: 'facility.rules-set.v1', body: { rules: someRules } }])
    const kiosk = await server.join('kiosk')
    const office = await server.join('office')
    const first = await office.pull(0)
    expect(first.lines).toHaveLength(500)
    expect(first.header.more).toBe(true)
    expect((await office.pullAll()).length).toBe(first.header.head)
    expect(streamsOf(await kiosk.pullAll()).filter((stream) => stream === 'facility')).toHaveLength(2)
    const end = await kiosk.pull(first.header.head + 1000)
    expect(end).toMatchObject({ lines: [], header: { cursor: first.header.head, more: false } })
  })

  it('refuses a position that is none', async () => {
    const office = await server.join('office')
    for (const query of ['?after=-1', '?after=1.5', '?after=x', '?after=', '?after=1e3', '']) {
      expect(problemCode(await office.json('GET', `/api/sync/pull${query}`))).toBe('malformed')
    }
  })
})

const someRules = {
  attendanceThresholdPercent: 80,
  classHourMinutes: 45,
  seatCapDefault: 40,
  workingAge: [{ validFrom: '2020-01-01', minimumMonths: 192, maximumMonthsMale: 720, maximumMonthsFemale: 600 }],
}

describe('sealed rows', () => {
  const aRow = (kind: VaultKind, id: string): VaultRow => ({
    kind,
    id,
    revision: 1,
    iv: 'AAAA',
    sealed: Buffer.from(`${kind}${id}`).toString('base64url'),
  })
  const put = (rows: readonly VaultRow[]) =>
    server.context.store.transaction(server.context.facilityId, async (tx) => {
      for (const row of rows) await vaultRows.put(tx, `${row.kind}|${row.id}`, row, 0)
    })
  const manifest = async (device: TestDevice, known = '') =>
    valueOf(await device.json<PrivateManifest>('GET', `/api/sync/private${known === '' ? '' : `?known=${known}`}`))
  const vaultKeys = async (device: TestDevice) =>
    ((await manifest(device)).rows ?? []).filter(({ collection }) => collection === 'vault').map(({ key }) => key)

  it('gives the office all, an instructor the people of his classes, a kiosk nobody', async () => {
    await put([
      aRow('trainee', 'T1'),
      aRow('trainee', 'T2'),
      aRow('trainee', 'T3'),
      aRow('note', 'N1'),
      aRow('note', 'N2'),
    ])
    await append([planned('C1'), sealed('C1'), planned('C2'), enrolled('C1', 'T1'), enrolled('C2', 'T2')])
    await server.context.store.transaction(server.context.facilityId, async (tx) => {
      await noteClasses.put(tx, 'N1', { classId: 'C1' as never }, 0)
      await noteClasses.put(tx, 'N2', { classId: 'C2' as never }, 0)
    })
    const [office, tablet, kiosk] = [
      await server.join('office'),
      await server.join('instructor'),
      await server.join('kiosk'),
    ]
    expect(await vaultKeys(office)).toEqual([
      'note|N1',
      'note|N2',
      'staff|ADMIN1',
      'staff|TEACHER1',
      'trainee|T1',
      'trainee|T2',
      'trainee|T3',
    ])
    expect(await vaultKeys(tablet)).toEqual(['note|N2', 'staff|ADMIN1', 'staff|TEACHER1', 'trainee|T2'])
    expect((await manifest(kiosk)).rows).toEqual([])
    const asked = ['trainee|T1', 'trainee|T2', 'trainee|T9'].map((key) => ({ collection: 'vault' as const, key }))
    const fetched = async (device: TestDevice) =>
      valueOf(
        await device.json<{ rows: PrivateRow[] }>('POST', '/api/sync/private/fetch', { json: { keys: asked } }),
      ).rows.map(({ key }) => key)
    expect(await fetched(office)).toEqual(['trainee|T1', 'trainee|T2'])
    expect(await fetched(tablet)).toEqual(['trainee|T2'])
    expect(await fetched(kiosk)).toEqual([])
  })

  it('says nothing new when the device knows the hash, and all when a row changed', async () => {
    const office = await server.join('office')
    const { hash } = await manifest(office)
    expect((await manifest(office, hash)).rows).toBeNull()
    await put([aRow('trainee', 'T1')])
    const changed = await manifest(office, hash)
    expect(changed.hash).not.toBe(hash)
    expect(changed.rows).toContainEqual({ collection: 'vault', key: 'trainee|T1', revision: 1 })
  })

  it('gives staff keys to the office and to instructors, never to a kiosk', async () => {
    const keysFor = async (device: TestDevice) =>
      ((await manifest(device)).rows ?? []).filter(({ collection }) => collection === 'staffKey').map(({ key }) => key)
    expect(await keysFor(await server.join('office'))).toEqual(['ADMIN1', 'TEACHER1'])
    expect(await keysFor(await server.join('instructor'))).toEqual(['ADMIN1', 'TEACHER1'])
    expect(await keysFor(await server.join('kiosk'))).toEqual([])
  })

  it('takes sealed notes once, the same row again, and never another row in its place', async () => {
    const tablet = await server.join('instructor')
    const send = (rows: readonly unknown[]) => tablet.json('POST', '/api/sync/notes', { json: { rows } })
    const note = aRow('note', 'N1')
    expect((await send([note])).ok).toBe(true)
    expect((await send([note])).ok).toBe(true)
    expect(problemCode(await send([aRow('note', 'N2'), { ...note, sealed: 'BBBB' }]))).toBe('not-allowed')
    expect(problemCode(await send([aRow('trainee', 'T1')]))).toBe('malformed')
    expect(problemCode(await send([{ ...aRow('note', 'N3'), revision: 2 }]))).toBe('malformed')
    const stored = await server.context.store.read(server.context.facilityId, (view) => vaultRows.list(view, 'note|'))
    expect(stored.map(({ value }) => value)).toEqual([note])
    const kiosk = await server.join('kiosk')
    expect(problemCode(await kiosk.json('POST', '/api/sync/notes', { json: { rows: [aRow('note', 'N4')] } }))).toBe(
      'not-allowed',
    )
  })

  it('lets a note follow the class it was written about', async () => {
    await append([planned('C1')])
    const [author, other] = [await server.join('instructor'), await server.join('instructor')]
    valueOf(await author.json('POST', '/api/sync/notes', { json: { rows: [aRow('note', 'N1')] } }))
    expect(await vaultKeys(other)).not.toContain('note|N1')
    author.chain.record({ ...aMark('T1'), body: { ...aMark('T1').body, noteId: 'N1' } })
    valueOf(await author.pushAll())
    expect(await vaultKeys(other)).toContain('note|N1')
  })
})
