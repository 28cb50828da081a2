// A device with two histories: both are kept, and it is heard again only under a new epoch, after an administrator has looked. @rule ACC-15
import { deviceStream } from '#contract/streams.ts'
import type { LedgerTransaction } from '#server/storage/ledger-store.ts'
import { appendAsServer } from './append-as-server.ts'
import { chainHeads, devices, forkedBranches, type KnownDevice } from './collections.ts'
import { problem, type ProblemOutcome } from './outcome.ts'
import type { Batch } from './read-batch.ts'
import { SERVER_ACTOR, type ServerContext } from './server-context.ts'

const FORKED_BRANCHES_MAX = 50

/** Whether the chain of an epoch takes nothing more. */
export function isClosed(device: KnownDevice, epoch: string): boolean {
  return device.closedEpochs?.includes(epoch) === true
}

/** Quarantines the device: its offer is kept as it came, and an entry says that from `forkedSeq` on there are two histories. Answers chain-forked. */
export async function quarantine(
  tx: LedgerTransaction,
  context: ServerContext,
  { header, texts }: Batch,
  forkedSeq: number,
): Promise<ProblemOutcome> {
  const { deviceId, epoch, fromSeq, head, signature } = header
  const now = context.clock.now()
  await devices.update(tx, deviceId, (device) => {
    if (device === null) throw new Error('only a known device pushes')
    return { ...device, quarantinedAt: device.quarantinedAt ?? now }
  })
  const kept = await forkedBranches.revisions(tx, `${deviceId}|`)
  const key = `${deviceId}|${epoch}|${head}`
  if (kept.length < FORKED_BRANCHES_MAX) {
    await forkedBranches.put(tx, key, { fromSeq, head, signature, texts, receivedAt: now }, 0)
  }
  const lastSeq = (await chainHeads.get(tx, `${deviceId}|${epoch}`))?.value.lastSeq ?? 0
  const counts = { hereCount: Math.max(0, lastSeq - forkedSeq + 1), branchCount: fromSeq + texts.length - forkedSeq }
  await appendAsServer(tx, context, SERVER_ACTOR, [
    {
      stream: deviceStream(deviceId),
      kind: 'device.quarantined.v1',
      body: { deviceId, epoch, forkedSeq, ...counts },
      occurredOn: context.clock.today(),
      basedOn: null,
    },
  ])
  return problem('chain-forked', { keepWrites: true })
}
