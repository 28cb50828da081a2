// What the site takes of carried files, and each thing it does not.
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BATCH_CONTENT_BYTES_MAX, BATCH_FILE_BYTES_MAX, siteFileKeyText } from '#contract/batch-file.ts'
import type { BatchFileReport } from '#contract/batch-import.ts'
import { importBatchFile } from '#server/exchange/batch-file/import-file.ts'
import { isSignedBy } from '#server/ledger/ed25519.ts'
import { headerOf, newFileKey, partsOf, randomNote, signedAgain, testFile } from '#test/support/test-batch-file.ts'
import { problemCode, type TestDevice, valueOf } from '#test/support/test-device.ts'
import { marks } from '#test/support/test-lesson.ts'
import { foundTestFacility, startTestServer, type TestServer } from '#test/support/test-server.ts'

let server: TestServer
let device: TestDevice
let office: TestDevice

beforeEach(async () => {
  server = await startTestServer({ listens: false })
  await foundTestFacility(server)
  device = await server.join('instructor', '一车间平板')
  office = await server.join('office')
  for (const mark of marks(12)) device.chain.record(mark)
})
afterEach(() => server.stop())

async function imported(bytes: Uint8Array, onlyTry = false) {
  const outcome = await importBatchFile(server.context, bytes, { onlyTry })
  if (!outcome.ok) throw new Error(outcome.problem.code)
  return outcome.value
}

async function refusalOf(bytes: Uint8Array): Promise<string> {
  const outcome = await importBatchFile(server.context, bytes, { onlyTry: false })
  return outcome.ok ? 'taken' : outcome.problem.code
}

const everything = () =>
  server.context.store.read(server.context.facilityId, async (view) => ({
    head: await view.entries.head(),
    names: await view.records.collections(),
    vault: await view.records.list('vault'),
    carried: await view.records.list('carriedFile'),
  }))

describe('a file that is not authentic to the last byte', () => {
  it('[FIL-3] is refused by its own name, and nothing is written', async () => {
    const { bytes } = await testFile(server.context, device)
    const other = await startTestServer({ listens: false, seed: 2 })
    await foundTestFacility(other)
    const stranger = await other.join('instructor')
    const far = await testFile(other.context, stranger)
    const before = await everything()
    const cases: readonly (readonly [string, Uint8Array])[] = [
      ['not-a-batch-file', new Uint8Array()],
      ['not-a-batch-file', Buffer.from('PK\u0003\u0004 a spreadsheet')],
      ['batch-file-incomplete', bytes.subarray(0, 6)],
      ['batch-file-incomplete', bytes.subarray(0, bytes.length - 1)],
      ['batch-file-incomplete', Buffer.concat([bytes, Buffer.alloc(1)])],
      [
        'batch-file-too-large',
        Buffer.concat([bytes.subarray(0, 4), Buffer.from([255, 255, 255, 255]), bytes.subarray(8)]),
      ],
      ['batch-file-too-large', Buffer.concat([bytes, Buffer.alloc(BATCH_FILE_BYTES_MAX)])],
      ['batch-file-damaged', Buffer.from(bytes).fill(0, bytes.length - 10)],
      ['batch-file-damaged', Buffer.from(bytes).fill(0, bytes.length - 100, bytes.length - 90)],
      [
        'batch-file-newer',
        Buffer.from(Buffer.from(bytes).toString('latin1').replace('"format":1', '"format":2'), 'latin1'),
      ],
      [
        'batch-file-damaged',
        Buffer.from(Buffer.from(bytes).toString('latin1').replace('"epoch":', '"epoxh":'), 'latin1'),
      ],
      ['batch-file-other-facility', far.bytes],
      ['batch-file-damaged', (await testFile(server.context, device, undefined, { sign: office.key.sign })).bytes],
      [
        'batch-file-unknown-device',
        (await testFile(server.context, device, undefined, { header: { deviceId: 'NOBODY' as never } })).bytes,
      ],
      [
        'batch-file-other-recipient',
        (await testFile(server.context, device, undefined, { sealedTo: newFileKey() })).bytes,
      ],
      [
        'batch-file-wrong-way',
        (await testFile(server.context, device, undefined, { header: { direction: 'to-tablet' } })).bytes,
      ],
    ]
    for (const [code, wrong] of cases) expect(await refusalOf(wrong)).toBe(code)
    expect(await everything()).toEqual(before)
    await other.stop()
  })

  it('is refused by its seals even when somebody could sign it anew', async () => {
    const { bytes } = await testFile(
      server.context,
      device,
      partsOf(device, { notes: [randomNote(server.random, 140_000)] }),
    )
    const { chunkCount } = headerOf(bytes)
    expect(chunkCount).toBe(3)
    const sealed = 64 * 1024 + 16
    const start = bytes.length - 64 - headerOf(bytes).plainBytes - chunkCount * 16
    const flipped = Buffer.from(bytes)
    flipped[start + sealed + 5] = (flipped[start + sealed + 5] ?? 0) ^ 1
    const swapped = Buffer.from(bytes)
    swapped.set(bytes.subarray(start, start + sealed), start + sealed)
    swapped.set(bytes.subarray(start + sealed, start + 2 * sealed), start)
    const renamed = Buffer.from(
      Buffer.from(bytes).toString('latin1').replace('"fileNumber":1', '"fileNumber":9'),
      'latin1',
    )
    for (const wrong of [flipped, swapped, renamed])
      expect(await refusalOf(signedAgain(wrong, device.key.sign))).toBe('batch-file-damaged')
    expect(await refusalOf(signedAgain(bytes, device.key.sign))).toBe('taken')
  })

  it('is refused when it unpacks to more than a file may hold, or is not packed at all', async () => {
    const bomb = gzipSync(Buffer.alloc(BATCH_CONTENT_BYTES_MAX + 1), { level: 9 })
    expect(bomb.length).toBeLessThan(100_000)
    const wrong = await testFile(server.context, device, undefined, { tools: { pack: async () => bomb } })
    expect(await refusalOf(wrong.bytes)).toBe('batch-file-too-large')
    const plain = await testFile(server.context, device, undefined, { tools: { pack: async (bytes) => bytes } })
    expect(await refusalOf(plain.bytes)).toBe('batch-file-too-large')
  })

  it('is refused when its content is authentic but of another shape', async () => {
    const [request, push] = partsOf(device)
    if (request === undefined || push === undefined) throw new Error('both are there')
    const of = async (content: Parameters<typeof testFile>[2]) =>
      refusalOf((await testFile(server.context, device, content)).bytes)
    const before = await everything()
    expect(await of('')).toBe('batch-file-unreadable')
    expect(await of('{"part":"request","lines":5}\n{}')).toBe('batch-file-unreadable')
    expect(await of([push, request])).toBe('batch-file-unreadable')
    expect(await of([request, { ...push, lines: push.lines.slice(0, -1) }])).toBe('batch-file-unreadable')
    expect(await of([request, { part: 'push', lines: ['{}'] }])).toBe('batch-file-unreadable')
    // A push of another device, in a file that is this one's.
    office.chain.record(marks(1)[0] as never)
    expect(await of([request, ...partsOf(office).slice(1)])).toBe('batch-file-unreadable')
    expect(await everything()).toEqual(before)
  })
})

describe('a quarantined or forked tablet', () => {
  it('has both branches kept, and its answer says so', async () => {
    const branch = device.chain.branch()
    valueOf(await device.pushAll())
    const [first] = marks(1)
    if (first === undefined) throw new Error('there is a mark')
    branch.record({ ...first, recordedAt: '2026-11-02T02:00:00.000Z' })
    device.chain.record(first)
    valueOf(await device.pushAll(13))
    const body = Buffer.from(branch.pushBody(1, 13)).toString('utf8').trimEnd().split('\n')
    const [request] = partsOf(device)
    if (request === undefined) throw new Error('it asks')
    const { bytes } = await testFile(server.context, device, [request, { part: 'push', lines: body }])
    expect((await imported(bytes, true)).report.problem).toBe('chain-forked')
    valueOf(await device.pushAll(13))
    expect((await imported(bytes)).report).toMatchObject({ problem: 'chain-forked', newCount: 0 })
    expect(problemCode(await device.pushAll(13))).toBe('chain-forked')
  })
})

describe('notes', () => {
  it('are kept once, and another note under the same id is not', async () => {
    const note = randomNote(server.random, 40)
    const file = (notes: (typeof note)[], fileNumber: number) =>
      testFile(server.context, device, partsOf(device, { notes }), { header: { fileNumber } })
    expect((await imported((await file([note], 1)).bytes)).report).toMatchObject({ notesCount: 1, newCount: 12 })
    const twin = { ...randomNote(server.random, 40), id: note.id }
    const report = (await imported((await file([note, twin], 2)).bytes)).report
    expect(report).toMatchObject({ notesCount: 1, knownCount: 12, problem: 'not-allowed' })
  })
})

describe('by page', () => {
  const post = (body: Uint8Array, query = '') =>
    office.json<BatchFileReport>('POST', `/api/batch-files${query}`, {
      body,
      headers: { 'content-type': 'application/octet-stream' },
    })

  it('an administrator tries a file out, imports it and gets the answer; nobody else does', async () => {
    const { bytes } = await testFile(server.context, device)
    expect(problemCode(await post(bytes))).toBe('sign-in-needed')
    valueOf(await office.signIn('teacher1', '280946'))
    expect(problemCode(await post(bytes))).toBe('not-allowed')
    valueOf(await office.signIn('admin1', '739152'))
    const tried = valueOf(await post(bytes, '?try=1'))
    expect(tried).toMatchObject({ written: false, deviceLabel: '一车间平板', newCount: 12, answer: null })
    const report = valueOf(await post(bytes))
    expect(report).toMatchObject({ written: true, newCount: 12, refusedCount: 0, order: 'next', problem: null })
    const answer = Buffer.from(report.answer?.bytes ?? '', 'base64url')
    expect(headerOf(answer)).toMatchObject({ direction: 'to-tablet', fileNumber: 1, epoch: device.chain.epoch })
    expect(valueOf(await post(bytes))).toMatchObject({ newCount: 0, knownCount: 12, order: 'again' })
    const other = await testFile(server.context, device)
    expect(valueOf(await post(other.bytes))).toMatchObject({ newCount: 0, knownCount: 12, order: 'twin' })
    expect(problemCode(await post(new Uint8Array()))).toBe('not-a-batch-file')
    expect(problemCode(await post(Buffer.from(bytes).fill(7, 400, 402)))).toMatch(/^batch-file-/)
  })

  it('a device gets the key of the site, signed, at joining and later', async () => {
    const { facilityId, fileKey, serverPublicKey } = device.joined
    expect(valueOf(await device.json('GET', '/api/sync/file-key'))).toEqual(fileKey)
    const { publicKey, signature } = fileKey ?? { publicKey: '', signature: '' }
    expect(isSignedBy(serverPublicKey, siteFileKeyText(facilityId, publicKey), signature)).toBe(true)
  })
})
