// What this device needs for files carried by hand: its own X25519 pair, the site's key, and the numbers of the files that left and came.
import type { SiteFileKey } from '#contract/batch-file.ts'
import type { Hash } from '#contract/values.ts'
import type { DeviceDatabase } from './database.ts'
import { guardStorage } from './fault.ts'

/** The pair answers are sealed to; the private half cannot be exported. `raw` is the public half, 32 bytes as base64url. */
export interface FileKeys {
  readonly pair: CryptoKeyPair
  readonly raw: string
}

/** The newest file that left, and the newest answer that was read; the site counts its answers anew after it was restored from a backup. */
export interface CarriedFiles {
  readonly left: { readonly fileNumber: number; readonly fileHash: Hash } | null
  readonly came: { readonly serverEpoch: string; readonly fileNumber: number; readonly fileHash: Hash } | null
}

/** Keeps it all. Every call may fault with storage-full or storage-broken. */
export interface FileStore {
  keys(): Promise<FileKeys | null>
  saveKeys(keys: FileKeys): Promise<void>
  siteKey(): Promise<SiteFileKey | null>
  saveSiteKey(key: SiteFileKey): Promise<void>
  carried(): Promise<CarriedFiles>
  saveCarried(change: Partial<CarriedFiles>): Promise<void>
}

const NOTHING: CarriedFiles = { left: null, came: null }

/** The store in the device's own database. A key once made stays: an answer may be on its way to it. */
export function createFileStore(database: DeviceDatabase): FileStore {
  const { meta } = database
  const read = <Value>(key: string) =>
    guardStorage(async () => ((await meta.get(key))?.value as Value | undefined) ?? null)
  const write = (key: string, value: unknown) => guardStorage(async () => void (await meta.put({ key, value })))
  return {
    keys: () => read<FileKeys>('fileKeys'),
    saveKeys: (keys) => guardStorage(async () => void (await meta.add({ key: 'fileKeys', value: keys }))),
    siteKey: () => read<SiteFileKey>('siteFileKey'),
    saveSiteKey: (key) => write('siteFileKey', key),
    carried: async () => (await read<CarriedFiles>('carriedFiles')) ?? NOTHING,
    saveCarried: (change) =>
      guardStorage(() =>
        database.transaction('rw', meta, async () => {
          const before = ((await meta.get('carriedFiles'))?.value as CarriedFiles | undefined) ?? NOTHING
          await meta.put({ key: 'carriedFiles', value: { ...before, ...change } })
        }),
      ),
  }
}
