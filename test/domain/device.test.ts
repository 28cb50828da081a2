import { describe, expect, it } from 'vitest'
import type { EntryKind } from '#contract/kind-registry.ts'
import { Entry, type RecordedEntry } from '#contract/envelope.ts'
import type { Hash } from '#contract/values.ts'
import { emptyDevice, foldDevice } from '#domain/access/fold-device.ts'
import type { DeviceState } from '#domain/access/state.ts'
import { rollCallBar, type StorageFacts } from '#domain/access/storage-standing.ts'
import { decideCommand, type CommandBody, type CommandName } from '#domain/deciders.ts'
import { emptyState } from '#domain/stream-folds.ts'

const KEY = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8'
const hash = (seq: number): Hash => String(seq).padStart(64, '0') as Hash

function recorded(kind: EntryKind, body: object, seq: number): RecordedEntry {
  const entry = Entry.parse({
    facilityId: 'F1',
    actorId: 'B1',
    role: 'administrator',
    deviceId: 'D1',
    epoch: 'epoch-01',
    occurredOn: '2026-03-10',
    recordedAt: '2026-03-10T01:02:03.004Z',
    basedOn: null,
    stream: 'device/D1',
    ...{ kind, body, seq },
  })
  return { id: hash(seq), position: seq, entry }
}

function folded(...entries: readonly (readonly [EntryKind, object])[]): DeviceState {
  return entries.reduce((state, [kind, body], index) => foldDevice(state, recorded(kind, body, index + 1)), emptyDevice)
}

function decide<N extends CommandName>(
  name: N,
  body: object,
  state: DeviceState,
  role: 'administrator' | 'officer' = 'administrator',
) {
  const facility = { ...emptyState('facility'), founded: true }
  const read = { state: (family: string) => (family === 'device' ? state : facility), all: () => [] }
  return decideCommand(name, body as CommandBody<N>, read as Parameters<typeof decideCommand>[2], {
    actorId: 'B1' as never,
    role,
    today: '2026-03-10' as never,
  })
}

const renewed = [
  'device.key-renewed.v1',
  { deviceId: 'D1', publicKey: KEY, epoch: 'epoch-01', lastSeq: 4, head: hash(4) },
] as const
const replaced = (acknowledgedSeq: number, receivedSeq: number) =>
  ['device.replaced.v1', { deviceId: 'D1', byDeviceId: 'D2', epoch: 'epoch-01', acknowledgedSeq, receivedSeq }] as const

describe('a device that lost a store', () => {
  it('[ACC-10] its new key is a finding until an administrator confirms it, once', () => {
    const open = folded(renewed)
    expect(open.findings).toEqual([
      { code: 'device/key-unconfirmed', traineeId: null, entryIds: [hash(1)], settled: false },
    ])
    const body = { deviceId: 'D1', publicKey: KEY }
    expect(decide('confirmDeviceKey', body, open)).toMatchObject({
      ok: true,
      value: [{ kind: 'device.key-confirmed.v1' }],
    })
    const settled = folded(renewed, ['device.key-confirmed.v1', body])
    expect(settled.findings).toMatchObject([{ settled: true }])
    expect(decide('confirmDeviceKey', body, settled)).toEqual({ ok: true, value: [] })
    expect(decide('confirmDeviceKey', body, emptyDevice)).toMatchObject({
      refusal: { code: 'access/device-key-unknown' },
    })
    expect(decide('confirmDeviceKey', body, open, 'officer')).toMatchObject({ refusal: { code: 'access/not-allowed' } })
  })

  it('[ACC-11] what is missing is a finding until somebody has taken note of it; nothing missing is none', () => {
    expect(folded(replaced(412, 412)).findings).toEqual([])
    expect(folded(replaced(400, 412)).losses).toMatchObject([{ missing: 0 }])
    const open = folded(replaced(412, 409))
    expect(open.losses).toMatchObject([{ byDeviceId: 'D2', missing: 3, accepted: false }])
    expect(open.findings).toMatchObject([{ code: 'device/entries-missing', settled: false }])
    const body = { deviceId: 'D1', byDeviceId: 'D2' }
    const settled = folded(replaced(412, 409), ['device.loss-accepted.v1', body])
    expect(settled.findings).toMatchObject([{ settled: true }])
    expect(decide('acceptDeviceLoss', body, open)).toMatchObject({ ok: true, value: [{ stream: 'device/D1' }] })
    expect(decide('acceptDeviceLoss', body, settled)).toEqual({ ok: true, value: [] })
    expect(decide('acceptDeviceLoss', body, emptyDevice)).toMatchObject({ refusal: { code: 'access/device-unknown' } })
  })
})

describe('a device with two histories', () => {
  const forked = [
    'device.quarantined.v1',
    { deviceId: 'D1', epoch: 'epoch-01', forkedSeq: 3, hereCount: 2, branchCount: 4 },
  ] as const
  const body = { deviceId: 'D1', epoch: 'epoch-01' }

  it('[ACC-15] is a finding with the counts of both until an administrator lifts the quarantine, once', () => {
    const open = folded(forked)
    expect(open.forks).toMatchObject([{ epoch: 'epoch-01', forkedSeq: 3, hereCount: 2, branchCount: 4, lifted: false }])
    expect(open.findings).toMatchObject([{ code: 'device/chain-forked', settled: false }])
    expect(decide('liftQuarantine', body, open)).toMatchObject({
      ok: true,
      value: [{ kind: 'device.quarantine-lifted.v1', stream: 'device/D1' }],
    })
    const lifted = folded(forked, ['device.quarantine-lifted.v1', body])
    expect(lifted.findings).toMatchObject([{ settled: true }])
    expect(decide('liftQuarantine', body, lifted)).toEqual({ ok: true, value: [] })
  })

  it('[ACC-15] nobody else lifts it, and nobody lifts what is not there', () => {
    expect(decide('liftQuarantine', body, folded(forked), 'officer')).toMatchObject({
      refusal: { code: 'access/not-allowed' },
    })
    expect(decide('liftQuarantine', { ...body, epoch: 'epoch-02' }, folded(forked))).toMatchObject({
      refusal: { code: 'access/device-not-quarantined' },
    })
  })
})

describe('storage the browser may drop', () => {
  const facts: StorageFacts = {
    persisted: false,
    demonstration: false,
    epoch: 'epoch-01',
    grantedSeq: null,
    freeBytes: 1e9,
  }
  const overridden = { storageOverride: { epoch: 'epoch-01', seq: 7 } }
  const none = { storageOverride: null }

  it.each([
    ['refused, nobody allowed it', none, {}, 'not-kept'],
    ['refused, an administrator allowed it', overridden, {}, null],
    ['allowed in an earlier chain of the device', overridden, { epoch: 'epoch-02' }, 'not-kept'],
    ['promised after it was allowed, and refused again', overridden, { grantedSeq: 7 }, 'not-kept'],
    ['allowed after the promise was withdrawn', overridden, { grantedSeq: 6 }, null],
    ['promised', none, { persisted: true }, null],
    ['the browser cannot say', none, { persisted: null }, null],
    ['the demonstration only warns', none, { demonstration: true }, null],
    ['no room', overridden, { freeBytes: 19_999_999 }, 'no-space'],
    ['no room on the demonstration', none, { demonstration: true, freeBytes: 0 }, 'no-space'],
    ['room unknown', none, { persisted: true, freeBytes: null }, null],
  ] as const)('[ACC-12] %s', (_name, device, more, answer) => {
    expect(rollCallBar(device, { ...facts, ...more })).toBe(answer)
  })

  it('[ACC-12] an administrator allows it in an entry of the device; nobody else may', () => {
    const body = { deviceId: 'D1' }
    expect(decide('overrideStorage', body, emptyDevice)).toMatchObject({
      ok: true,
      value: [{ kind: 'device.storage-overridden.v1', stream: 'device/D1' }],
    })
    expect(decide('overrideStorage', body, emptyDevice, 'officer')).toMatchObject({
      refusal: { code: 'access/not-allowed' },
    })
    expect(folded(['device.storage-overridden.v1', body]).storageOverride).toEqual({ epoch: 'epoch-01', seq: 1 })
  })
})
