// Gathers what is unsent, from the open device, or from the second store alone where IndexedDB cannot be opened.
import { type RenewKeyRequest, renewKeyText } from '#contract/device.ts'
import { GENESIS_HASH } from '#contract/canonical.ts'
import type { LedgerSync } from '#client/ledger/client-ledger.ts'
import { generationsIn, storeNameOf } from '#client/storage/database.ts'
import type { DeviceRecord } from '#client/storage/device-store.ts'
import type { SecondStoreSource } from '#client/storage/opfs-files.ts'
import { createSecondStore } from '#client/storage/second-store.ts'
import { createSigner } from '#client/sync/device-signer.ts'
import { renewalOf } from '#client/sync/renew-key.ts'
import { proofOf } from '#client/vault/device-proof.ts'
import type { NewKey } from './rebuild-indexeddb.ts'
import { rescueText } from './rescue-file.ts'

/** A file to keep: which device it is of, how many entries are in it, its text. */
export interface Rescue {
  readonly deviceId: string
  readonly count: number
  readonly text: string
}

/** More than a device writes in ten years; a browser counts no further than 32 bits. */
const ENTRIES_MAX = 10_000_000

/** Everything unsent of a device that is open. Faults: storage-broken. */
export async function rescueOpen(device: DeviceRecord, ledger: LedgerSync): Promise<Rescue> {
  const rows = await ledger.unsent(ENTRIES_MAX)
  const renewal = device.renewalDue === true ? await renewalOf(device, ledger) : null
  const text = await rescueText({ device, rows, sign: createSigner(device.privateKey), renewal })
  return { deviceId: device.deviceId, count: rows.length, text }
}

/** Everything the second store holds that has no receipt, signed by a new key that the file itself makes known; null when it holds no device. */
export async function rescueSecond(source: SecondStoreSource, makeKey: () => Promise<NewKey>): Promise<Rescue | null> {
  for (const generation of generationsIn(await source.folders())) {
    const { kept, journal } = createSecondStore(source.files(storeNameOf(generation)))
    const { device, state } = await kept.load()
    if (device === null) continue
    const { deviceId, epoch, deviceSecret } = device
    const rows = await journal.read(epoch, (state?.watermark ?? 0) + 1)
    const last = await journal.last(epoch)
    await journal.release()
    const { privateKey, publicKey } = await makeKey()
    const unproven = {
      deviceId,
      publicKey,
      epoch,
      lastSeq: last?.seq ?? 0,
      head: last?.id ?? GENESIS_HASH,
    } as RenewKeyRequest
    const proof = (await proofOf(deviceSecret, renewKeyText(unproven))) as RenewKeyRequest['proof']
    const text = await rescueText({ device, rows, sign: createSigner(privateKey), renewal: { ...unproven, proof } })
    return { deviceId, count: rows.length, text }
  }
  return null
}
