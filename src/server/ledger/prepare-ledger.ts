// What has to be right before the first call: stored states folded by this very program, and held entries looked at again.
import { applyHeld } from './apply-held.ts'
import { projectionMeta } from './collections.ts'
import { PROJECTION, rebuildProjections } from './project.ts'
import type { ServerContext } from './server-context.ts'

/** Brings a ledger up to this version of the program; `onRebuild` is told before all entries are folded again. */
export async function prepareLedger(context: ServerContext, version: string, onRebuild: () => void): Promise<void> {
  await context.store.transaction(context.facilityId, async (tx) => {
    const folded = await projectionMeta.get(tx, PROJECTION)
    if (folded?.value.version !== version) {
      if (folded !== null) onRebuild()
      await rebuildProjections(tx)
      await projectionMeta.put(tx, PROJECTION, { version }, folded?.revision ?? 0)
    }
    await applyHeld(tx)
  })
}
