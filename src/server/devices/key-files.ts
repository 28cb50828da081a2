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

const RootKeyFile = z.strictObject({ privateKey: Base64Url, certificate: Base64Url })

/** The facility's own root of trust for https: PKCS #8 and X.509, both DER as base64url. Tablets trust it, so it is made once and is in every backup. */
export type RootKeyFile = z.infer<typeof RootKeyFile>

const LeafKeyFile = z.strictObject({ privateKey: Base64Url, certificate: Base64Url, names: z.array(z.string()) })

/** What this machine shows for https, and the names it is good for; it may be made anew at any time. */
export type LeafKeyFile = z.infer<typeof LeafKeyFile>

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

function writeWhole(dataDir: string, name: string, content: object): void {
  const folder = join(dataDir, 'keys')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  const draft = join(folder, `${name}.new`)
  writeFileSync(draft, `${JSON.stringify(content)}\n`, { mode: 0o600, flush: true })
  renameSync(draft, join(folder, name))
}

/** Writes a key file, whole or not at all. */
export function writeKeyFile(dataDir: string, keys: ServerKeyFile): void {
  writeWhole(dataDir, 'server.json', keys)
}

/** The root in the data folder is not whole. To make another in silence would lock out every tablet that trusts it. */
export class RootIsBroken extends Error {
  constructor() {
    super('the root of the data folder cannot be read')
  }
}

/** Reads the root, null before it is made. Throws RootIsBroken. */
export function readRootFile(dataDir: string): RootKeyFile | null {
  const file = join(dataDir, 'keys', 'root.json')
  if (!existsSync(file)) return null
  try {
    return RootKeyFile.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    throw new RootIsBroken()
  }
}

/** Writes the root, whole or not at all. */
export function writeRootFile(dataDir: string, root: RootKeyFile): void {
  writeWhole(dataDir, 'root.json', root)
}

/** Reads the leaf, null where there is none that can be used. */
export function readLeafFile(dataDir: string): LeafKeyFile | null {
  try {
    return LeafKeyFile.parse(JSON.parse(readFileSync(join(dataDir, 'keys', 'leaf.json'), 'utf8')))
  } catch {
    // A leaf is made anew in a moment, and nobody has to trust it again.
    return null
  }
}

/** Writes the leaf, whole or not at all. */
export function writeLeafFile(dataDir: string, leaf: LeafKeyFile): void {
  writeWhole(dataDir, 'leaf.json', leaf)
}
