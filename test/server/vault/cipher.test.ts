import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { VaultKind } from '#contract/vault.ts'
import { cardForDevice } from '#server/vault/card-records.ts'
import { fromBase64Url, open, openVaultRow, seal, sealVaultRow, toBase64Url } from '#server/vault/cipher.ts'
import { deriveKey } from '#server/vault/key-derivation.ts'
import { seededRandom } from '#test/support/seeded-random.ts'

const vectors = JSON.parse(readFileSync('test/contract/vault-vectors.json', 'utf8'))
const bytes = (text: string) => fromBase64Url(text)

describe('the sealing both sides agree on', () => {
  it('seals and opens the golden vault row', () => {
    const { key, iv, aad, plaintext, sealed, kind, id, revision } = vectors.vaultRow
    expect(toBase64Url(seal(bytes(key), bytes(iv), aad, Buffer.from(plaintext, 'utf8')))).toBe(sealed)
    expect(JSON.stringify(openVaultRow(bytes(key), { kind: kind as VaultKind, id, revision, iv, sealed }))).toBe(
      plaintext,
    )
  })

  it('wraps the golden vault key for the golden PIN', async () => {
    const { pin, cost, derivedKey, iv, aad, vaultKey, wrapped } = vectors.staffKey
    const derived = await deriveKey(pin, cost)
    expect(toBase64Url(derived)).toBe(derivedKey)
    expect(toBase64Url(seal(derived, bytes(iv), aad, bytes(vaultKey)))).toBe(wrapped)
  })

  it('opens the golden card with number and code, and finds it with the device secret', async () => {
    const {
      facilityNumber,
      code,
      cost,
      keyIv,
      keyAad,
      wrapped,
      cardKey,
      iv,
      aad,
      sealed,
      plaintext,
      deviceSecret,
      lookup,
    } = vectors.card
    const unwrapped = open(await deriveKey(`${facilityNumber}:${code}`, cost), bytes(keyIv), keyAad, bytes(wrapped))
    expect(unwrapped === null ? null : toBase64Url(unwrapped)).toBe(cardKey)
    const content = open(bytes(cardKey), bytes(iv), aad, bytes(sealed))
    expect(Buffer.from(content ?? []).toString('utf8')).toBe(plaintext)
    const stored = {
      traineeId: 'T0001',
      cost,
      keyIv,
      wrapped,
      iv,
      sealed,
      heldKeyIv: '',
      heldKey: '',
      mark: '',
    } as Parameters<typeof cardForDevice>[0]
    expect(cardForDevice(stored, 2, facilityNumber, deviceSecret).lookup).toBe(lookup)
  })
})

describe('a sealed row', () => {
  const random = seededRandom(3)
  const key = random.bytes(32)
  const row = sealVaultRow(key, random.bytes, { kind: 'note', id: 'N1', revision: 2, content: { text: '检查过' } })

  it('does not open as another row, another revision, another kind, or with another key', () => {
    expect(openVaultRow(key, row)).toEqual({ text: '检查过' })
    expect(openVaultRow(key, { ...row, id: 'N2' })).toBeUndefined()
    expect(openVaultRow(key, { ...row, revision: 1 })).toBeUndefined()
    expect(openVaultRow(key, { ...row, kind: 'staff' })).toBeUndefined()
    expect(openVaultRow(random.bytes(32), row)).toBeUndefined()
  })

  it('does not open with any single bit changed', () => {
    const sealed = bytes(row.sealed)
    for (let bit = 0; bit < sealed.byteLength * 8; bit += 1) {
      const altered = Uint8Array.from(sealed)
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(openVaultRow(key, { ...row, sealed: toBase64Url(altered) })).toBeUndefined()
    }
    expect(openVaultRow(key, { ...row, sealed: toBase64Url(sealed.subarray(0, 10)) })).toBeUndefined()
  })

  it('never uses an iv twice', () => {
    const again = Array.from(
      { length: 50 },
      () => sealVaultRow(key, random.bytes, { kind: 'note', id: 'N1', revision: 2, content: { text: 'x' } }).iv,
    )
    expect(new Set(again).size).toBe(50)
  })
})
