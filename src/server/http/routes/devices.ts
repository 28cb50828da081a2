// Joining, and what an administrator sees of devices.
import {
  DemonstrationJoinRequest,
  DeviceList,
  JoinAnswer,
  JoinCodeAnswer,
  JoinCodeRequest,
  JoinRequest,
  RenewKeyAnswer,
  RenewKeyRequest,
} from '#contract/device.ts'
import { facilityStream } from '#contract/streams.ts'
import type { DeviceId, Instant } from '#contract/values.ts'
import { joinDevice, makeJoinCode, useJoinCode } from '#server/devices/join.ts'
import { renewDeviceKey } from '#server/devices/renew-key.ts'
import { chainHeads, devices, type KnownDevice } from '#server/ledger/collections.ts'
import { loadState } from '#server/ledger/load-states.ts'
import { done, problem } from '#server/ledger/outcome.ts'
import type { LedgerReader } from '#server/storage/ledger-store.ts'
import type { App } from '../app.ts'
import { endpoint, readEndpoint } from '../endpoint.ts'

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/

function registerJoin(app: App): void {
  const callsPerMinute = app.limits.joinPerMinute
  endpoint(app, {
    method: 'POST',
    path: '/api/join',
    summary: 'Make a browser a device with a one-time code',
    needs: 'nothing',
    callsPerMinute,
    body: JoinRequest,
    answer: JoinAnswer,
    async run({ context, body }, tx) {
      const purpose = await useJoinCode(tx, context, body.code)
      if (!purpose.ok) return purpose
      const { label, publicKey, former } = body
      return joinDevice(tx, context, { label, publicKey, former, purpose: purpose.value })
    },
  })
  endpoint(app, {
    method: 'POST',
    path: '/api/join/demonstration',
    summary: 'Make a browser on this very machine a device of the demonstration',
    needs: 'nothing',
    callsPerMinute,
    body: DemonstrationJoinRequest,
    answer: JoinAnswer,
    async run({ context, body, request }, tx) {
      const { demonstration } = await loadState(tx, 'facility', facilityStream)
      // The address of the socket itself: a header that names another one proves nothing.
      if (!demonstration || !LOOPBACK.test(request.socket.remoteAddress ?? '')) return problem('not-a-demonstration')
      return joinDevice(tx, context, { ...body, purpose: 'office' })
    },
  })
}

function registerRenewal(app: App): void {
  endpoint(app, {
    method: 'POST',
    path: '/api/devices/renew-key',
    summary: 'Go on as the same device with a new key, proved by the device secret',
    needs: 'nothing',
    callsPerMinute: app.limits.joinPerMinute,
    body: RenewKeyRequest,
    answer: RenewKeyAnswer,
    run: ({ context, body }, tx) => renewDeviceKey(tx, context, body),
  })
}

async function lastSeqOf(view: LedgerReader, deviceId: DeviceId): Promise<number> {
  const chains = await chainHeads.list(view, `${deviceId}|`)
  return Math.max(0, ...chains.map(({ value }) => value.lastSeq))
}

function laterOf(device: KnownDevice, heard: string | undefined): Instant | null {
  const times = [device.lastSeenAt, heard].filter((time): time is Instant => typeof time === 'string').sort()
  return times.at(-1) ?? null
}

/** Registers joining, `POST /api/join-codes` and `GET /api/devices`. */
export function registerDevices(app: App): void {
  registerJoin(app)
  registerRenewal(app)
  endpoint(app, {
    method: 'POST',
    path: '/api/join-codes',
    summary: 'Make a one-time code for a new device (administrator)',
    needs: { role: ['administrator'] },
    body: JoinCodeRequest,
    answer: JoinCodeAnswer,
    run: async ({ context, body }, tx) => done(await makeJoinCode(tx, context, body.purpose)),
  })
  readEndpoint(app, {
    method: 'GET',
    path: '/api/devices',
    summary: 'The devices that joined (administrator)',
    needs: { role: ['administrator'] },
    answer: DeviceList,
    async run(_call, tx) {
      const listed = []
      for (const { value } of await devices.list(tx)) {
        const { deviceId, label, purpose, joinedAt } = value
        const lastSeenAt = laterOf(value, app.lastSeen.get(deviceId))
        listed.push({ deviceId, label, purpose, joinedAt, lastSeenAt, lastSeq: await lastSeqOf(tx, deviceId) })
      }
      return done({ devices: listed.sort((left, right) => (left.joinedAt < right.joinedAt ? -1 : 1)) })
    },
  })
}
