// What every store must do with folded states, records and what it remembers for a short time; part of the suite of ledger-store.suite.ts.
import { describe, expect, it } from 'vitest'
import type { FacilityId } from '#contract/values.ts'
import type { LedgerStore } from '#server/storage/ledger-store.ts'

const FACILITY = 'F1' as FacilityId
const OTHER_FACILITY = 'F2' as FacilityId

/** A store under test: `reopen` closes it and opens what outlived that, or is null for a store that keeps nothing. */
export interface StoreUnderTest {
  readonly store: LedgerStore
  readonly reopen: (() => Promise<LedgerStore>) | null
}

export function describeStoreValues(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${name}: states and records`, () => {
    it('replaces a folded state and lists a family by stream', async () => {
      const { store } = await open()
      await store.transaction(FACILITY, async (tx) => {
        await tx.states.put({ stream: 'room/R2', family: 'room', position: 1, state: { seats: 1 } })
        await tx.states.put({ stream: 'room/R1', family: 'room', position: 2, state: { seats: 2 } })
        await tx.states.put({ stream: 'staff/S1', family: 'staff', position: 3, state: {} })
        await tx.states.put({ stream: 'room/R2', family: 'room', position: 4, state: { seats: 9 } })
      })
      const rooms = await store.read(FACILITY, (view) => view.states.list('room'))
      expect(rooms).toEqual([
        { stream: 'room/R1', family: 'room', position: 2, state: { seats: 2 } },
        { stream: 'room/R2', family: 'room', position: 4, state: { seats: 9 } },
      ])
      await store.transaction(FACILITY, (tx) => tx.states.clear())
      expect(await store.read(FACILITY, (view) => view.states.get('room/R1'))).toBeNull()
    })

    it('writes a record only at the revision the writer saw', async () => {
      const { store } = await open()
      const put = (value: unknown, expected: number) =>
        store.transaction(FACILITY, (tx) => tx.records.put('vault', 'K', value, expected))
      expect(await put({ v: 1 }, 1)).toBeNull()
      expect(await put({ v: 1 }, 0)).toBe(1)
      expect(await put({ v: 2 }, 0)).toBeNull()
      expect(await put({ v: 2 }, 1)).toBe(2)
      expect(await put({ v: 3 }, 1)).toBeNull()
      expect(await store.read(FACILITY, (view) => view.records.get('vault', 'K'))).toEqual({
        key: 'K',
        revision: 2,
        value: { v: 2 },
      })
      expect(await store.transaction(FACILITY, (tx) => tx.records.remove('vault', 'K', 1))).toBe(false)
      expect(await store.transaction(FACILITY, (tx) => tx.records.remove('vault', 'K', 2))).toBe(true)
      expect(await store.read(FACILITY, (view) => view.records.get('vault', 'K'))).toBeNull()
    })

    it('names its collections, and puts a record back with the revision it had', async () => {
      const { store } = await open()
      await store.transaction(FACILITY, async (tx) => {
        await tx.records.putBack('vault', { key: 'K', revision: 7, value: { v: 7 } })
        await tx.records.put('device', 'D', 1, 0)
        await tx.records.put('gone', 'G', 1, 0)
        await tx.records.remove('gone', 'G', 1)
      })
      expect(await store.read(FACILITY, (view) => view.records.collections())).toEqual(['device', 'vault'])
      expect(await store.transaction(FACILITY, (tx) => tx.records.put('vault', 'K', { v: 8 }, 7))).toBe(8)
      const again = store.transaction(FACILITY, (tx) =>
        tx.records.putBack('vault', { key: 'K', revision: 1, value: 1 }),
      )
      await expect(again).rejects.toThrow()
    })

    it('remembers for a short time what was used and how often', async () => {
      const { shortMemory } = (await open()).store
      expect(await shortMemory.firstUse(FACILITY, 'D1', 'n')).toBe(true)
      expect(await shortMemory.firstUse(FACILITY, 'D1', 'n')).toBe(false)
      expect(await shortMemory.firstUse(OTHER_FACILITY, 'D1', 'n')).toBe(true)
      expect((await shortMemory.tally(FACILITY, 'k', 60_000, 0)).count).toBe(1)
      const second = await shortMemory.tally(FACILITY, 'k', 60_000, 0)
      expect(second.count).toBe(2)
      expect(second.endsInMs).toBeGreaterThan(0)
      expect((await shortMemory.tally(FACILITY, 'other', 60_000, 0)).count).toBe(1)
    })

    it('lists records by the start of their key, wildcards being letters', async () => {
      const { store } = await open()
      await store.transaction(FACILITY, async (tx) => {
        for (const key of ['b|2', 'a%b', 'a_|1', 'ax|1', 'a_|0']) await tx.records.put('vault', key, key, 0)
        await tx.records.put('vault2', 'a_|9', 'elsewhere', 0)
      })
      const keys = (prefix?: string) =>
        store.read(FACILITY, async (view) => (await view.records.list('vault', prefix)).map((record) => record.key))
      expect(await keys('a_')).toEqual(['a_|0', 'a_|1'])
      expect(await keys()).toEqual(['a%b', 'a_|0', 'a_|1', 'ax|1', 'b|2'])
      expect(await store.read(FACILITY, (view) => view.records.revisions('vault', 'b'))).toEqual([
        { key: 'b|2', revision: 1 },
      ])
    })
  })
}
