// `backup [FILE]`: everything of this facility into one file, proved before it gets its name.
import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { ServerContext } from '#server/ledger/server-context.ts'
import { writeBackup } from './backup-file.ts'
import type { TaskReport } from './task-report.ts'
import { taskMessages } from './task-messages.template.ts'
import { whereOf } from './verify-ledger.ts'

/** The usual place: a folder of the data folder, one file a moment. The name tells nobody whose it is. */
export function usualBackupFile({ dataDir, clock }: ServerContext): string {
  return join(dataDir, 'backups', `backup-${clock.now().replaceAll(/[:.]/g, '-')}.sqlite`)
}

const isRefusedByDisk = (reason: unknown) =>
  reason instanceof Error &&
  'code' in reason &&
  /^(EACCES|EPERM|EROFS|ENOTDIR|ENOENT|EISDIR)$/.test(String(reason.code))

/** Runs the task; it fails when the file is there already, cannot be written, or does not prove itself. */
export async function backupTask(context: ServerContext, args: readonly string[]): Promise<TaskReport> {
  if (args.length > 1) return { ok: false, sentence: taskMessages.backupUsage(), facts: { code: 'usage' } }
  const file = args[0] === undefined ? usualBackupFile(context) : resolve(args[0])
  if (existsSync(file))
    return { ok: false, sentence: taskMessages.backupFileTaken(file), facts: { code: 'file-taken' } }
  try {
    if (args[0] === undefined) mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const { entryCount, position, firstFlaw, bytes } = await writeBackup(context, file)
    if (firstFlaw !== null)
      return {
        ok: false,
        sentence: taskMessages.backupFlawed(whereOf(firstFlaw), firstFlaw.flaw),
        facts: { code: 'flawed', flaw: firstFlaw.flaw, badPosition: firstFlaw.position },
      }
    return { ok: true, sentence: taskMessages.backedUp(file, entryCount), facts: { file, entryCount, position, bytes } }
  } catch (reason) {
    if (!isRefusedByDisk(reason)) throw reason
    return { ok: false, sentence: taskMessages.backupFolderMissing(dirname(file)), facts: { code: 'not-writable' } }
  }
}
