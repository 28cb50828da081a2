// `npm run task -- NAME [arguments] [--data-dir D]`: exit 0 or 1, a sentence for the person, and JSON as the last line.
import { randomFillSync } from 'node:crypto'
import { resolve } from 'node:path'
import { actPerformers } from '#server/acts/performers.ts'
import { DatabaseUrl } from '#server/config.ts'
import type { MachineSources } from '#server/devices/make-context.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import { OtherKeys } from '#server/ledger/server-identity.ts'
import { StoreFault } from '#server/storage/ledger-store.ts'
import { backupTask } from './backup.ts'
import { createAdministratorTask } from './create-administrator.ts'
import { importBatchTask } from './import-batch.ts'
import { importRescueTask } from './import-rescue.ts'
import { contentOf, type DataPlace, openFacility } from './open-facility.ts'
import { rebuildProjectionsTask } from './rebuild-projections.ts'
import { restoreTask } from './restore.ts'
import { taskMessages } from './task-messages.template.ts'
import type { TaskReport } from './task-report.ts'
import { verifyLedgerTask } from './verify-ledger.ts'

const sources: MachineSources = {
  nowMs: Date.now,
  random: (count) => randomFillSync(new Uint8Array(count)),
}

/** Tasks of a facility that is there. */
const TASKS: Readonly<Record<string, (context: ServerContext, args: readonly string[]) => Promise<TaskReport>>> = {
  backup: backupTask,
  'create-administrator': createAdministratorTask,
  'import-batch': importBatchTask,
  'import-rescue': importRescueTask,
  'verify-ledger': verifyLedgerTask,
  'rebuild-projections': rebuildProjectionsTask,
}

/** Tasks that make or replace one. */
const PLACE_TASKS: Readonly<Record<string, (place: DataPlace, args: readonly string[]) => Promise<TaskReport>>> = {
  restore: (place, args) => restoreTask(place, sources, args),
}

function takePlace(args: readonly string[]): { place: DataPlace; rest: readonly string[] } {
  const at = args.indexOf('--data-dir')
  const named = at < 0 ? undefined : args[at + 1]
  const rest = at < 0 ? args : [...args.slice(0, at), ...args.slice(at + 2)]
  const dataDir = resolve(named ?? process.env.DATA_DIR ?? './data')
  return { place: { dataDir, databaseUrl: process.env.DATABASE_URL || null }, rest }
}

async function runOnFacility(place: DataPlace, name: string, args: readonly string[]): Promise<TaskReport> {
  if ((await contentOf(place)) !== 'facility')
    return { ok: false, sentence: taskMessages.noLedger(place.dataDir), facts: { code: 'no-ledger' } }
  const context = await openFacility(place, actPerformers, sources)
  try {
    const task = TASKS[name]
    if (task === undefined) throw new Error(`${name} was looked up before`)
    return await task(context, args)
  } finally {
    await context.store.close()
  }
}

function failureOf(reason: unknown): TaskReport | null {
  if (reason instanceof StoreFault)
    return { ok: false, sentence: taskMessages.storeFailed(reason.reason), facts: { code: `store-${reason.reason}` } }
  if (reason instanceof OtherKeys)
    return { ok: false, sentence: taskMessages.keysDoNotFit(), facts: { code: 'other-keys' } }
  return null
}

async function runTask(): Promise<TaskReport> {
  const [name = '', ...args] = process.argv.slice(2)
  const { place, rest } = takePlace(args)
  const placeTask = Object.hasOwn(PLACE_TASKS, name) ? PLACE_TASKS[name] : undefined
  if (placeTask === undefined && !Object.hasOwn(TASKS, name)) {
    const known = [...Object.keys(TASKS), ...Object.keys(PLACE_TASKS)].join(', ')
    return { ok: false, sentence: taskMessages.unknown(name, known), facts: { code: 'task-unknown' } }
  }
  if (place.databaseUrl !== null && !DatabaseUrl.safeParse(place.databaseUrl).success)
    return { ok: false, sentence: taskMessages.wrongDatabaseUrl(), facts: { code: 'usage' } }
  try {
    return placeTask === undefined ? await runOnFacility(place, name, rest) : await placeTask(place, rest)
  } catch (reason) {
    const failure = failureOf(reason)
    if (failure === null) throw reason
    return failure
  }
}

process.umask(0o077)
const { ok, sentence, facts } = await runTask()
process.stdout.write(`${sentence}\n${JSON.stringify({ ok, ...facts })}\n`)
process.exitCode = ok ? 0 : 1
