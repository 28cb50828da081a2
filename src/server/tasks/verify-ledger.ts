// Proves the ledger of a data folder, link by link.
import type { ServerContext } from '#server/ledger/server-context.ts'
import type { LedgerFlaw } from '#server/ledger/ledger-flaw.ts'
import { verifyLedger } from '#server/ledger/verify-chain.ts'
import { foldingVersion } from '#server/program-version.ts'
import type { TaskReport } from './task-report.ts'
import { taskMessages } from './task-messages.template.ts'

/** Says where a flaw is: a position, or a device and the number in its chain. */
export function whereOf({ position, deviceId, seq }: LedgerFlaw): string {
  return position === null ? `${deviceId ?? '?'}/${seq ?? '?'}` : String(position)
}

/** Runs the task; it fails and names the first bad position when the ledger does not prove itself. */
export async function verifyLedgerTask(context: ServerContext): Promise<TaskReport> {
  const { entryCount, position, firstFlaw } = await context.store.read(context.facilityId, (view) =>
    verifyLedger(view, context.serverKeys, foldingVersion()),
  )
  if (firstFlaw === null)
    return { ok: true, sentence: taskMessages.ledgerProven(entryCount), facts: { entryCount, position } }
  const facts = {
    entryCount,
    position,
    flaw: firstFlaw.flaw,
    badPosition: firstFlaw.position,
    badDeviceId: firstFlaw.deviceId,
    badSeq: firstFlaw.seq,
  }
  return { ok: false, sentence: taskMessages.ledgerFlawed(whereOf(firstFlaw), firstFlaw.flaw), facts }
}
