// What this machine shows for https, kept in the data folder: the root for good, the leaf as long as it is good.
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto'
import {
  type LeafKeyFile,
  readLeafFile,
  readRootFile,
  type RootKeyFile,
  writeLeafFile,
  writeRootFile,
} from '#server/devices/key-files.ts'
import { type CertificateSources, isLeafGood, makeLeaf, makeRoot } from './certificates.ts'

/** The root as it is handed out: its bytes, and what a person compares. */
export interface HandedRoot {
  readonly der: Uint8Array
  readonly name: string
  /** SHA-256 of the DER, 64 capital hexadecimal digits. */
  readonly sha256: string
  readonly validToMs: number
}

const bytesOf = (encoded: string) => Buffer.from(encoded, 'base64url')

/** Reads the root of a data folder, or makes it at the first time. Throws RootIsBroken. */
export async function settleRoot(dataDir: string, sources: CertificateSources): Promise<RootKeyFile> {
  const there = readRootFile(dataDir)
  if (there !== null) return there
  const made = await makeRoot(sources)
  writeRootFile(dataDir, made)
  return made
}

/** Reads the leaf, or makes one where there is none, its names changed, or its time is nearly over. */
export async function settleLeaf(
  dataDir: string,
  root: RootKeyFile,
  names: readonly string[],
  sources: CertificateSources,
): Promise<LeafKeyFile> {
  const there = readLeafFile(dataDir)
  if (there !== null && (await isLeafGood(there, root, names, sources))) return there
  const made = await makeLeaf(root, names, sources)
  writeLeafFile(dataDir, made)
  return made
}

/** The root without its key. */
export function handOut(root: RootKeyFile): HandedRoot {
  const der = bytesOf(root.certificate)
  const certificate = new X509Certificate(der)
  return {
    der,
    name: certificate.subject.replace(/^CN=/, ''),
    sha256: createHash('sha256').update(der).digest('hex').toUpperCase(),
    validToMs: Date.parse(certificate.validTo),
  }
}

/** The leaf as TLS takes it, followed by its root. */
export function tlsMaterial(leaf: LeafKeyFile, root: RootKeyFile): { readonly key: string; readonly cert: string } {
  const pem = (encoded: string) => new X509Certificate(bytesOf(encoded)).toString()
  const key = createPrivateKey({ key: bytesOf(leaf.privateKey), format: 'der', type: 'pkcs8' })
  return {
    key: key.export({ format: 'pem', type: 'pkcs8' }).toString(),
    cert: pem(leaf.certificate) + pem(root.certificate),
  }
}
