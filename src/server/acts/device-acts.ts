// The act that lets a quarantined device go on.
import { appendAsServer } from '#server/ledger/append-as-server.ts'
import { devices } from '#server/ledger/collections.ts'
import { done } from '#server/ledger/outcome.ts'
import { decideAct } from '#server/ledger/perform-act.ts'
import type { ActPerformer } from '#server/ledger/server-context.ts'
import { writtenBy } from './written.ts'

/** Closes the epoch that forked; the device is heard again under another one. What both branches hold stays as it is. @rule ACC-15 */
export const liftQuarantine: ActPerformer<'liftQuarantine'> = {
  async perform({ body, actor }, tx, context) {
    const decided = await decideAct(tx, context, actor, 'liftQuarantine', body)
    if (!decided.ok) return decided
    const { deviceId, epoch } = body
    const recorded = await appendAsServer(tx, context, actor, decided.value)
    if (recorded.length > 0) {
      await devices.update(tx, deviceId, (device) => {
        if (device === null) throw new Error('only a known device is quarantined')
        return { ...device, quarantinedAt: null, closedEpochs: [...(device.closedEpochs ?? []), epoch] }
      })
    }
    return done(writtenBy(recorded))
  },
}
