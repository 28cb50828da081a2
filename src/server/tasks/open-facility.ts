// Opens the facility of a data folder: its keys and its store.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { hasKeyFile, makeKeyFile, readKeyFile } from '#server/devices/key-files.ts'
import { type MachineSources, makeContext, makeNewId } from '#server/devices/make-context.ts'
import type { ActPerformers, ServerContext } from '#server/ledger/server-context.ts'
import { openSqliteStore } from '#server/storage/sqlite/sqlite-store.ts'

const ledgerFile = (dataDir: string) => join(dataDir, 'ledger.sqlite')

/** What a data folder holds: nothing, a whole facility, or a ledger whose keys are gone. */
export function contentOf(dataDir: string): 'nothing' | 'facility' | 'ledger-without-keys' {
  if (hasKeyFile(dataDir)) return 'facility'
  return existsSync(ledgerFile(dataDir)) ? 'ledger-without-keys' : 'nothing'
}

/** Opens the facility of a data folder. Throws when its keys are not whole. Faults: store broken, full, busy. */
export async function openFacility(
  dataDir: string,
  performers: ActPerformers,
  sources: MachineSources,
): Promise<ServerContext> {
  const keys = readKeyFile(dataDir)
  const store = await openSqliteStore(ledgerFile(dataDir))
  return makeContext({ store, dataDir, keys, performers }, sources)
}

/** Makes the keys of a new facility in a folder without one, and opens it. */
export function makeFacility(
  dataDir: string,
  performers: ActPerformers,
  sources: MachineSources,
): Promise<ServerContext> {
  makeKeyFile(dataDir, sources.random, makeNewId(sources.random))
  return openFacility(dataDir, performers, sources)
}
