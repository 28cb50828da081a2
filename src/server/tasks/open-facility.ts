// Opens the facility of a data place: its keys, and its store in a file or in PostgreSQL.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { hasKeyFile, makeKeyFile, readKeyFile } from '#server/devices/key-files.ts'
import { type MachineSources, makeContext, makeNewId } from '#server/devices/make-context.ts'
import type { ActPerformers, ServerContext } from '#server/ledger/server-context.ts'
import { settleIdentity } from '#server/ledger/server-identity.ts'
import type { LedgerStore } from '#server/storage/ledger-store.ts'
import { openPostgresStore } from '#server/storage/postgres/postgres-store.ts'
import { openSqliteStore } from '#server/storage/sqlite/sqlite-store.ts'

/** Where a server's data are: the folder of its keys, which without a database holds the ledger too. */
export interface DataPlace {
  readonly dataDir: string
  readonly databaseUrl: string | null
}

/** The name of the ledger's file in a data folder. */
export const LEDGER_FILE = 'ledger.sqlite'

/** Opens the store of a place. Faults: store broken, full, busy, away. */
export function openStore({ dataDir, databaseUrl }: DataPlace): Promise<LedgerStore> {
  return databaseUrl === null ? openSqliteStore(join(dataDir, LEDGER_FILE)) : openPostgresStore(databaseUrl)
}

async function hasLedger(place: DataPlace): Promise<boolean> {
  if (place.databaseUrl === null) return existsSync(join(place.dataDir, LEDGER_FILE))
  const store = await openStore(place)
  try {
    return (await store.facilities()).length > 0
  } finally {
    await store.close()
  }
}

/** What a place holds: nothing, a whole facility, or a ledger whose keys are gone. Fault: store away. */
export async function contentOf(place: DataPlace): Promise<'nothing' | 'facility' | 'ledger-without-keys'> {
  if (hasKeyFile(place.dataDir)) return 'facility'
  return (await hasLedger(place)) ? 'ledger-without-keys' : 'nothing'
}

/** Opens the facility of a place. Throws when its keys are not whole, and OtherKeys when they are another ledger's. Faults: those of the store. */
export async function openFacility(
  place: DataPlace,
  performers: ActPerformers,
  sources: MachineSources,
): Promise<ServerContext> {
  const keys = readKeyFile(place.dataDir)
  const store = await openStore(place)
  try {
    const epoch = await settleIdentity(store, keys)
    return makeContext({ store, dataDir: place.dataDir, keys: { ...keys, epoch }, performers }, sources)
  } catch (reason) {
    await store.close()
    throw reason
  }
}

/** Makes the keys of a new facility in a folder without one, and opens it with its ledger in a file. */
export function makeFacility(
  dataDir: string,
  performers: ActPerformers,
  sources: MachineSources,
): Promise<ServerContext> {
  makeKeyFile(dataDir, sources.random, makeNewId(sources.random))
  return openFacility({ dataDir, databaseUrl: null }, performers, sources)
}
