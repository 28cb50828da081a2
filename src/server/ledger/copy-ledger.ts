// Copies a whole ledger from one store to another by playing its events again: equal heads prove that nothing is missing, doubled or moved.
import type { LedgerReader, LedgerTransaction, NewEntry } from '#server/storage/ledger-store.ts'
import { ledgerEvents } from './ledger-events.ts'

const BATCH = 1000

/** The copy did not come out as its original: the original is not whole. */
export class CopyDiffers extends Error {}

/** Copies entries and records into a facility that has neither; folded states are left to be folded again. Throws CopyDiffers. */
export async function copyLedger(from: LedgerReader, to: LedgerTransaction): Promise<void> {
  let batch: NewEntry[] = []
  const flush = async () => {
    await to.entries.append(batch)
    batch = []
  }
  for await (const { kind, entry, verdict } of ledgerEvents(from)) {
    if (kind === 'came') batch.push({ ...entry, verdict })
    if (batch.length >= BATCH || kind === 'settled') await flush()
    if (kind === 'settled') await to.entries.settleHeld(entry, verdict)
  }
  await flush()
  const [original, copy] = [await from.entries.head(), await to.entries.head()]
  if (original.hash !== copy.hash || original.position !== copy.position || original.arrival !== copy.arrival)
    throw new CopyDiffers(`the copy ends at position ${copy.position}, the original at ${original.position}`)
  for (const collection of await from.records.collections())
    for (const record of await from.records.list(collection)) await to.records.putBack(collection, record)
}
