// Entries of kinds this server did not know when they came: judged again after every upgrade.
import type { LedgerTransaction } from '#server/storage/ledger-store.ts'
import { devices } from './collections.ts'
import { parseEntry } from './entry-text.ts'
import { makeJudge } from './judge-entry.ts'
import { project } from './project.ts'

/** Gives each held entry that is understood by now its verdict, in order of arrival. Answers how many were settled. */
export async function applyHeld(tx: LedgerTransaction): Promise<number> {
  let settled = 0
  for (const held of await tx.entries.held()) {
    const device = await devices.get(tx, held.deviceId)
    const entry = parseEntry(held.text)
    if (device === null || entry === null) continue
    const verdict = await makeJudge(tx, device.value)(entry)
    if (verdict.status === 'held') continue
    const position = await tx.entries.settleHeld(held, verdict)
    if (position !== null) await project(tx, [{ id: held.id, position, entry }])
    settled += 1
  }
  return settled
}
