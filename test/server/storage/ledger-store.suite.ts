// What every store must do. Each store's own test file runs this suite on itself.
import { describe, expect, it } from 'vitest'
import { entryIdOf, GENESIS_HASH } from '#contract/canonical.ts'
import type { DeviceId, FacilityId } from '#contract/values.ts'
import { EMPTY_HEAD, linkOf, nextHead } from '#server/storage/arrival-chain.ts'
import type { NewEntry, StoredVerdict } from '#server/storage/ledger-store.ts'
import { describeStoreValues, type StoreUnderTest } from './store-values.suite.ts'

const FACILITY = 'F1' as FacilityId
const OTHER_FACILITY = 'F2' as FacilityId
const DEVICE = 'D1' as DeviceId

function anEntry(
  seq: number,
  stream = 'class/C1',
  verdict: StoredVerdict = { status: 'recorded' },
  deviceId = DEVICE,
): NewEntry {
  const text = `{"seq":${seq},"stream":"${stream}"}`
  return { id: entryIdOf(GENESIS_HASH, text), stream, deviceId, epoch: 'epoch-001', seq, text, verdict }
}

const wait = () => new Promise<void>((resolve) => setImmediate(resolve))

export function describeLedgerStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${name}: entries`, () => {
    it('gives positions without a gap, and none to what was not recorded', async () => {
      const { store } = await open()
      const positions = await store.transaction(FACILITY, (tx) =>
        tx.entries.append([
          anEntry(1),
          anEntry(2, 'class/C1', { status: 'refused', code: 'access/not-allowed' }),
          anEntry(3, 'class/C1', { status: 'held' }),
          anEntry(4, 'staff/S1'),
        ]),
      )
      expect(positions).toEqual([1, null, null, 2])
      expect(await store.read(FACILITY, (view) => view.entries.headPosition())).toBe(2)
      const chain = await store.read(FACILITY, (view) => view.entries.ofDevice(DEVICE, 'epoch-001', 2, 2))
      expect(chain.map((entry) => [entry.seq, entry.verdict, entry.position])).toEqual([
        [2, { status: 'refused', code: 'access/not-allowed' }, null],
        [3, { status: 'held' }, null],
      ])
    })

    it('keeps exactly the text it was given', async () => {
      const { store } = await open()
      const text = '{"a":"阿依古丽·买买提 𠮷","b":"\\u0000\\n"}'
      await store.transaction(FACILITY, (tx) => tx.entries.append([{ ...anEntry(1), text }]))
      const [stored] = await store.read(FACILITY, (view) => view.entries.ofStream('class/C1'))
      expect(stored?.text).toBe(text)
    })

    it('feeds in order of position, by roots, within bounds and limit', async () => {
      const { store } = await open()
      const streams = ['facility', 'class/C1', 'class/C2/roster', 'staff/S1', 'classes/X', 'class/C1/session/L1']
      await store.transaction(FACILITY, (tx) =>
        tx.entries.append(streams.map((stream, index) => anEntry(index + 1, stream))),
      )
      const feed = (roots: string[] | null, after: number, until: number, limit: number) =>
        store.read(FACILITY, async (view) =>
          (await view.entries.feed({ after, until, roots, limit })).map((entry) => entry.stream),
        )
      expect(await feed(null, 0, 100, 2)).toEqual(['facility', 'class/C1'])
      expect(await feed(['class', 'facility'], 1, 100, 10)).toEqual([
        'class/C1',
        'class/C2/roster',
        'class/C1/session/L1',
      ])
      expect(await feed(['class'], 0, 3, 10)).toEqual(['class/C1', 'class/C2/roster'])
      expect(await feed([], 0, 100, 10)).toEqual([])
    })

    it('answers one stream after a position', async () => {
      const { store } = await open()
      await store.transaction(FACILITY, (tx) =>
        tx.entries.append([anEntry(1), anEntry(2, 'class/C1/roster'), anEntry(3), anEntry(4)]),
      )
      const seqs = await store.read(FACILITY, async (view) =>
        (await view.entries.ofStream('class/C1', 1)).map((entry) => entry.seq),
      )
      expect(seqs).toEqual([3, 4])
    })

    it('refuses a seq of a device epoch that is stored already, and keeps nothing of that transaction', async () => {
      const { store } = await open()
      await store.transaction(FACILITY, (tx) => tx.entries.append([anEntry(1)]))
      await expect(store.transaction(FACILITY, (tx) => tx.entries.append([anEntry(2), anEntry(1)]))).rejects.toThrow()
      expect(await store.read(FACILITY, (view) => view.entries.headPosition())).toBe(1)
      expect(await store.read(FACILITY, (view) => view.entries.ofDevice(DEVICE, 'epoch-001', 2, 10))).toEqual([])
    })

    it('settles a held entry with the next position', async () => {
      const { store } = await open()
      await store.transaction(FACILITY, (tx) =>
        tx.entries.append([anEntry(1, 'class/C1', { status: 'held' }), anEntry(2)]),
      )
      await store.transaction(FACILITY, async (tx) => {
        const [held] = await tx.entries.held()
        expect(held).toBeDefined()
        if (held !== undefined) expect(await tx.entries.settleHeld(held, { status: 'recorded' })).toBe(2)
      })
      const after = await store.read(FACILITY, async (view) => ({
        held: await view.entries.held(),
        feed: (await view.entries.feed({ after: 0, until: 9, roots: null, limit: 9 })).map((entry) => [
          entry.position,
          entry.seq,
        ]),
      }))
      expect(after).toEqual({
        held: [],
        feed: [
          [1, 2],
          [2, 1],
        ],
      })
    })

    it('numbers every event, and binds each to all before it', async () => {
      const { store } = await open()
      const both = async () => {
        await store.transaction(FACILITY, (tx) =>
          tx.entries.append([
            anEntry(1),
            anEntry(2, 'class/C1', { status: 'held' }),
            anEntry(3, 'class/C1', { status: 'refused', code: 'malformed' }),
          ]),
        )
        await store.transaction(FACILITY, async (tx) => {
          const [held] = await tx.entries.held()
          if (held !== undefined) await tx.entries.settleHeld(held, { status: 'recorded' })
        })
        return store.read(FACILITY, async (view) => ({
          head: await view.entries.head(),
          count: await view.entries.count(),
          rows: await view.entries.byArrival(0, 10),
          later: (await view.entries.byArrival(1, 1)).map(({ arrival }) => arrival),
        }))
      }
      const { head, count, rows, later } = await both()
      let expected = EMPTY_HEAD
      const step = (entry: NewEntry, verdict: StoredVerdict) => {
        expected = nextHead(expected, entry, verdict).head
        return linkOf(expected.hash)
      }
      const links = [
        step(anEntry(1), { status: 'recorded' }),
        step(anEntry(2), { status: 'held' }),
        step(anEntry(3), { status: 'refused', code: 'malformed' }),
        step(anEntry(2), { status: 'recorded' }),
      ]
      expect(head).toEqual(expected)
      expect(count).toBe(3)
      expect(rows.map(({ arrival, settled, position, link }) => [arrival, settled, position, link])).toEqual([
        [1, null, 1, links[0]],
        [2, 4, 2, links[3]],
        [3, null, null, links[2]],
      ])
      expect(later).toEqual([2])
      expect(await store.facilities()).toEqual([FACILITY])
    })

    it('keeps facilities apart', async () => {
      const { store } = await open()
      await store.transaction(FACILITY, (tx) => tx.entries.append([anEntry(1), anEntry(2)]))
      await store.transaction(OTHER_FACILITY, (tx) => tx.entries.append([anEntry(1)]))
      await store.transaction(OTHER_FACILITY, (tx) => tx.records.put('vault', 'K', 'other', 0))
      expect(await store.read(OTHER_FACILITY, (view) => view.entries.headPosition())).toBe(1)
      expect(await store.read(FACILITY, (view) => view.records.get('vault', 'K'))).toBeNull()
      expect(await store.read(FACILITY, (view) => view.entries.chains())).toEqual([
        { deviceId: DEVICE, epoch: 'epoch-001' },
      ])
    })
  })

  describeStoreValues(name, open)

  describe(`${name}: transactions`, () => {
    it('leaves nothing of a transaction that failed, whatever it had touched', async () => {
      const { store } = await open()
      await store.transaction(FACILITY, async (tx) => {
        await tx.entries.append([anEntry(1)])
        await tx.states.put({ stream: 'room/R1', family: 'room', position: 1, state: { seats: 1 } })
        await tx.records.put('vault', 'kept', 1, 0)
        await tx.records.put('vault', 'gone', 1, 0)
      })
      const failed = store.transaction(FACILITY, async (tx) => {
        await tx.entries.append([anEntry(2), anEntry(3)])
        await tx.states.put({ stream: 'room/R1', family: 'room', position: 2, state: { seats: 2 } })
        await tx.states.put({ stream: 'room/R2', family: 'room', position: 3, state: { seats: 2 } })
        await tx.records.put('vault', 'kept', 2, 1)
        await tx.records.remove('vault', 'gone', 1)
        await tx.records.put('vault', 'new', 1, 0)
        throw new Error('the work failed')
      })
      await expect(failed).rejects.toThrow('the work failed')
      const after = await store.read(FACILITY, async (view) => ({
        head: await view.entries.headPosition(),
        stream: (await view.entries.ofStream('class/C1')).length,
        rooms: (await view.states.list('room')).map((state) => state.position),
        records: (await view.records.list('vault')).map((record) => [record.key, record.revision]),
      }))
      expect(after).toEqual({
        head: 1,
        stream: 1,
        rooms: [1],
        records: [
          ['gone', 1],
          ['kept', 1],
        ],
      })
    })

    it('runs concurrent transactions one at a time, and a failing one stops nobody', async () => {
      const { store } = await open()
      const add = (worth: number) =>
        store.transaction(FACILITY, async (tx) => {
          const before = await tx.records.get('count', 'all')
          await wait()
          if (worth < 0) throw new Error('no')
          await tx.records.put('count', 'all', Number(before?.value ?? 0) + worth, before?.revision ?? 0)
          await wait()
          return tx.entries.append([anEntry(worth)])
        })
      const outcomes = await Promise.allSettled([add(1), add(-1), add(2), add(-2), add(3), add(4)])
      expect(outcomes.map((outcome) => outcome.status)).toEqual([
        'fulfilled',
        'rejected',
        'fulfilled',
        'rejected',
        'fulfilled',
        'fulfilled',
      ])
      const total = await store.read(FACILITY, (view) => view.records.get('count', 'all'))
      expect(total).toMatchObject({ revision: 4, value: 10 })
      const feed = await store.read(FACILITY, (view) =>
        view.entries.feed({ after: 0, until: 10, roots: null, limit: 10 }),
      )
      expect(feed.map((entry) => [entry.position, entry.seq])).toEqual([
        [1, 1],
        [2, 2],
        [3, 3],
        [4, 4],
      ])
    })

    it('finishes what was asked for before it closes, and then refuses', async () => {
      const { store } = await open()
      const last = store.transaction(FACILITY, async (tx) => {
        await wait()
        return tx.entries.append([anEntry(1)])
      })
      await store.close()
      expect(await last).toEqual([1])
      await expect(store.read(FACILITY, (view) => view.entries.headPosition())).rejects.toThrow('closed')
    })

    it('finds after reopening what was committed, where the store keeps it', async () => {
      const { store, reopen } = await open()
      await store.transaction(FACILITY, async (tx) => {
        await tx.entries.append([anEntry(1), anEntry(2, 'class/C1', { status: 'held' })])
        await tx.records.put('vault', 'K', { v: 1 }, 0)
      })
      const again = reopen === null ? store : await reopen()
      await again.transaction(FACILITY, (tx) => tx.entries.append([anEntry(3)]))
      const found = await again.read(FACILITY, async (view) => ({
        chain: (await view.entries.ofDevice(DEVICE, 'epoch-001', 1, 9)).map((entry) => [entry.seq, entry.position]),
        record: await view.records.get('vault', 'K'),
      }))
      expect(found).toEqual({
        chain: [
          [1, 1],
          [2, null],
          [3, 2],
        ],
        record: { key: 'K', revision: 1, value: { v: 1 } },
      })
      await again.close()
    })
  })
}
