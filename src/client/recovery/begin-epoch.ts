// After an administrator lifted a quarantine: the device goes on in a new chain, with what only it still has.
import { GENESIS_HASH } from '#contract/canonical.ts'
import type { LedgerSync } from '#client/ledger/client-ledger.ts'
import { chainAnew } from '#client/ledger/chain-anew.ts'
import type { CanaryBox } from '#client/storage/canary.ts'
import { saveEpoch } from '#client/storage/begin-epoch.ts'
import { loadDevice } from '#client/storage/device-store.ts'
import type { OpenedDevice } from './open-stores.ts'

/** The device at work. */
export interface WorkingDevice {
  readonly ledger: Pick<LedgerSync, 'handOver' | 'retire' | 'lock'>
  readonly sync: { stop(): void }
}

/** Ends all work on the device as it was opened, so that it can be opened again. */
async function letGo(opened: OpenedDevice, joined: WorkingDevice): Promise<void> {
  joined.sync.stop()
  joined.ledger.retire()
  await opened.second?.journal.release()
  await joined.ledger.lock.release()
}

/**
 * Begins the epoch and answers the device as it is to be opened now. Own entries from `fromSeq` on that the server never acknowledged are said
 * again in the new chain; the former chain stays where it is. Faults: storage-full, storage-broken, another-window. @rule ACC-15
 */
export async function beginEpoch(
  opened: OpenedDevice,
  joined: WorkingDevice,
  canary: CanaryBox,
  epoch: string,
  fromSeq: number,
): Promise<OpenedDevice> {
  const { database, device: former } = opened
  const device = { ...former, epoch }
  // Another window may have begun it while this one was opening: then there is nothing left to say again.
  const begun = await followEpoch(opened, joined)
  if (begun !== null) return begun
  await joined.ledger.handOver(fromSeq, async (own, state) => {
    const rows = chainAnew(own, epoch)
    await saveEpoch(database, device, rows, state)
    const last = rows.at(-1) ?? { seq: 0, id: GENESIS_HASH }
    const granted = canary.read()?.granted ?? null
    canary.write({ deviceId: device.deviceId, epoch, lastSeq: last.seq, head: last.id, granted })
  })
  await letGo(opened, joined)
  return { ...opened, device }
}

/** The device as another window made it; null while it is the same. Faults: storage-broken. */
export async function followEpoch(opened: OpenedDevice, joined: WorkingDevice): Promise<OpenedDevice | null> {
  const device = await loadDevice(opened.database)
  if (device === null || device.epoch === opened.device.epoch) return null
  await letGo(opened, joined)
  return { ...opened, device }
}
