import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { LedgerStore } from '#server/storage/ledger-store.ts'
import { makeMemoryStore } from '#server/storage/memory/memory-store.ts'
import { openSqliteStore } from '#server/storage/sqlite/sqlite-store.ts'
import { readVaultRow, readVaultRows, returnVaultRow, writeVaultRow } from '#server/vault/vault-rows.ts'
import type { FacilityId } from '#contract/values.ts'
import { seededRandom } from '#test/support/seeded-random.ts'

const facilityId = 'F1' as FacilityId
const stores: readonly [string, () => Promise<LedgerStore>][] = [
  ['memory', async () => makeMemoryStore()],
  ['sqlite', () => openSqliteStore(join(mkdtempSync(join(tmpdir(), 'xincheng-vault-')), 'ledger.sqlite'))],
]

describe.each(stores)('vault rows in %s', (_name, openStore) => {
  const random = seededRandom(11)
  const sealer = { vaultKey: random.bytes(32), random: random.bytes }
  const staff = (displayName: string) => ({ kind: 'staff', id: 'S1', content: { displayName } }) as const

  it('are written only at the revision seen, and keep what they said before', async () => {
    const store = await openStore()
    await store.transaction(facilityId, async (tx) => {
      expect(await writeVaultRow(tx, sealer, staff('甲'), 0)).toBe(1)
      expect(await writeVaultRow(tx, sealer, staff('乙'), 0)).toBeNull()
      expect(await writeVaultRow(tx, sealer, staff('乙'), 1)).toBe(2)
      expect(await writeVaultRow(tx, sealer, staff('丙'), 1)).toBeNull()
      expect((await readVaultRow(tx, sealer.vaultKey, 'staff', 'S1'))?.content).toEqual({ displayName: '乙' })
    })
    await store.close()
  })

  it('go back to a former word as a new revision, or vanish with their history', async () => {
    const store = await openStore()
    await store.transaction(facilityId, async (tx) => {
      await writeVaultRow(tx, sealer, staff('甲'), 0)
      await writeVaultRow(tx, sealer, staff('乙'), 1)
      expect(await returnVaultRow(tx, sealer, { kind: 'staff', id: 'S1', fromRevision: 1, toRevision: 1 })).toBe(false)
      expect(await returnVaultRow(tx, sealer, { kind: 'staff', id: 'S1', fromRevision: 2, toRevision: 1 })).toBe(true)
      const row = await readVaultRow(tx, sealer.vaultKey, 'staff', 'S1')
      expect([row?.revision, row?.content.displayName]).toEqual([3, '甲'])
      expect(await returnVaultRow(tx, sealer, { kind: 'staff', id: 'S1', fromRevision: 3, toRevision: 0 })).toBe(true)
      expect((await readVaultRows(tx, sealer.vaultKey, 'staff')).size).toBe(0)
      expect(await tx.records.list('vaultFormer')).toEqual([])
    })
    await store.close()
  })

  it('hold no readable word', async () => {
    const store = await openStore()
    await store.transaction(facilityId, async (tx) => {
      await writeVaultRow(tx, sealer, staff('看不见的名字'), 0)
      const stored = JSON.stringify(await tx.records.list('vault'))
      expect(stored).not.toContain('看不见的名字')
      await expect(readVaultRow(tx, random.bytes(32), 'staff', 'S1')).rejects.toThrow('staff|S1')
    })
    await store.close()
  })
})
