// Keeps the site's key for files carried by hand, so that a tablet that loses the network for good can still hand its work in.
import { SiteFileKey, siteFileKeyText } from '#contract/batch-file.ts'
import type { DeviceRecord } from '#client/storage/device-store.ts'
import type { FileStore } from '#client/storage/file-store.ts'
import { isSignedBy } from './device-signer.ts'
import type { Transport } from './transport.ts'

/** What fetching the key works with. */
export interface SiteFileKeyParts {
  readonly device: DeviceRecord
  readonly transport: Transport
  readonly fileStore: FileStore
}

/**
 * A fetcher of the key: it asks once after each opening of the device, and the key never changes. A server that does not know the question is asked again with the
 * next round and never a trouble of it. Faults: offline, timeout, storage-full, storage-broken.
 */
export function createSiteFileKey({ device, transport, fileStore }: SiteFileKeyParts): () => Promise<void> {
  let isKept = false
  return async () => {
    if (isKept) return
    const answer = await transport.json({ method: 'GET', path: '/api/sync/file-key' }, SiteFileKey)
    if (!answer.ok) return
    const { publicKey, signature } = answer.value
    if (!(await isSignedBy(device.serverPublicKey, siteFileKeyText(device.facilityId, publicKey), signature))) return
    await fileStore.saveSiteKey(answer.value)
    isKept = true
  }
}
