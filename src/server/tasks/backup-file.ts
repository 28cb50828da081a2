// A backup: one file that holds the whole ledger of a facility, from either store, and the keys without which nobody could go on with it.
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Instant } from '#contract/values.ts'
import { readKeyFile, readRootFile, type RootKeyFile, ServerKeyFile } from '#server/devices/key-files.ts'
import { copyLedger } from '#server/ledger/copy-ledger.ts'
import { signingKeyOf } from '#server/ledger/ed25519.ts'
import { recordCollection } from '#server/ledger/record-collection.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import { type LedgerProof, verifyLedger } from '#server/ledger/verify-chain.ts'
import type { FacilityId } from '#contract/values.ts'
import type { LedgerStore } from '#server/storage/ledger-store.ts'
import { openSqliteStore } from '#server/storage/sqlite/sqlite-store.ts'

/** What only a backup holds: its keys, and when it was made. */
interface BackupNote {
  readonly madeAt: Instant
  readonly keys: ServerKeyFile
  /** The root that tablets trust for https; a server without https has none, and neither has a backup of an older version. */
  readonly root?: RootKeyFile
}

/** The collection of the note; it never gets into a restored ledger. */
export const BACKUP_COLLECTION = 'backup'
const NOTE = 'note'
const notes = recordCollection<BackupNote>(BACKUP_COLLECTION)

/** An opened backup whose ledger was proved. */
export interface OpenedBackup {
  readonly store: LedgerStore
  readonly note: BackupNote
  readonly proof: LedgerProof
}

/** Proves the ledger in a store with the keys given. */
export function proveStore(store: LedgerStore, keys: ServerKeyFile, foldedBy: string | null): Promise<LedgerProof> {
  const { publicKey } = signingKeyOf(Buffer.from(keys.seed, 'base64url'))
  return store.read(keys.facilityId, (view) => verifyLedger(view, { deviceId: keys.deviceId, publicKey }, foldedBy))
}

/** Opens a file as a backup, which writes to the file: give it a copy. Answers null for what is none. Fault: store broken. */
export async function openBackup(file: string): Promise<OpenedBackup | null> {
  const store = await openSqliteStore(file)
  try {
    const [facilityId] = await store.facilities()
    const note = facilityId === undefined ? null : await store.read(facilityId, (view) => notes.get(view, NOTE))
    if (note !== null) {
      const keys = ServerKeyFile.parse(note.value.keys)
      return { store, note: { ...note.value, keys }, proof: await proveStore(store, keys, null) }
    }
  } catch (reason) {
    await store.close()
    throw reason
  }
  await store.close()
  return null
}

function syncFile(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

async function fill(context: ServerContext, facilityId: FacilityId, draft: string): Promise<void> {
  const target = await openSqliteStore(draft)
  try {
    const root = readRootFile(context.dataDir)
    const note = {
      madeAt: context.clock.now(),
      keys: readKeyFile(context.dataDir),
      ...(root === null ? {} : { root }),
    }
    await context.store.read(facilityId, (view) =>
      target.transaction(facilityId, async (tx) => {
        await copyLedger(view, tx)
        await notes.put(tx, NOTE, { ...note, keys: { ...note.keys, epoch: context.serverKeys.epoch } }, 0)
      }),
    )
  } finally {
    await target.close()
  }
}

/**
 * Writes a backup of one consistent view, while the server may go on, reads it back and proves it; only then does the file get its name. Its mode is
 * that of the process: 0600 under a task. Throws CopyDiffers, and what the file system throws. Faults: those of both stores.
 */
export async function writeBackup(context: ServerContext, file: string): Promise<LedgerProof & { bytes: number }> {
  const draft = `${file}.part`
  const clear = () => {
    for (const ending of ['', '-wal', '-shm']) rmSync(`${draft}${ending}`, { force: true })
  }
  clear()
  try {
    await fill(context, context.facilityId, draft)
    const opened = await openBackup(draft)
    if (opened === null) throw new Error('a backup just written has its note')
    await opened.store.close()
    if (opened.proof.firstFlaw === null) {
      syncFile(draft)
      renameSync(draft, file)
      syncFile(dirname(file))
    }
    return { ...opened.proof, bytes: existsSync(file) ? statSync(file).size : 0 }
  } finally {
    clear()
  }
}
