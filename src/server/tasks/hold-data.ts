// Who works on the data: a server, or a restore that needs them for itself.
import { holdDatabase, type HoldKind } from '#server/storage/postgres/instance-hold.ts'
import { type DataHold, holdDataFolder } from '#server/storage/sqlite/data-hold.ts'
import type { DataPlace } from './open-facility.ts'

/** Takes the data of a place; null when that cannot be beside who has them. A file is always had alone. Fault: store away. */
export async function holdData({ dataDir, databaseUrl }: DataPlace, kind: HoldKind): Promise<DataHold | null> {
  return databaseUrl === null ? holdDataFolder(dataDir) : holdDatabase(databaseUrl, kind)
}
