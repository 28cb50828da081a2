// `restore FILE`: a backup becomes the ledger of this place, under a new epoch; what was there is kept.
import { copyFileSync, existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import {
  hasKeyFile,
  readKeyFile,
  readRootFile,
  type RootKeyFile,
  type ServerKeyFile,
  writeKeyFile,
  writeRootFile,
} from '#server/devices/key-files.ts'
import type { MachineSources } from '#server/devices/make-context.ts'
import { CopyDiffers, copyLedger } from '#server/ledger/copy-ledger.ts'
import { projectionMeta } from '#server/ledger/collections.ts'
import { PROJECTION, rebuildProjections } from '#server/ledger/project.ts'
import { renewIdentity } from '#server/ledger/server-identity.ts'
import { foldingVersion } from '#server/program-version.ts'
import { type LedgerStore, StoreFault } from '#server/storage/ledger-store.ts'
import { openPostgresStore } from '#server/storage/postgres/postgres-store.ts'
import { DRAFT_SCHEMA, dropDraftSchema, replaceSchema } from '#server/storage/postgres/replace-schema.ts'
import { openSqliteStore } from '#server/storage/sqlite/sqlite-store.ts'
import { BACKUP_COLLECTION, openBackup, type OpenedBackup } from './backup-file.ts'
import { holdData } from './hold-data.ts'
import { type DataPlace, LEDGER_FILE, openStore } from './open-facility.ts'
import { markDraftWhole, settleRestore, startDraft } from './restore-place.ts'
import type { TaskReport } from './task-report.ts'
import { taskMessages } from './task-messages.template.ts'
import { whereOf } from './verify-ledger.ts'

const no = (code: string, sentence: string, more: TaskReport['facts'] = {}): TaskReport => ({
  ok: false,
  sentence,
  facts: { code, ...more },
})

function facilityHere(dataDir: string): string | null {
  try {
    return hasKeyFile(dataDir) ? readKeyFile(dataDir).facilityId : null
  } catch {
    // Damaged keys say nothing; they are kept aside like everything else.
    return null
  }
}

function rootHere(dataDir: string): RootKeyFile | null {
  try {
    return readRootFile(dataDir)
  } catch {
    // A damaged root is kept aside like everything else.
    return null
  }
}

async function othersIn(place: DataPlace, keys: ServerKeyFile): Promise<boolean> {
  if (place.databaseUrl === null) return false
  const store = await openStore(place)
  try {
    return (await store.facilities()).some((facilityId) => facilityId !== keys.facilityId)
  } finally {
    await store.close()
  }
}

/** Fills an empty store with the backup's ledger, folded by this version of the program, under the keys' epoch. */
async function fill(store: LedgerStore, backup: OpenedBackup, keys: ServerKeyFile): Promise<void> {
  try {
    await backup.store.read(keys.facilityId, (view) =>
      store.transaction(keys.facilityId, async (tx) => {
        await copyLedger(view, tx)
        for (const { key, revision } of await tx.records.revisions(BACKUP_COLLECTION))
          await tx.records.remove(BACKUP_COLLECTION, key, revision)
        await renewIdentity(tx, keys)
        await rebuildProjections(tx)
        await projectionMeta.update(tx, PROJECTION, () => ({ version: foldingVersion() }))
      }),
    )
  } finally {
    await store.close()
  }
}

/** Puts the ledger and the keys in place; answers where what was there is kept, null when there was nothing. */
async function putInPlace(
  place: DataPlace,
  backup: OpenedBackup,
  keys: ServerKeyFile,
  aside: string,
): Promise<string | null> {
  const { dataDir, databaseUrl } = place
  const draft = join(dataDir, 'restore-draft')
  writeKeyFile(draft, keys)
  // A backup from before there was https has no root; what the tablets trust now stays.
  const root = backup.note.root ?? rootHere(dataDir)
  if (root !== null) writeRootFile(draft, root)
  if (databaseUrl === null) {
    await fill(await openSqliteStore(join(draft, LEDGER_FILE)), backup, keys)
    markDraftWhole(dataDir, aside)
    return settleRestore(dataDir)
  }
  const hadLedger = await (async () => {
    const store = await openStore(place)
    const { length } = await store.facilities()
    await store.close()
    return length > 0
  })()
  await dropDraftSchema(databaseUrl)
  await fill(await openPostgresStore(databaseUrl, DRAFT_SCHEMA), backup, keys)
  await replaceSchema(databaseUrl, aside.replaceAll('-', '_'))
  markDraftWhole(dataDir, aside)
  settleRestore(dataDir)
  return hadLedger ? aside.replaceAll('-', '_') : null
}

async function restoreFrom(place: DataPlace, draft: string, sources: MachineSources): Promise<TaskReport> {
  const backup = await openBackup(join(draft, 'backup.sqlite')).catch((reason: unknown) => {
    if (reason instanceof StoreFault && reason.reason === 'broken') return null
    throw reason
  })
  if (backup === null) return no('not-a-backup', taskMessages.notABackup('FILE'))
  try {
    const { note, proof } = backup
    const { firstFlaw } = proof
    if (firstFlaw !== null)
      return no('flawed', taskMessages.backupFlawed(whereOf(firstFlaw), firstFlaw.flaw), {
        badPosition: firstFlaw.position,
      })
    const here = facilityHere(place.dataDir)
    if (here !== null && here !== note.keys.facilityId) return no('other-facility', taskMessages.otherFacility())
    if (await othersIn(place, note.keys)) return no('other-facilities', taskMessages.othersInDatabase())
    const keys = { ...note.keys, epoch: Buffer.from(sources.random(12)).toString('base64url') }
    const moment = new Date(sources.nowMs())
      .toISOString()
      .replaceAll(/[-:.TZ]/g, '')
      .toLowerCase()
    const aside = await putInPlace(place, backup, keys, `before-restore-${moment}`)
    const { entryCount, position } = proof
    return {
      ok: true,
      sentence: taskMessages.restored(entryCount, aside),
      facts: { entryCount, position, madeAt: note.madeAt, epoch: keys.epoch, aside },
    }
  } catch (reason) {
    if (reason instanceof CopyDiffers) return no('flawed', taskMessages.backupFlawed('?', reason.message))
    throw reason
  } finally {
    await backup.store.close()
  }
}

/** Runs the task. The file itself is only read. It is refused while a server has the data, and leaves everything as it was when it fails. */
export async function restoreTask(
  place: DataPlace,
  sources: MachineSources,
  args: readonly string[],
): Promise<TaskReport> {
  const [named] = args
  if (named === undefined || args.length > 1) return no('usage', taskMessages.restoreUsage())
  const file = resolve(named)
  if (!existsSync(file) || !statSync(file).isFile()) return no('not-a-backup', taskMessages.notABackup(file))
  const hold = await holdData(place, 'alone')
  if (hold === null) return no('server-runs', taskMessages.serverRuns())
  try {
    settleRestore(place.dataDir)
    const draft = startDraft(place.dataDir)
    copyFileSync(file, join(draft, 'backup.sqlite'))
    const report = await restoreFrom(place, draft, sources)
    return report.facts.code === 'not-a-backup' ? no('not-a-backup', taskMessages.notABackup(file)) : report
  } finally {
    settleRestore(place.dataDir)
    await hold.release()
  }
}
