// `npm run task -- NAME [arguments] [--data-dir D]`: exit 0 or 1, a sentence for the person, and JSON as the last line.
import { randomFillSync } from 'node:crypto'
import { resolve } from 'node:path'
import { actPerformers } from '#server/acts/performers.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import { taskMessages } from './task-messages.template.ts'
import { createAdministratorTask } from './create-administrator.ts'
import { contentOf, openFacility } from './open-facility.ts'
import { rebuildProjectionsTask } from './rebuild-projections.ts'
import type { TaskReport } from './task-report.ts'
import { verifyLedgerTask } from './verify-ledger.ts'

const TASKS: Readonly<Record<string, (context: ServerContext, args: readonly string[]) => Promise<TaskReport>>> = {
  'create-administrator': createAdministratorTask,
  'verify-ledger': verifyLedgerTask,
  'rebuild-projections': rebuildProjectionsTask,
}

function takeDataDir(args: readonly string[]): { dataDir: string; rest: readonly string[] } {
  const at = args.indexOf('--data-dir')
  const named = at < 0 ? undefined : args[at + 1]
  const rest = at < 0 ? args : [...args.slice(0, at), ...args.slice(at + 2)]
  return { dataDir: resolve(named ?? process.env.DATA_DIR ?? './data'), rest }
}

async function runTask(): Promise<TaskReport> {
  const [name = '', ...args] = process.argv.slice(2)
  const task = Object.hasOwn(TASKS, name) ? TASKS[name] : undefined
  if (task === undefined)
    return {
      ok: false,
      sentence: taskMessages.unknown(name, Object.keys(TASKS).join(', ')),
      facts: { code: 'task-unknown' },
    }
  const { dataDir, rest } = takeDataDir(args)
  if (contentOf(dataDir) !== 'facility')
    return { ok: false, sentence: taskMessages.noLedger(dataDir), facts: { code: 'no-ledger' } }
  const context = await openFacility(dataDir, actPerformers, {
    nowMs: Date.now,
    random: (count) => randomFillSync(new Uint8Array(count)),
  })
  try {
    return await task(context, rest)
  } finally {
    await context.store.close()
  }
}

process.umask(0o077)
const { ok, sentence, facts } = await runTask()
process.stdout.write(`${sentence}\n${JSON.stringify({ ok, ...facts })}\n`)
process.exitCode = ok ? 0 : 1
