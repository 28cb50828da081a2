// Up to where each device's chain lies in every backup a person could restore: what a tablet may drop, and nothing after it. @rule SYN-2
import type { SafeMark } from '#contract/sync.ts'
import type { Instant } from '#contract/values.ts'
import type { LedgerReader, LedgerTransaction } from '#server/storage/ledger-store.ts'
import { chainHeads } from './collections.ts'
import { recordCollection } from './record-collection.ts'
import type { ServerContext } from './server-context.ts'
import { safeText } from './signed-texts.ts'

/** How far each chain is, by `deviceId|epoch`, at a server epoch. */
export interface ChainEnds {
  readonly serverEpoch: string
  readonly lastSeqs: Readonly<Record<string, number>>
}

/** What the proved backups that are kept hold at least, by the moment of each. */
const provedBackups = recordCollection<ChainEnds>('provedBackup')

/** What all of them hold, by `deviceId|epoch`. */
const safeChains = recordCollection<{ readonly serverEpoch: string; readonly safeSeq: number }>('safeChain')

/** How far each chain is now; a backup begun after this holds at least as much. */
export async function chainEnds(
  view: LedgerReader,
  { serverKeys }: Pick<ServerContext, 'serverKeys'>,
): Promise<ChainEnds> {
  const chains = await chainHeads.list(view)
  return {
    serverEpoch: serverKeys.epoch,
    lastSeqs: Object.fromEntries(chains.map(({ key, value }) => [key, value.lastSeq])),
  }
}

/**
 * Notes that a backup was proved, and which ones are kept with it. Nothing is safe while one is kept of which it is not known what it holds: it was
 * made by another version, or before this server was itself restored.
 */
export async function noteProvedBackup(
  tx: LedgerTransaction,
  moment: Instant,
  ends: ChainEnds,
  kept: readonly Instant[],
): Promise<void> {
  for (const { key, revision } of await provedBackups.revisions(tx)) {
    if (!kept.some((one) => one === key)) await provedBackups.remove(tx, key, revision)
  }
  await provedBackups.update(tx, moment, () => ends)
  const known = new Map((await provedBackups.list(tx)).map(({ key, value }) => [key, value]))
  const held = kept.map((one) => known.get(one))
  for (const key of Object.keys(ends.lastSeqs)) {
    const seqs = held.map((one) => (one?.serverEpoch === ends.serverEpoch ? (one.lastSeqs[key] ?? 0) : 0))
    const safeSeq = Math.min(ends.lastSeqs[key] ?? 0, ...seqs)
    await safeChains.update(tx, key, () => ({ serverEpoch: ends.serverEpoch, safeSeq }))
  }
}

/** The signed mark for a device epoch; 0 while nothing is safe. */
export async function safeMarkFor(
  view: LedgerReader,
  { facilityId, serverKeys }: Pick<ServerContext, 'facilityId' | 'serverKeys'>,
  { deviceId, epoch }: { readonly deviceId: string; readonly epoch: string },
): Promise<SafeMark> {
  const found = (await safeChains.get(view, `${deviceId}|${epoch}`))?.value
  const safeSeq = found?.serverEpoch === serverKeys.epoch ? found.safeSeq : 0
  const unsigned = { facilityId, deviceId, epoch, safeSeq, serverEpoch: serverKeys.epoch }
  return { safeSeq, signature: serverKeys.sign(safeText(unsigned)) }
}
