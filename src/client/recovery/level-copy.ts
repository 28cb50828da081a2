// Makes the second copy say what IndexedDB says: after it was lost, after a write that failed, and when a window ended before it was written.
import { createConfirmedStore } from '#client/storage/confirmed-store.ts'
import type { ConfirmedStore, SyncState } from '#client/storage/confirmed-store.ts'
import type { DeviceDatabase, SegmentRow } from '#client/storage/database.ts'
import { withoutKey } from '#client/storage/device-store.ts'
import type { DeviceRecord } from '#client/storage/device-store.ts'
import { guardStorage } from '#client/storage/fault.ts'
import type { KeptContent } from '#client/storage/kept-content.ts'
import type { KeptCopy } from '#client/storage/kept-copy.ts'
import { PRIVATE_META } from '#client/storage/private-store.ts'

const PAGES_A_READ = 20

/** The sealed rows and notes as IndexedDB has them, with the count of their changes. */
export type SealedContent = Pick<KeptContent, 'rows' | 'notes' | 'hash' | 'privateStep'>

/** Reads the sealed rows in one transaction. Faults: storage-broken. */
export function readSealed(database: DeviceDatabase): Promise<SealedContent> {
  const { privateRows, notesOutbox, meta } = database
  return guardStorage(() =>
    database.transaction('r', [privateRows, notesOutbox, meta], async () => ({
      rows: await privateRows.toArray(),
      notes: (await notesOutbox.toArray()).map(({ row }) => row),
      hash: ((await meta.get(PRIVATE_META.hash))?.value as string | undefined) ?? null,
      privateStep: ((await meta.get(PRIVATE_META.step))?.value as number | undefined) ?? 0,
    })),
  )
}

function isSamePlace(one: SyncState | null, other: SyncState | null): boolean {
  return (
    one?.serverEpoch === other?.serverEpoch &&
    one?.cursor === other?.cursor &&
    one?.watermark === other?.watermark &&
    one?.pulledSeq === other?.pulledSeq &&
    isSameScope(one, other)
  )
}

// A class that leaves a device is added to the list, which never shrinks but to nothing, when everything comes anew.
function isSameScope(one: SyncState | null, other: SyncState | null): boolean {
  return (one?.left?.length ?? 0) === (other?.left?.length ?? 0)
}

async function* pagesFrom(store: ConfirmedStore, after: number): AsyncGenerator<readonly SegmentRow[]> {
  for (let from = after; ; ) {
    const pages = await store.segments(from, PAGES_A_READ)
    const last = pages.at(-1)
    if (last === undefined) return
    yield pages
    from = last.cursor
  }
}

/** Makes the copy level with the stores given. Faults: storage-full, storage-broken, another-window. */
export function levelKept(
  kept: KeptCopy,
  store: ConfirmedStore,
  sealed: () => Promise<SealedContent>,
  device: DeviceRecord,
): Promise<void> {
  return kept.level(async (content) => {
    const state = await store.loadState()
    const rows = await sealed()
    const isSameDevice = content.device?.deviceId === device.deviceId && content.device.epoch === device.epoch
    const isLevel = content.isWhole && isSamePlace(content.state, state) && content.privateStep === rows.privateStep
    if (isSameDevice && isLevel) return null
    const continues =
      isSameDevice &&
      content.isWhole &&
      content.state?.serverEpoch === state?.serverEpoch &&
      isSameScope(content.state, state) &&
      (content.state?.cursor ?? 0) <= (state?.cursor ?? 0)
    const refused = await store.refused()
    return {
      content: { ...content, ...rows, device: withoutKey(device), state, refused },
      pages: pagesFrom(store, continues ? (content.state?.cursor ?? 0) : 0),
      clear: !continues,
    }
  })
}

/** Makes the copy level with a database. Faults: storage-full, storage-broken, another-window. */
export function levelCopy(database: DeviceDatabase, kept: KeptCopy, device: DeviceRecord): Promise<void> {
  return levelKept(kept, createConfirmedStore(database), () => readSealed(database), device)
}
