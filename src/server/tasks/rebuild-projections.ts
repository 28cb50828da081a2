// Throws the folded states away and folds the whole ledger again.
import { rebuildProjections } from '#server/ledger/project.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import type { TaskReport } from './task-report.ts'
import { taskMessages } from './task-messages.template.ts'

/** Runs the task. */
export async function rebuildProjectionsTask(context: ServerContext): Promise<TaskReport> {
  const entryCount = await context.store.transaction(context.facilityId, rebuildProjections)
  return { ok: true, sentence: taskMessages.projectionsRebuilt(entryCount), facts: { entryCount } }
}
