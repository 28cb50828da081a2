// Builds the database of a device anew from the second store. The device's own record comes last: without it the rebuilding begins again.
import { PRIVATE_META } from '#client/storage/private-store.ts'
import { createConfirmedStore } from '#client/storage/confirmed-store.ts'
import type { DeviceDatabase } from '#client/storage/database.ts'
import { updateDevice } from '#client/storage/device-store.ts'
import type { DeviceRecord, KeylessDevice } from '#client/storage/device-store.ts'
import { guardStorage } from '#client/storage/fault.ts'
import type { Journal } from '#client/storage/journal.ts'
import type { KeptContent } from '#client/storage/kept-content.ts'
import type { SecondStore } from '#client/storage/second-store.ts'
import { restoreConfirmed } from './restore-confirmed.ts'

/** A new key of a device: the private half cannot be exported. */
export interface NewKey {
  readonly privateKey: CryptoKey
  readonly publicKey: string
}

const ROWS_A_STEP = 1000

/** Puts back the sealed rows and the notes that wait to be sent. Faults: storage-full, storage-broken. */
export function restoreSealedRows(database: DeviceDatabase, content: KeptContent): Promise<void> {
  const { privateRows, notesOutbox, meta } = database
  return guardStorage(() =>
    database.transaction('rw', [privateRows, notesOutbox, meta], async () => {
      await privateRows.clear()
      await privateRows.bulkPut([...content.rows])
      await notesOutbox.bulkPut(content.notes.map((row) => ({ key: `${row.kind}|${row.id}`, row })))
      await meta.put({ key: PRIVATE_META.step, value: content.privateStep })
      if (content.hash === null) await meta.delete(PRIVATE_META.hash)
      else await meta.put({ key: PRIVATE_META.hash, value: content.hash })
    }),
  )
}

/** Puts back every entry of an epoch from a seq on; those that are there already are the same. Faults: storage-full, storage-broken. */
export function restoreJournal(database: DeviceDatabase, journal: Journal, epoch: string, fromSeq = 1): Promise<void> {
  return guardStorage(async () => {
    for (let from = fromSeq; ; ) {
      const rows = await journal.read(epoch, from, ROWS_A_STEP)
      const last = rows.at(-1)
      if (last === undefined) return
      await database.transaction('rw', database.journal, async () => void (await database.journal.bulkPut([...rows])))
      from = last.seq + 1
    }
  })
}

/** Builds everything and answers the device with a new key, which the server has yet to hear of. Faults: storage-full, storage-broken. */
export async function rebuildIndexedDb(
  database: DeviceDatabase,
  { journal, kept }: SecondStore,
  content: KeptContent,
  device: KeylessDevice,
  makeKey: () => Promise<NewKey>,
): Promise<DeviceRecord> {
  await restoreSealedRows(database, content)
  await restoreConfirmed(createConfirmedStore(database), kept, content, device)
  await restoreJournal(database, journal, device.epoch)
  const { privateKey, publicKey } = await makeKey()
  const record: DeviceRecord = { ...device, privateKey, publicKey, renewalDue: true }
  await updateDevice(database, record)
  return record
}
