// The keys of this server, in DATA_DIR/keys, readable by its own user only. They are no part of the ledger and of no export.
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Base64Url, DeviceId, FacilityId } from '#contract/values.ts'

export const ServerKeyFile = z.strictObject({
  facilityId: FacilityId,
  deviceId: DeviceId,
  epoch: z.string(),
  seed: Base64Url,
  vaultKey: Base64Url,
})

/** What the key file holds: who this server is, the seed of its Ed25519 key and the key of the vault, each 32 bytes as base64url. */
export type ServerKeyFile = z.infer<typeof ServerKeyFile>

const pathIn = (dataDir: string) => join(dataDir, 'keys', 'server.json')

/** Says whether the data folder belongs to a server already. */
export function hasKeyFile(dataDir: string): boolean {
  return existsSync(pathIn(dataDir))
}

/** Reads the key file. Throws when it is missing or not whole: going on with other keys would break every chain. */
export function readKeyFile(dataDir: string): ServerKeyFile {
  return ServerKeyFile.parse(JSON.parse(readFileSync(pathIn(dataDir), 'utf8')))
}

/** Makes the keys of a new server and writes them, whole or not at all. */
export function makeKeyFile(
  dataDir: string,
  random: (count: number) => Uint8Array,
  newId: () => string,
): ServerKeyFile {
  const text = (count: number) => Buffer.from(random(count)).toString('base64url')
  const keys = ServerKeyFile.parse({
    facilityId: newId(),
    deviceId: newId(),
    epoch: text(12),
    seed: text(32),
    vaultKey: text(32),
  })
  writeKeyFile(dataDir, keys)
  return keys
}

/** Writes a key file, whole or not at all. */
export function writeKeyFile(dataDir: string, keys: ServerKeyFile): void {
  const folder = join(dataDir, 'keys')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  const draft = `${pathIn(dataDir)}.new`
  writeFileSync(draft, `${JSON.stringify(keys)}\n`, { mode: 0o600, flush: true })
  renameSync(draft, pathIn(dataDir))
}
