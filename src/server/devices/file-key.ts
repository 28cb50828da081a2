// The site's X25519 key for carried files. It is drawn out of the seed in the key file, so that a backup of the keys is a backup of this one too.
import { createHash, createPrivateKey, createPublicKey, hkdfSync } from 'node:crypto'
import { type SiteFileKey, siteFileKeyText } from '#contract/batch-file.ts'
import type { Hash } from '#contract/values.ts'
import type { FileKeyPair, ServerContext } from '#server/ledger/server-context.ts'

/** What precedes the 32 bytes of an X25519 private key in PKCS 8. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b656e04220420', 'hex')

/** The key pair that belongs to a server's seed; HKDF keeps it apart from the signing key made of the same seed. */
export function fileKeyOf(seed: Uint8Array): FileKeyPair {
  const secret = new Uint8Array(hkdfSync('sha256', seed, '', 'xincheng file key', 32))
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, secret]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey).export({ format: 'jwk' }).x
  if (publicKey === undefined) throw new Error('an X25519 key has a public part')
  const keyId = createHash('sha256').update(publicKey, 'base64url').digest('hex') as Hash
  return { publicKey, keyId, secret }
}

/** The public half as devices get it, signed by the server. */
export function siteFileKey({ facilityId, fileKey, serverKeys }: ServerContext): SiteFileKey {
  const { publicKey } = fileKey
  return { publicKey, signature: serverKeys.sign(siteFileKeyText(facilityId, publicKey)) }
}
