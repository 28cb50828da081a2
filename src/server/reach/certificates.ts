// The facility's own root and the leaf under it (decision 0015). No name in either says what kind of place this is.
import 'reflect-metadata'
import { isIP } from 'node:net'
import { webcrypto } from 'node:crypto'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
import type { LeafKeyFile, RootKeyFile } from '#server/devices/key-files.ts'

const KEY = { name: 'ECDSA', namedCurve: 'P-256' } as const
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const
const DAY_MS = 86_400_000
/** Apple's and others' limit for a leaf; a day of it lies before its making, for clocks that are a little behind. */
const LEAF_DAYS = 397
const ROOT_DAYS = 20 * 365
const LEAF_DAYS_LEAST = 30

/** The clock and the random source of the machine. */
export interface CertificateSources {
  readonly nowMs: () => number
  readonly random: (count: number) => Uint8Array
}

const text = (bytes: ArrayBuffer) => Buffer.from(bytes).toString('base64url')
const bytesOf = (encoded: string) => Buffer.from(encoded, 'base64url')
const newKeys = () => webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify'])
/** Sixteen bytes, positive and never beginning with zero, as DER wants a number. */
const serialOf = ({ random }: CertificateSources) => `4${Buffer.from(random(16)).toString('hex').slice(1)}`
const lasting = ({ nowMs }: CertificateSources, days: number) => ({
  notBefore: new Date(nowMs() - DAY_MS),
  notAfter: new Date(nowMs() + (days - 1) * DAY_MS),
})

/** Makes a root: ECDSA P-256, for nothing but signing leaves. */
export async function makeRoot(sources: CertificateSources): Promise<RootKeyFile> {
  const keys = await newKeys()
  const mark = Buffer.from(sources.random(3)).toString('hex').toUpperCase()
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serialOf(sources),
      name: `CN=Local Network Root ${mark}`,
      ...lasting(sources, ROOT_DAYS),
      keys,
      signingAlgorithm: SIGNING,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  )
  const privateKey = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)
  return { privateKey: text(privateKey), certificate: text(certificate.rawData) }
}

/** Makes a leaf for names and addresses, signed by the root. */
export async function makeLeaf(
  root: RootKeyFile,
  names: readonly string[],
  sources: CertificateSources,
): Promise<LeafKeyFile> {
  const issuer = new X509Certificate(bytesOf(root.certificate))
  const signingKey = await webcrypto.subtle.importKey('pkcs8', bytesOf(root.privateKey), KEY, false, ['sign'])
  const keys = await newKeys()
  const certificate = await X509CertificateGenerator.create(
    {
      serialNumber: serialOf(sources),
      subject: 'CN=Local Network Server',
      issuer: issuer.subject,
      ...lasting(sources, LEAF_DAYS),
      signingKey,
      publicKey: keys.publicKey,
      signingAlgorithm: SIGNING,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth], false),
        new SubjectAlternativeNameExtension(
          names.map((name) => ({ type: isIP(name) === 0 ? ('dns' as const) : ('ip' as const), value: name })),
          false,
        ),
        await AuthorityKeyIdentifierExtension.create(issuer.publicKey, false, webcrypto),
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  )
  const privateKey = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)
  return { privateKey: text(privateKey), certificate: text(certificate.rawData), names: [...names] }
}

/** Says whether a leaf may still be shown: under this root, for exactly these names, for thirty days at least. */
export async function isLeafGood(
  leaf: LeafKeyFile,
  root: RootKeyFile,
  names: readonly string[],
  { nowMs }: CertificateSources,
): Promise<boolean> {
  if (JSON.stringify(leaf.names) !== JSON.stringify(names)) return false
  try {
    const certificate = new X509Certificate(bytesOf(leaf.certificate))
    const publicKey = new X509Certificate(bytesOf(root.certificate)).publicKey
    const isOurs = await certificate.verify({ publicKey, signatureOnly: true }, webcrypto)
    return isOurs && certificate.notAfter.getTime() - nowMs() >= LEAF_DAYS_LEAST * DAY_MS
  } catch {
    return false
  }
}
