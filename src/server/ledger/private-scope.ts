// Which sealed rows a device should hold: the office all, an instructor's tablet those of its classes, a kiosk none but cards.
import { classOf, type StreamFamily } from '#contract/streams.ts'
import type { PrivateCollection } from '#contract/sync.ts'
import type { LedgerReader } from '#server/storage/ledger-store.ts'
import { type KnownDevice, noteClasses, staffKeys, vaultRows } from './collections.ts'
import { type ClassScope, classScopeOf } from './feed.ts'
import { loadFamily } from './load-states.ts'
import type { ServerContext } from './server-context.ts'

/** One row of the manifest. */
export interface PrivateRevision {
  readonly collection: PrivateCollection
  readonly key: string
  readonly revision: number
}

async function inScopeStates<Family extends StreamFamily & ('roster' | 'certificates')>(
  view: LedgerReader,
  isInScope: ClassScope,
  family: Family,
) {
  const all = await loadFamily(view, family)
  return all.flatMap(({ stream, state }) => {
    const classId = classOf(stream)
    return classId !== null && isInScope(classId) ? [state] : []
  })
}

async function instructorKeys(view: LedgerReader, isInScope: ClassScope): Promise<ReadonlySet<string>> {
  const rosters = await inScopeStates(view, isInScope, 'roster')
  const certificates = await inScopeStates(view, isInScope, 'certificates')
  const notes = await noteClasses.list(view)
  return new Set([
    ...rosters.flatMap(({ members }) => members.map(({ traineeId }) => `trainee|${traineeId}`)),
    ...certificates.flatMap((state) => state.certificates.map(({ number }) => `certificate|${number}`)),
    ...notes.filter(({ value }) => value.classId !== null && isInScope(value.classId)).map(({ key }) => `note|${key}`),
  ])
}

async function vaultRevisions(view: LedgerReader, context: Pick<ServerContext, 'clock'>, device: KnownDevice) {
  const all = await vaultRows.revisions(view)
  if (device.purpose === 'office') return all
  const wanted = await instructorKeys(view, await classScopeOf(view, context, device))
  return all.filter(({ key }) => key.startsWith('staff|') || wanted.has(key))
}

/** Answers the vault rows and staff keys a device should hold, ascending by collection then key. Cards are the vault's own matter. */
export async function privateRevisions(
  view: LedgerReader,
  context: Pick<ServerContext, 'clock'>,
  device: KnownDevice,
): Promise<readonly PrivateRevision[]> {
  if (device.purpose === 'kiosk') return []
  const keys = await staffKeys.revisions(view)
  const rows = await vaultRevisions(view, context, device)
  return [
    ...keys.map(({ key, revision }) => ({ collection: 'staffKey' as const, key, revision })),
    ...rows.map(({ key, revision }) => ({ collection: 'vault' as const, key, revision })),
  ]
}
