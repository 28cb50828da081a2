// AES-256-GCM exactly as contract/vault.ts says it: 12-byte iv, 16-byte tag at the end, what the row is as additional data.
// Knows no storage and draws no random bytes: whoever seals hands in the iv.
import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { VaultContent, VaultKind, VaultRow } from '#contract/vault.ts'

const TAG_BYTES = 16
const IV_BYTES = 12
export const KEY_BYTES = 32

/** Where random bytes come from; only main.ts knows the real source. */
export type RandomBytes = (length: number) => Uint8Array

/** Bytes as base64url without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')
}

/** Base64url without padding as bytes. */
export function fromBase64Url(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64url'))
}

/** Draws a fresh iv. An iv is never used twice with one key: each sealing draws its own. */
export function freshIv(random: RandomBytes): Uint8Array {
  return random(IV_BYTES)
}

/** Seals bytes: ciphertext followed by the tag. */
export function seal(key: Uint8Array, iv: Uint8Array, aad: string, plain: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(aad, 'utf8'))
  return new Uint8Array(Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]))
}

/** Opens what `seal` made, or answers null when the key, the additional data or a single bit is another one. */
export function open(key: Uint8Array, iv: Uint8Array, aad: string, sealed: Uint8Array): Uint8Array | null {
  if (sealed.byteLength < TAG_BYTES || iv.byteLength !== IV_BYTES) return null
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(aad, 'utf8'))
  decipher.setAuthTag(sealed.subarray(sealed.byteLength - TAG_BYTES))
  try {
    return new Uint8Array(
      Buffer.concat([decipher.update(sealed.subarray(0, sealed.byteLength - TAG_BYTES)), decipher.final()]),
    )
  } catch {
    return null
  }
}

/** Seals a JSON value as UTF-8. */
export function sealJson(key: Uint8Array, iv: Uint8Array, aad: string, value: unknown): Uint8Array {
  return seal(key, iv, aad, Buffer.from(JSON.stringify(value), 'utf8'))
}

/** Opens a JSON value; `undefined` when it does not open. */
export function openJson(key: Uint8Array, iv: Uint8Array, aad: string, sealed: Uint8Array): unknown {
  const plain = open(key, iv, aad, sealed)
  return plain === null ? undefined : JSON.parse(Buffer.from(plain).toString('utf8'))
}

/** The additional data of a vault row: moving a row to another id or revision makes it unreadable. */
export function vaultAad(kind: VaultKind, id: string, revision: number): string {
  return `${kind}|${id}|${revision}`
}

/** Seals one revision of a vault row. */
export function sealVaultRow<K extends VaultKind>(
  key: Uint8Array,
  random: RandomBytes,
  row: { readonly kind: K; readonly id: string; readonly revision: number; readonly content: VaultContent[K] },
): VaultRow {
  const iv = freshIv(random)
  const sealed = sealJson(key, iv, vaultAad(row.kind, row.id, row.revision), row.content)
  return { kind: row.kind, id: row.id, revision: row.revision, iv: toBase64Url(iv), sealed: toBase64Url(sealed) }
}

/** Opens a vault row; `undefined` when it was sealed with another key or altered. The shape is the caller's to parse. */
export function openVaultRow(key: Uint8Array, row: VaultRow): unknown {
  return openJson(key, fromBase64Url(row.iv), vaultAad(row.kind, row.id, row.revision), fromBase64Url(row.sealed))
}
