// Pushes over real requests: what is stored, what is answered, and what leaves nothing.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { receiptText } from '#contract/sync.ts'
import { canonicalText, GENESIS_HASH } from '#contract/canonical.ts'
import { sessionStream } from '#contract/streams.ts'
import type { ClassId, SessionId, StaffId } from '#contract/values.ts'
import { isSignedBy } from '#server/ledger/ed25519.ts'
import { loadState } from '#server/ledger/load-states.ts'
import { admitTestTrainees, foundTestFacility, startTestServer, type TestServer } from '#test/support/test-server.ts'
import { problemCode, type TestDevice, valueOf } from '#test/support/test-device.ts'
import { aMark, marks } from '#test/support/test-lesson.ts'

let server: TestServer
let tablet: TestDevice

beforeEach(async () => {
  server = await startTestServer()
  await foundTestFacility(server)
  tablet = await server.join('instructor')
})
afterEach(() => server.stop())

const head = () => server.context.store.read(server.context.facilityId, (view) => view.entries.headPosition())

describe('a push that is whole', () => {
  it('is recorded in order, folded, and receipted with the server key', async () => {
    const before = await head()
    for (const draft of marks(3)) tablet.chain.record(draft)
    const { verdicts, receipt } = valueOf(await tablet.pushAll())
    expect(verdicts).toEqual([1, 2, 3].map((seq) => ({ seq, status: 'recorded', position: before + seq })))
    expect(receipt).toMatchObject({ lastSeq: 3, head: tablet.chain.entries[2]?.id, position: before + 3 })
    const { signature, ...unsigned } = receipt
    expect(isSignedBy(tablet.joined.serverPublicKey, receiptText(unsigned), signature)).toBe(true)
    const lesson = sessionStream('C1' as ClassId, 'L1' as SessionId)
    const folded = await server.context.store.read(server.context.facilityId, (view) =>
      loadState(view, 'session', lesson),
    )
    expect(Object.keys(folded.marks)).toEqual(['T1', 'T2', 'T3'])
  })

  it('is the same packed with gzip, and stores exactly the received bytes', async () => {
    const recorded = tablet.chain.record(aMark('T1'))
    expect(valueOf(await tablet.push(tablet.chain.pushBody(1, 1), { gzip: true })).verdicts).toMatchObject([
      { status: 'recorded' },
    ])
    const [stored] = await server.context.store.read(server.context.facilityId, (view) =>
      view.entries.ofDevice(tablet.joined.deviceId, tablet.chain.epoch, 1, 1),
    )
    expect(stored?.text).toBe(recorded.text)
    expect(stored?.id).toBe(recorded.id)
  })

  it('answers a repeat with the same positions and writes nothing', async () => {
    for (const draft of marks(2)) tablet.chain.record(draft)
    const first = valueOf(await tablet.pushAll())
    const after = await head()
    const again = valueOf(await tablet.pushAll())
    expect(again.verdicts).toEqual(first.verdicts.map((verdict) => ({ ...verdict, status: 'duplicate' })))
    expect(await head()).toBe(after)
  })

  it('takes a batch that overlaps what is known: duplicates first, then the new ones', async () => {
    for (const draft of marks(3)) tablet.chain.record(draft)
    await tablet.push(tablet.chain.pushBody(1, 2))
    const { verdicts, receipt } = valueOf(await tablet.push(tablet.chain.pushBody(2, 2)))
    expect(verdicts.map(({ seq, status }) => [seq, status])).toEqual([
      [2, 'duplicate'],
      [3, 'recorded'],
    ])
    expect(receipt.lastSeq).toBe(3)
  })

  it('may be empty, to ask for the receipt alone', async () => {
    const { verdicts, receipt } = valueOf(await tablet.push(tablet.chain.pushBody(1, 0)))
    expect(verdicts).toEqual([])
    expect(receipt).toMatchObject({ lastSeq: 0, head: GENESIS_HASH })
  })

  it('takes 500 entries and no more', async () => {
    for (const draft of marks(501)) tablet.chain.record(draft)
    expect(problemCode(await tablet.push(tablet.chain.pushBody(1, 501)))).toBe('malformed')
    expect(valueOf(await tablet.push(tablet.chain.pushBody(1, 500))).verdicts).toHaveLength(500)
  })
})

describe('verdicts on single entries', () => {
  const push = async () =>
    valueOf(await tablet.pushAll()).verdicts.map((verdict) =>
      verdict.status === 'refused' ? verdict.code : verdict.status,
    )

  it('refuses an act, a body out of shape, a foreign place and a stranger, and goes on behind them', async () => {
    tablet.chain.record({
      stream: 'class/C1',
      kind: 'class.opened.v1',
      actorId: 'ADMIN1',
      role: 'administrator',
      body: { classId: 'C1', openedOn: '2026-11-02' },
    })
    tablet.chain.record({ ...aMark('T1'), body: { ...aMark('T1').body, minutes: 5000 } })
    tablet.chain.record({ ...aMark('T1'), stream: 'class/C2/session/L1' })
    tablet.chain.record(aMark('T1', { actorId: 'NOBODY' }))
    tablet.chain.record({ ...aMark('T1'), role: 'administrator' })
    tablet.chain.record({ ...aMark('T1'), role: 'system', actorId: 'server' })
    tablet.chain.record(aMark('T1'))
    expect(await push()).toEqual([
      'access/not-allowed',
      'malformed',
      'malformed',
      'access/not-allowed',
      'access/not-allowed',
      'access/not-allowed',
      'recorded',
    ])
  })

  it('answers a repeated refusal as that refusal, not as a success', async () => {
    tablet.chain.record(aMark('T1', { actorId: 'NOBODY' }))
    expect(await push()).toEqual(['access/not-allowed'])
    expect(await push()).toEqual(['access/not-allowed'])
  })

  it('[ACC-9] records what staff said who are disabled by now, and refuses who never worked here', async () => {
    const office = await server.join('office')
    await office.signIn('admin1', '739152')
    tablet.chain.record(aMark('T1'))
    expect(await push()).toEqual(['recorded'])
    valueOf(await office.act('disableStaff', { staffId: 'TEACHER1' as StaffId }))
    tablet.chain.record(aMark('T2'))
    tablet.chain.record(aMark('T3', { actorId: 'NOBODY' }))
    expect(await push()).toEqual(['duplicate', 'recorded', 'access/not-allowed'])
  })

  it('holds kinds and streams it does not know, keeps their bytes and lets the chain go on', async () => {
    tablet.chain.record({ ...aMark('T1'), kind: 'attendance.sketched.v9', body: { anything: [1, { two: '三' }] } })
    tablet.chain.record({ ...aMark('T1'), stream: 'class/C1/drawing/D1' })
    tablet.chain.record(aMark('T1'))
    expect(await push()).toEqual(['held', 'held', 'recorded'])
    expect(await push()).toEqual(['held', 'held', 'duplicate'])
    const held = await server.context.store.read(server.context.facilityId, (view) => view.entries.held())
    expect(held.map(({ text }) => text)).toEqual(tablet.chain.entries.slice(0, 2).map(({ text }) => text))
  })

  it('takes a trainee at the kiosk on his own wishes only, and no staff there', async () => {
    await admitTestTrainees(server, ['T1'])
    const kiosk = await server.join('kiosk')
    const wish = (traineeId: string, actorId: string) => ({
      stream: `trainee/${traineeId}/wishes`,
      kind: 'enrollment.wishes-registered.v1',
      actorId,
      role: 'trainee' as const,
      body: { traineeId, wishes: [{ occupationId: 'O1', skillLevel: 5 }] },
    })
    kiosk.chain.record(wish('T1', 'T1'))
    kiosk.chain.record(wish('T1', 'T2'))
    kiosk.chain.record(wish('T9', 'T9'))
    kiosk.chain.record(aMark('T1'))
    const { verdicts } = valueOf(await kiosk.pushAll())
    expect(verdicts.map(({ status }) => status)).toEqual(['recorded', 'refused', 'refused', 'refused'])
  })
})

describe('pushes that leave nothing', () => {
  const expectNothingOf = async (body: Uint8Array, code: string) => {
    const before = await head()
    expect(problemCode(await tablet.push(body))).toBe(code)
    expect(await head()).toBe(before)
    const chain = await server.context.store.read(server.context.facilityId, (view) =>
      view.entries.ofDevice(tablet.joined.deviceId, tablet.chain.epoch, 1, 10),
    )
    expect(chain).toEqual([])
  }

  it.each([
    ['nothing at all', ''],
    ['what is no JSON', 'hello\n'],
    ['a header of another shape', '{"facilityId":"F"}\n'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x0a])],
  ])('%s', async (_title, body) => {
    await expectNothingOf(Buffer.from(body), 'malformed')
  })

  it('fewer lines than the header counts, or more', async () => {
    for (const draft of marks(2)) tablet.chain.record(draft)
    const body = Buffer.from(tablet.chain.pushBody(1, 2)).toString('utf8')
    await expectNothingOf(Buffer.from(body.slice(0, body.trimEnd().lastIndexOf('\n') + 1)), 'malformed')
    await expectNothingOf(Buffer.from(`${body}${tablet.chain.entries[0]?.text}\n`), 'malformed')
  })

  it('a header for another facility, device or signature', async () => {
    tablet.chain.record(aMark('T1'))
    await expectNothingOf(
      tablet.chain.pushBody(1, 1, (header) => ({ ...header, facilityId: 'OTHER' })),
      'wrong-facility',
    )
    await expectNothingOf(
      tablet.chain.pushBody(1, 1, (header) => ({ ...header, deviceId: 'OTHER' })),
      'bad-signature',
    )
    await expectNothingOf(
      tablet.chain.pushBody(1, 1, (header) => ({ ...header, signature: 'AAAA' })),
      'bad-signature',
    )
    await expectNothingOf(
      tablet.chain.pushBody(1, 1, (header) => ({ ...header, epoch: 'epoch-9999' })),
      'bad-signature',
    )
  })

  it('another device of the same server cannot push for it', async () => {
    const other = await server.join('instructor')
    tablet.chain.record(aMark('T1'))
    expect(problemCode(await other.push(tablet.chain.pushBody(1, 1)))).toBe('bad-signature')
    expect(
      problemCode(
        await other.push(other.chain.pushBody(1, 0, (header) => ({ ...header, deviceId: tablet.joined.deviceId }))),
      ),
    ).toBe('bad-signature')
  })

  it('lines that were changed after the head was signed', async () => {
    tablet.chain.record(aMark('T1'))
    const body = Buffer.from(tablet.chain.pushBody(1, 1)).toString('utf8')
    await expectNothingOf(Buffer.from(body.replace('"absent"', '"present"')), 'chain-broken')
  })

  it('an entry that is not in canonical form, not an entry, or too deep to read', async () => {
    const good = tablet.chain.branch()
    const { text } = good.record(aMark('T1'))
    const texts = [
      text.replace('{', '{ '),
      JSON.stringify({ ...JSON.parse(text), extra: 1 }),
      'null',
      `${'['.repeat(30_000)}${']'.repeat(30_000)}`,
    ]
    for (const wrong of texts) {
      const chain = tablet.chain.branch()
      chain.recordText(wrong)
      await expectNothingOf(chain.pushBody(1, 1), 'malformed')
    }
  })

  it('an entry of another facility, device, epoch or seq', async () => {
    const { text } = tablet.chain.branch().record(aMark('T1'))
    const changed = (change: object) => canonicalText({ ...JSON.parse(text), ...change })
    for (const [wrong, code] of [
      [changed({ facilityId: 'OTHER' }), 'wrong-facility'],
      [changed({ deviceId: 'OTHER' }), 'malformed'],
      [changed({ epoch: 'epoch-9999' }), 'malformed'],
      [changed({ seq: 2 }), 'malformed'],
    ] as const) {
      const chain = tablet.chain.branch()
      chain.recordText(wrong)
      await expectNothingOf(chain.pushBody(1, 1), code)
    }
  })

  it('an entry over 64 KiB, a body over 4 MiB, and a gzip that unpacks to more than any push', async () => {
    tablet.chain.record({ ...aMark('T1'), body: { text: 'x'.repeat(65_000) } })
    tablet.chain.record({ ...aMark('T1'), body: { text: 'x'.repeat(66_000) } })
    await expectNothingOf(tablet.chain.pushBody(1, 2), 'too-large')
    await expectNothingOf(Buffer.alloc(4 * 1024 * 1024 + 1, 0x20), 'too-large')
    expect(problemCode(await tablet.push(Buffer.alloc(40 * 1024 * 1024, 0x20), { gzip: true }))).toBe('too-large')
    const notGzip = {
      body: Buffer.from('not gzip'),
      headers: { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' },
    }
    expect(problemCode(await tablet.json('POST', '/api/sync/push', notGzip))).toBe('malformed')
  })

  it('a gap, and says which seq to go on from', async () => {
    for (const draft of marks(5)) tablet.chain.record(draft)
    await tablet.push(tablet.chain.pushBody(1, 2))
    const gap = await tablet.push(tablet.chain.pushBody(4, 2))
    expect(gap).toMatchObject({ ok: false, problem: { code: 'chain-gap', expectSeq: 3 } })
    expect(valueOf(await tablet.push(tablet.chain.pushBody(3, 3))).receipt.lastSeq).toBe(5)
  })
})
