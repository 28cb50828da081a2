// The one text of a value, and the hash chain over it. RFC 8785.
import canonicalize from 'canonicalize'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Hash } from './values.ts'

/** The hash before a chain's first entry. */
export const GENESIS_HASH = '0'.repeat(64) as Hash

/** Writes a JSON value in its canonical form (RFC 8785). Throws for what JSON cannot hold. */
export function canonicalText(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('the value has no canonical JSON form')
  return text
}

/** Hashes text as UTF-8 with SHA-256, lower-case hex. */
export function hashText(text: string): Hash {
  return bytesToHex(sha256(utf8ToBytes(text))) as Hash
}

/** The id of an entry: SHA-256 over the previous entry's id followed by the entry's canonical text. @rule LED-1 */
export function entryIdOf(previousId: Hash, text: string): Hash {
  return hashText(previousId + text)
}
