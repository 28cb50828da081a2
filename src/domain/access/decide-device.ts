// Deciders about devices: what an administrator confirms, and where roll calls may be held although the browser may drop its data.
import type { ActBody } from '#contract/commands/acts.ts'
import type { TestimonyCommand } from '#contract/commands/testimony.ts'
import type { Decider } from '../shared/decider.ts'
import { draftEntry } from '../shared/draft.ts'
import { refused } from '../shared/refusal.ts'
import { accepted } from '../shared/result.ts'
import type { DeviceState } from './state.ts'

interface Reads {
  device: DeviceState
}

/** Confirms a key a device renewed; confirming it again changes nothing. Refuses: access/device-key-unknown. @rule ACC-10 */
export const confirmDeviceKey: Decider<ActBody<'confirmDeviceKey'>, Reads> = {
  needs: (body) => [`device/${body.deviceId}`],
  decide(body, read, context) {
    const stream = `device/${body.deviceId}`
    const key = read.state('device', stream).renewedKeys.find(({ publicKey }) => publicKey === body.publicKey)
    if (key === undefined) return refused('access/device-key-unknown')
    if (key.confirmed) return accepted([])
    return accepted([draftEntry('device.key-confirmed.v1', stream, body, context)])
  },
}

/** Takes note that entries of a device are gone; doing so again changes nothing. Refuses: access/device-unknown. @rule ACC-11 */
export const acceptDeviceLoss: Decider<ActBody<'acceptDeviceLoss'>, Reads> = {
  needs: (body) => [`device/${body.deviceId}`],
  decide(body, read, context) {
    const stream = `device/${body.deviceId}`
    const loss = read.state('device', stream).losses.find(({ byDeviceId }) => byDeviceId === body.byDeviceId)
    if (loss === undefined) return refused('access/device-unknown')
    if (loss.accepted) return accepted([])
    return accepted([draftEntry('device.loss-accepted.v1', stream, body, context)])
  },
}

/**
 * Lets a quarantined device go on under a new epoch; lifting what is lifted changes nothing. Refuses: access/device-not-quarantined. @rule ACC-15
 */
export const liftQuarantine: Decider<ActBody<'liftQuarantine'>, Reads> = {
  needs: (body) => [`device/${body.deviceId}`],
  decide(body, read, context) {
    const stream = `device/${body.deviceId}`
    const fork = read.state('device', stream).forks.find(({ epoch }) => epoch === body.epoch)
    if (fork === undefined) return refused('access/device-not-quarantined')
    if (fork.lifted) return accepted([])
    return accepted([draftEntry('device.quarantine-lifted.v1', stream, body, context)])
  },
}

type OverrideBody = Extract<TestimonyCommand, { name: 'overrideStorage' }>['body']

/** Lets roll calls be held on the device. It reads nothing: the device itself knows whether its browser keeps its data. @rule ACC-12 */
export const overrideStorage: Decider<OverrideBody, Reads> = {
  needs: () => [],
  decide: (body, _read, context) =>
    accepted([draftEntry('device.storage-overridden.v1', `device/${body.deviceId}`, body, context)]),
}
